import { describe, expect, test } from 'vitest'
import type { Finding } from '../../src/diagnostics/diagnostic.ts'
import type { Value } from '../../src/document/node.ts'
import { formatType } from '../../src/expression/type.ts'
import { readKubernetes } from '../../src/io/kubernetes-data.ts'
import { withCustomResources } from '../../src/kubernetes/kubernetes.ts'
import { readCustomResources } from '../../src/kubernetes/read-custom-resources.ts'

/** A definition of Topic whose spec has one field of a schema, in flow style. */
function definition(schema: string, version = 'v1'): string {
  return `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: topics.example.com}
spec:
  group: example.com
  names: {kind: Topic, plural: topics}
  scope: Namespaced
  versions:
    - name: ${version}
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          required: [spec]
          properties:
            apiVersion: {type: string}
            kind: {type: string}
            metadata: {type: object}
            spec: {type: object, properties: {field: ${schema}}}
`
}

function read(text: string) {
  const findings: Finding[] = []
  const bytes = new TextEncoder().encode(text)
  const files = new Map([['schemas/crds/topics.yaml', bytes]])
  const resources = readCustomResources(files, (finding) => findings.push(finding))
  return { kubernetes: withCustomResources(readKubernetes(), resources), findings }
}

function check(schema: string, field: Value | undefined): string[] {
  const { kubernetes, findings } = read(definition(schema))
  expect(findings).toEqual([])
  return problemsOf(kubernetes, { field: field ?? null })
}

function problemsOf(kubernetes: ReturnType<typeof read>['kubernetes'], spec: Value): string[] {
  const api = kubernetes.lookUp('example.com/v1', 'Topic', 28)
  if (api.state === 'absent') return [api.problem.message]
  const object = { apiVersion: 'example.com/v1', kind: 'Topic', metadata: { name: 'a' }, spec }
  return api.check(object).map(({ message }) => message)
}

describe('a schema', () => {
  test.each<[string, Value, string[]]>([
    ['{type: string}', 'a', []],
    ['{type: string}', 1, ['spec.field must be text, is the number 1']],
    ['{type: integer, minimum: 1}', 0, ['spec.field must be at least 1, is the number 0']],
    [
      '{type: integer, minimum: 1, exclusiveMinimum: true}',
      1,
      ['spec.field must be more than 1, is the number 1'],
    ],
    ['{type: number, maximum: 2}', 2.5, ['spec.field must be at most 2, is the number 2.5']],
    ['{type: integer, multipleOf: 4}', 6, ['spec.field must be a multiple of 4, is the number 6']],
    ['{type: string, enum: [a, b]}', 'c', ['spec.field must be one of "a", "b", is the text "c"']],
    [
      '{type: string, pattern: "^[a-z]+$"}',
      'A',
      ['spec.field must match ^[a-z]+$, is the text "A"'],
    ],
    [
      '{type: string, minLength: 1}',
      '',
      ['spec.field must have at least 1 character, is the text ""'],
    ],
    [
      '{type: string, maxLength: 2}',
      'abc',
      ['spec.field must have at most 2 characters, is the text "abc"'],
    ],
    [
      '{type: string, format: date-time}',
      'today',
      ['spec.field must be a time such as 2030-01-31T12:00:00Z, is the text "today"'],
    ],
    [
      '{type: array, items: {type: string}}',
      ['a', 1],
      ['spec.field[1] must be text, is the number 1'],
    ],
    ['{type: array, items: {type: string}}', [null], ['spec.field[0] must be text, is empty']],
    ['{type: array, items: {type: string, nullable: true}}', [null], []],
    [
      '{type: array, maxItems: 1, items: {type: string}}',
      ['a', 'b'],
      ['spec.field must have at most 1 item, is a list'],
    ],
    [
      '{type: object, additionalProperties: {type: integer}}',
      { a: 'b' },
      ['spec.field.a must be a whole number, is the text "b"'],
    ],
    [
      '{type: object, maxProperties: 1}',
      { a: 1, b: 2 },
      ['spec.field must have at most 1 field, is a map'],
    ],
    [
      '{type: object, properties: {size: {type: integer}}}',
      { sise: 1 },
      ['unknown field "sise" in spec.field; did you mean "size"?'],
    ],
    [
      '{type: object, properties: {size: {type: integer}}, required: [size]}',
      {},
      ['spec.field needs "size"'],
    ],
    [
      '{type: object, x-kubernetes-preserve-unknown-fields: true, properties: {size: {type: integer}}}',
      { other: 1 },
      [],
    ],
    [
      '{type: object, x-kubernetes-preserve-unknown-fields: true, properties: {size: {type: integer}}}',
      { size: 'a' },
      ['spec.field.size must be a whole number, is the text "a"'],
    ],
    ['{x-kubernetes-int-or-string: true, anyOf: [{type: integer}, {type: string}]}', '25%', []],
    ['{x-kubernetes-int-or-string: true}', 2, []],
    [
      '{x-kubernetes-int-or-string: true}',
      true,
      ['spec.field must be a whole number or text, is the truth value true'],
    ],
    ['{x-kubernetes-preserve-unknown-fields: true}', [{ any: 'thing' }], []],
    [
      '{type: object, x-kubernetes-embedded-resource: true, properties: {spec: {type: object}}}',
      { apiVersion: 'v1', kind: 'Pod' },
      [],
    ],
    [
      '{type: object, properties: {a: {type: string}, b: {type: string}}, oneOf: [{required: [a]}, {required: [b]}]}',
      { a: 'x' },
      [],
    ],
    [
      '{type: object, properties: {a: {type: string}, b: {type: string}}, oneOf: [{required: [a]}, {required: [b]}]}',
      { a: 'x', b: 'y' },
      ['spec.field must fit one of its alternatives, not several, is a map'],
    ],
    [
      '{type: object, properties: {a: {type: string}, b: {type: string}}, anyOf: [{required: [a]}, {required: [b]}]}',
      {},
      ['spec.field must have "a", or must have "b", is a map'],
    ],
    [
      '{type: string, not: {enum: [root]}}',
      'root',
      ['spec.field must not be what its schema excludes, is the text "root"'],
    ],
  ])('%s of %j', (schema, value, messages) => {
    expect(check(schema, value)).toEqual(messages)
  })

  test('has Kubernetes’ own metadata', () => {
    const { kubernetes } = read(definition('{type: string}'))
    const api = kubernetes.lookUp('example.com/v1', 'Topic', 28)
    const metadata = { name: 'a', labels: { a: 1 } }
    const said = api.state === 'served' && api.check({ metadata, spec: {} })
    expect(said).toMatchObject([{ message: 'metadata.labels.a must be text, is the number 1' }])
  })

  test('gives the type for expressions', () => {
    const { kubernetes } = read(definition('{type: array, items: {type: integer}}'))
    const type = kubernetes.typeOf('example.com/v1', 'Topic')
    const spec = type?.kind === 'struct' && type.fields.get('spec')
    const field = spec && spec.kind === 'struct' && spec.fields.get('field')
    expect(field && formatType(field)).toBe('list<int>')
  })
})

