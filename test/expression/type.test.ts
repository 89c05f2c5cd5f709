import { expect, test } from 'vitest'
import {
  type ExpressionType,
  formatType,
  joinTypes,
  signatureOf,
  typeOfSchema,
  typeOfValue,
} from '../../src/expression/type.ts'
import type { Schema } from '../../src/schema/schema.ts'
import { compiled } from './sample.ts'

const q = { type: ['string', 'number'], format: 'quantity' }

test.each<[Schema, unknown]>([
  [{ type: 'string' }, 'string'],
  [{ type: 'integer' }, 'int'],
  [{ type: 'number' }, 'double'],
  [{ type: 'boolean' }, 'bool'],
  [{ type: 'null' }, 'null'],
  [{ type: ['string', 'null'] }, 'string'],
  [{ type: ['integer', 'string'] }, 'dyn'],
  [q, 'quantity'],
  [{ format: 'quantity' }, 'quantity'],
  [{ const: 'a' }, 'string'],
  [{ enum: [1, 2, null] }, 'int'],
  [{ enum: [1, 'a'] }, 'dyn'],
  [{ type: 'string', enum: ['1'] }, 'string'],
  [{}, 'dyn'],
  [true, 'dyn'],
  [{ type: 'object' }, ['map', 'dyn']],
  [{ type: 'array' }, ['list', 'dyn']],
  [{ items: { type: 'integer' } }, ['list', 'int']],
  [{ type: 'array', prefixItems: [{}], items: { type: 'integer' } }, ['list', 'dyn']],
  [{ additionalProperties: { type: 'string' } }, ['map', 'string']],
  [{ properties: { a: q }, additionalProperties: false }, { a: 'quantity' }],
  [{ properties: { a: q } }, { a: 'quantity' }],
  [{ properties: { a: q }, additionalProperties: q }, ['map', 'quantity']],
  [{ properties: { a: q }, additionalProperties: true }, ['map', 'dyn']],
  [{ type: 'object', patternProperties: { '^a': { type: 'integer' } } }, ['map', 'int']],
  [{ $defs: { q }, $ref: '#/$defs/q' }, 'quantity'],
  [
    { $defs: { q, r: { $ref: '#/$defs/q' } }, properties: { a: { $ref: '#/$defs/r' } } },
    { a: 'quantity' },
  ],
  [{ $defs: { 'a/b c': q }, properties: { a: { $ref: '#/$defs/a~1b%20c' } } }, { a: 'quantity' }],
  [{ properties: { a: { $ref: '#/$defs/none' } } }, { a: 'dyn' }],
  [{ properties: { child: { $ref: '#' } } }, { child: { child: 'dyn' } }],
  [
    { $defs: { q }, properties: { a: { $ref: '#/$defs/q' }, b: { $ref: '#/$defs/q' } } },
    { a: 'quantity', b: 'quantity' },
  ],
  [
    { properties: { a: { type: 'string' } }, allOf: [{ properties: { b: { type: 'integer' } } }] },
    { a: 'string', b: 'int' },
  ],
  [
    { allOf: [{ properties: { a: { minimum: 1 } } }, { properties: { a: { type: 'integer' } } }] },
    { a: 'int' },
  ],
  [{ oneOf: [{ type: 'string' }, { enum: ['a'] }] }, 'string'],
  [{ anyOf: [{ type: 'string' }, { type: 'integer' }] }, 'dyn'],
  [{ type: 'string', anyOf: [{ maxLength: 3 }] }, 'string'],
  [JSON.parse('{"properties":{"__proto__":{},"constructor":{},"a":{}}}'), { a: 'dyn' }],
])('the schema %j is of type %j', (schema, type) => {
  expect(shown(typeOfSchema(schema))).toEqual(type)
})

test.each([
  [1, 'int'],
  [0.5, 'double'],
  ['a', 'string'],
  [true, 'bool'],
  [null, 'null'],
  [[], ['list', 'dyn']],
  [
    [1, 2],
    ['list', 'int'],
  ],
  [
    [1, 'a'],
    ['list', 'dyn'],
  ],
  [
    [1, 0.5],
    ['list', 'dyn'],
  ],
  [{ a: { b: 1 } }, { a: { b: 'int' } }],
  [
    [{ a: 1 }, { b: 'x' }],
    ['list', { a: 'int', b: 'string' }],
  ],
  [
    [{ a: 1 }, { a: 'x' }],
    ['list', { a: 'dyn' }],
  ],
  [
    [{ a: [1] }, { a: [2] }],
    ['list', { a: ['list', 'int'] }],
  ],
  [
    [{ a: 1 }, 'x'],
    ['list', 'dyn'],
  ],
])('the value %j is of type %j', (value, type) => {
  expect(shown(typeOfValue(value))).toEqual(type)
})

test.each([
  ['user.replicas', 'int'],
  ['user.weight', 'double'],
  ['user.cpu', 'quantity'],
  ['user.cpu.times(0.5)', 'quantity'],
  ['user.memory.mebibytes()', 'int'],
  ['user.env', 'map<string, string>'],
  ['user.ports', 'list<map>'],
  ['user.ports.map(p, p.port)', 'list<int>'],
  ['user.?name', 'optional<string>'],
  ['user.?requests.?cpu', 'optional<quantity>'],
  ['user.?requests.?cpu.orValue(user.cpu)', 'quantity'],
  ['user.extra.anything', 'dyn'],
  ['policy.rollout', 'map'],
  ['policy.rollout.maxUnavailable', 'int'],
  ['policy.tolerations.map(t, t.key)', 'list<string>'],
  ['policy.zookeeper[target.region]', 'dyn'],
  ['user.canary ? dyn(1) : dyn("25%")', 'dyn'],
  ['user.canary ? 1 : 2', 'int'],
  ['[]', 'list<dyn>'],
  ['{"a": 1}', 'map<string, int>'],
  ['{"a": 1, "b": "x"}', 'map<string, dyn>'],
  ['optional.none()', 'optional<dyn>'],
  ['null', 'null'],
  ['variables.heapMiB', 'int'],
  ['variables.priority', 'optional<string>'],
  ['manifests["fpm.yaml"].spec', 'dyn'],
])('%s is of type %s', (expression, type) => {
  expect(formatType(compiled(expression).type)).toBe(type)
})

test('types are the same if they say the same, whatever the order of their fields', () => {
  const a = typeOfValue({ x: 1, y: ['a'] })
  const b = typeOfValue({ y: ['b'], x: 2 })
  expect(signatureOf(a)).toBe(signatureOf(b))
  expect(joinTypes(a, b)).toBe(a)
  expect(signatureOf(typeOfValue({ x: 1 }))).not.toBe(signatureOf(typeOfValue({ x: '1' })))
})

function shown(type: ExpressionType): unknown {
  if (type.kind === 'struct') {
    return Object.fromEntries([...type.fields].map(([key, field]) => [key, shown(field)]))
  }
  return 'of' in type ? [type.kind, shown(type.of)] : type.kind
}
