import fc from 'fast-check'
import mergePatch from 'json-merge-patch'
import type { Value, ValueMap } from '../../src/document/node.ts'
import { anyMap, anyPatch, anyValue, plainNumber, readableText } from './values.ts'

/** A fleet of one project, one cluster and one custom resource, and what must come out of it. */
export interface TinyFleet {
  readonly files: ReadonlyMap<string, string>
  /** The path below out/ of the only manifest. */
  readonly path: string
  readonly expected: ValueMap
}

/** What expressions of the templates may read, and the texts in which they do. */
const slots = {
  '${user.data.text}': ({ text }) => text,
  '${user.data.number}': ({ number }) => number,
  '${user.data.flag}': ({ flag }) => flag,
  '${user.data.list}': ({ list }) => list,
  '${user.data.map}': ({ map }) => map,
  '<${user.data.text}|${user.data.number}>': ({ text, number }) => `<${text}|${number}>`,
  '${policy.number}': () => 7,
  '$${user.data.text} is no slot': () => '${user.data.text} is no slot',
  '${{"a": user.data.text}}': ({ text }) => ({ a: text }),
} as const satisfies Readonly<Record<string, (data: Data) => Value>>

interface Data {
  readonly text: string
  readonly number: number
  readonly flag: boolean
  readonly list: Value
  readonly map: ValueMap
}

/** Texts for templates: what holds a `${` would be an expression, so it is left to the slots. */
const templateText = fc.oneof(
  { weight: 3, arbitrary: readableText.filter((text) => !text.includes('${')) },
  { weight: 3, arbitrary: fc.constantFrom(...Object.keys(slots)) },
)
const template = anyPatch(templateText, plainNumber)
const templates = fc.tuple(template, template, template)

/** Data without null, which has no place in a manifest. */
const data: fc.Arbitrary<Data> = fc.record({
  text: readableText,
  number: plainNumber,
  flag: fc.boolean(),
  list: fc.array(withoutNull(anyValue(readableText, plainNumber)), { maxLength: 3 }),
  map: withoutNull(anyMap(readableText, plainNumber)),
})
const overrides = fc.array(
  fc.record(
    {
      text: readableText,
      number: plainNumber,
      map: anyPatch(readableText, plainNumber),
    },
    { requiredKeys: [] },
  ),
  { minLength: 2, maxLength: 2 },
)

/** Fleets with generated templates in three layers and generated data in three levels. */
export const tinyFleets: fc.Arbitrary<TinyFleet> = fc
  .tuple(templates, data, overrides)
  .map(([layers, top, [environment = {}, region = {}]]) => {
    const levels: readonly ValueMap[] = [{ ...top }, environment, region]
    const effective = mergeAll(levels) as unknown as Data
    const spec = fill(mergeAll(layers), effective)
    const [base, middle, above] = layers
    const file = (value: ValueMap) => JSON.stringify(value, undefined, 1)
    return {
      path: 'here/test/tiny/thing.yaml',
      expected: { apiVersion: 'example.com/v1', kind: 'Thing', metadata: { name: 'tiny' }, spec },
      files: new Map([
        ['policies/fleet.yaml', fleet],
        ['policies/base/policy.yaml', 'values: {number: 7}\nkinds: [Thing.example.com]\n'],
        ['policies/base/thing.yaml', `${head}spec:\n${indented(file(base))}\n`],
        ['policies/environment/test/thing.yaml', file({ spec: middle })],
        ['policies/region/here/thing.yaml', file({ spec: above })],
        ['schemas/user.schema.json', file(userSchema)],
        [
          'schemas/pipeline.schema.json',
          file({ type: 'object', properties: { image: { type: 'string' } } }),
        ],
        ['projects/tiny/pipeline/test.yaml', 'image: a:1\n'],
        [
          'projects/tiny/project.yaml',
          file({
            data: levels[0] ?? {},
            environments: { test: { data: environment, regions: { here: { data: region } } } },
          }),
        ],
      ]),
    }
  })

const fleet = `version: 1
environments: {test: {}}
regions: {here: {}}
clusters: {one: {region: here, environment: test, kubernetes: "1.31"}}
layers: [base, "environment/\${target.environment}", "region/\${target.region}"]
`
const head = 'apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: "${target.project}"}\n'
const userSchema: ValueMap = {
  type: 'object',
  additionalProperties: false,
  required: ['data'],
  properties: {
    data: {
      type: 'object',
      required: ['text', 'number', 'flag', 'list', 'map'],
      properties: {
        text: { type: 'string' },
        number: { type: 'number' },
        flag: { type: 'boolean' },
        list: { type: 'array' },
        map: { type: 'object' },
      },
    },
  },
}

function mergeAll(layers: readonly ValueMap[]): ValueMap {
  let merged: unknown = {}
  for (const layer of layers) merged = mergePatch.apply(merged, structuredClone(layer))
  return merged as ValueMap
}

function fill(template: Value, data: Data): Value {
  if (typeof template === 'string') {
    return Object.hasOwn(slots, template) ? slots[template as keyof typeof slots](data) : template
  }
  if (Array.isArray(template)) return template.map((item) => fill(item, data))
  if (typeof template !== 'object' || template === null) return template
  return Object.fromEntries(
    Object.entries(template).map(([key, value]) => [key, fill(value, data)]),
  )
}

function withoutNull<T extends Value>(values: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return values.map((value) =>
    JSON.parse(JSON.stringify(value, (_, each) => (each === null ? 0 : each))),
  )
}

function indented(text: string): string {
  return text.replace(/^/gm, '  ')
}