describe('a definition', () => {
  test('of another version leaves the kind where it was', () => {
    expect(problemsOf(read(definition('{type: string}', 'v1beta1')).kubernetes, {})).toEqual([
      'there is no kind Topic in example.com/v1; did you mean apiVersion example.com/v1beta1?',
    ])
  })

  test('of a version that is not served does not make it known', () => {
    const { kubernetes } = read(
      definition('{type: string}').replace('served: true', 'served: false'),
    )
    expect(problemsOf(kubernetes, {})).toEqual(['there is no kind Topic in example.com/v1'])
  })

  test('of a kind that was known stands in its place', () => {
    const text = definition('{type: string}', 'v1alpha1')
      .replace('group: example.com', 'group: argoproj.io')
      .replace('kind: Topic', 'kind: Rollout')
    const api = read(text).kubernetes.lookUp('argoproj.io/v1alpha1', 'Rollout', 28)
    expect(api.state === 'served' && api.check({ spec: { field: 'mine' } })).toEqual([])
  })

  test('of before v1 keeps unknown fields unless it says otherwise', () => {
    const beta = (says: string) => `
apiVersion: apiextensions.k8s.io/v1beta1
kind: CustomResourceDefinition
spec:
  group: example.com
  version: v1
  names: {kind: Topic}
  scope: Cluster
  ${says}
  validation: {openAPIV3Schema: {properties: {spec: {properties: {field: {type: string}}}}}}
`
    const kept = read(beta('')).kubernetes
    const pruned = read(beta('preserveUnknownFields: false')).kubernetes
    expect(problemsOf(kept, { other: 1 })).toEqual([])
    expect(problemsOf(kept, { field: 1 })).toEqual(['spec.field must be text, is the number 1'])
    expect(problemsOf(pruned, { other: 1 })).toEqual(['unknown field "other" in spec'])
    const api = kept.lookUp('example.com/v1', 'Topic', 28)
    expect(api.state === 'served' && api.namespaced).toBe(false)
  })

  test('may be larger than what people write', () => {
    const description = 'x'.repeat(300_000)
    expect(check(`{type: string, description: ${description}}`, 'a')).toEqual([])
  })
})
