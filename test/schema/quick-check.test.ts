import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Value, ValueMap } from '../../src/document/node.ts'
import { policyFileSchema } from '../../src/model/policy-file-schema.ts'
import {
  admissionBindingSchema,
  admissionPolicySchema,
  parameterSchema,
} from '../../src/schema/admission-schema.ts'
import { pipelineFileSchema, projectFileSchema } from '../../src/schema/derive.ts'
import { fleetSchema } from '../../src/schema/fleet-schema.ts'
import { quickCheck } from '../../src/schema/quick-check.ts'
import type { Schema } from '../../src/schema/schema.ts'
import { compileSchema, compileThoroughly } from '../../src/schema/validator.ts'
import { readFiles, textOf } from '../support/files.ts'

const names = ['a', 'b', 'constructor', 'a1']
const name = fc.constantFrom(...names)
const text = fc.constantFrom('', 'a', 'b1', '😀', '500m', '1Gi', '2027-02-29', '2027-03-31', 'x y')
const scalar = fc.oneof(
  text,
  fc.constantFrom(0, 1, 2, 1.5, -3, 1e21),
  fc.boolean(),
  fc.constant(null),
)
const { value } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    scalar,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(name, tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
}))

const type = fc.constantFrom('string', 'number', 'integer', 'boolean', 'null', 'array', 'object')
const pattern = fc.constantFrom('^a', '[0-9]$', '^.$', '\\p{L}', '(', '\\Z', '[a-')
const count = fc.constantFrom<Value>(0, 1, 2, 1.5, -1, '1')
const quantity = fc.constantFrom('0', '1', '500m', '1Gi', 'much')
const format = fc.constantFrom(
  ...['quantity', 'quantity', 'date', 'hostname', 'uri', 'ipv4', 'int32', 'binary', 'nonsense'],
)

/** Schemas that are right, wrong, and of keywords that the quick check does not know. */
const { schema } = fc.letrec<{ schema: Value }>((tie) => {
  const schema = tie('schema')
  const schemas = fc.array(schema, { maxLength: 2 })
  const fields = fc.dictionary(name, schema, { maxKeys: 2, noNullPrototype: true })
  const keywords: Readonly<Record<string, fc.Arbitrary<Value>>> = {
    type: fc.oneof(type, fc.uniqueArray(type, { maxLength: 2 }), fc.constant('text')),
    const: value,
    enum: fc.array(value, { maxLength: 3 }),
    ...{ pattern, minLength: count, maxLength: count, format },
    ...{ minimum: count, maximum: count, exclusiveMinimum: count, exclusiveMaximum: count },
    ...{ minItems: count, maxItems: count, uniqueItems: fc.boolean() },
    ...{ minProperties: count, maxProperties: count },
    ...{ formatMinimum: quantity, formatMaximum: quantity, formatExclusiveMinimum: quantity },
    required: fc.array(name, { maxLength: 2 }),
    ...{ properties: fields, additionalProperties: schema, propertyNames: schema, items: schema },
    patternProperties: fc.dictionary(pattern, schema, { maxKeys: 1, noNullPrototype: true }),
    ...{ not: schema, allOf: schemas, anyOf: schemas, oneOf: schemas },
    ...Object.fromEntries(['if', 'then', 'else', 'contains'].map((key) => [key, schema])),
    dependentSchemas: fields,
    $ref: fc.constantFrom('#/$defs/one', '#/$defs/none', '#', '#/$defs/constructor'),
    ...{ title: text, message: scalar, severity: fc.constantFrom('warning', 'loud') },
    ...{ unique: fc.constantFrom('cluster', 'world'), default: value, constructor: value },
  }
  const keyword = fc.constantFrom(...Object.keys(keywords))
  const entry = keyword.chain((key) => fc.tuple(fc.constant(key), keywords[key] ?? value))
  const entries = fc.uniqueArray(entry, { maxLength: 4, selector: ([key]) => key })
  return {
    schema: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.boolean(),
      entries.map((list) => Object.fromEntries(list)),
    ),
  }
})
const root = fc.oneof(
  schema,
  fc.tuple(schema, schema).map(([own, one]): Value => {
    return typeof own === 'object' ? { ...(own as ValueMap), $defs: { one } } : own
  }),
)

function asThePackage(of: Schema): ReturnType<typeof compileThoroughly> | undefined {
  try {
    return compileThoroughly(of)
  } catch {
    return undefined
  }
}

test('what it knows is a schema to the package, and fits exactly what fits there', () => {
  let known = 0
  fc.assert(
    fc.property(root, fc.array(value, { minLength: 1, maxLength: 8 }), (some, values) => {
      const quick = quickCheck(some as Schema)
      if (!quick || refersToItself(some)) return
      known += 1
      const thorough = asThePackage(some as Schema)
      expect(thorough).toBeDefined()
      for (const each of values) expect(quick(each)).toBe(thorough?.(each).length === 0)
    }),
    { numRuns: 3000 },
  )
  expect(known).toBeGreaterThan(500)
})

/** Without a step into the value: no check of it would ever come to an end. */
function refersToItself(some: Value): boolean {
  const one = (some as { $defs?: { one?: Value } }).$defs?.one
  return JSON.stringify(one ?? null).includes('#/$defs/one')
}

test('it knows all schemas of our own, and those that a new repository has', () => {
  const files = readFiles(new URL('../../schemas', import.meta.url).pathname)
  const [user = {}, pipeline = {}] = ['user', 'pipeline'].map((each) => {
    return JSON.parse(textOf(files.get(`${each}.schema.json`) ?? new Uint8Array())) as Schema
  })
  const fleet = { environments: ['prod'], regions: ['cq'] }
  const projectFile = projectFileSchema(user, fleet)
  const derived = [projectFile, pipelineFileSchema(pipeline, fleet), policyFileSchema(projectFile)]
  const own = [fleetSchema, admissionPolicySchema, admissionBindingSchema, parameterSchema]
  const all = [user, pipeline, ...derived, ...own]
  expect(all.filter((each) => !quickCheck(each))).toEqual([])
})

describe('a schema that it knows', () => {
  const limits = { properties: { cpu: { format: 'quantity', formatMaximum: '4' } } }

  test('gives what the package says of a value that does not fit', () => {
    const wrong = { cpu: '5' }
    expect(compileSchema(limits)({ cpu: '3500m' })).toEqual([])
    expect(compileSchema(limits)(wrong)).toEqual(compileThoroughly(limits)(wrong))
    expect(compileSchema(limits)(wrong)).toHaveLength(1)
  })

  test('may refer to itself', () => {
    const tree = { $defs: { tree: { items: { $ref: '#/$defs/tree' }, maxItems: 1 } } }
    const fits = quickCheck({ ...tree, $ref: '#/$defs/tree' })
    expect(fits?.([[[]]])).toBe(true)
    expect(fits?.([[[1, 2]]])).toBe(false)
  })
})
