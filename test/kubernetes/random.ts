import type { Value, ValueMap } from '../../src/document/node.ts'
import type { JsonSchema } from './oracle.ts'

/** A number from 0 up to, not including, the one given. */
export type Random = (below: number) => number

/** The same numbers for the same text. */
export function randomFrom(text: string): Random {
  let state = 2166136261
  for (const letter of text) state = Math.imul(state ^ letter.charCodeAt(0), 16777619)
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below)
  }
}

const texts = [
  'a',
  'app',
  'example.com',
  '/path',
  '10s',
  '100m',
  '1Gi',
  '8080',
  'https://a.example',
].concat(['2030-01-31T12:00:00Z', 'c2VjcmV0', 'x'.repeat(70), ''])
const numbers = [0, 1, 3, 80, 400, -1, 70000]

/** A value that fits a schema of the oracle, but for patterns and the like, which it may miss. */
export function generate(
  root: JsonSchema,
  schema: JsonSchema,
  random: Random,
  depth: number,
): Value {
  const { $ref, anyOf, type, enum: values } = schema
  const pick = <T>(from: readonly T[]): T => from[random(from.length)] as T
  if (typeof $ref === 'string') {
    const defs = root.$defs as Record<string, JsonSchema>
    return generate(root, defs[$ref.slice('#/$defs/'.length)] ?? {}, random, depth)
  }
  if (Array.isArray(values) && random(20) > 0) return pick(values)
  if (Array.isArray(anyOf)) return generate(root, pick(anyOf), random, depth)
  switch (Array.isArray(type) ? pick(type) : type) {
    case 'string':
      return pick(texts)
    case 'integer':
      return pick(numbers)
    case 'number':
      return pick([...numbers, 0.5])
    case 'boolean':
      return pick([true, false])
    case 'null':
      return null
    case 'array': {
      const items = Array.from({ length: random(depth > 6 ? 1 : 3) })
      return items.map(() => generate(root, schema.items as JsonSchema, random, depth + 1))
    }
    case 'object':
      return generateMap(root, schema, random, depth)
    default:
      return pick<Value>(['anything', 1, null, { of: ['it'] }])
  }
}

function generateMap(
  root: JsonSchema,
  { properties, required, additionalProperties }: JsonSchema,
  random: Random,
  depth: number,
): ValueMap {
  if (!properties) {
    const of = (additionalProperties || {}) as JsonSchema
    return random(3) === 0 ? {} : { 'a.key/of-it': generate(root, of, random, depth + 1) }
  }
  const fields = Object.entries(properties as Record<string, JsonSchema>).filter(([key]) => {
    return (required as string[]).includes(key) || random(depth > 4 ? 9 : 3) === 0
  })
  return Object.fromEntries(fields.map(([key, of]) => [key, generate(root, of, random, depth + 1)]))
}

/** A copy with one thing changed somewhere, which may well be a mistake. */
export function spoil(value: Value, random: Random): Value {
  if (typeof value !== 'object' || value === null || random(6) === 0) return other(value, random)
  if (Array.isArray(value)) {
    if (value.length === 0) return random(2) === 0 ? [1] : {}
    const at = random(value.length)
    return value.map((item, index) => (index === at ? spoil(item, random) : item))
  }
  const entries = Object.entries(value)
  const at = random(entries.length + 1)
  if (at === entries.length) return { ...value, [`unknown${random(2)}`]: 'field' }
  return Object.fromEntries(
    entries.flatMap(([key, of], index) => {
      if (index !== at) return [[key, of]]
      const choice = random(8)
      if (choice === 0) return []
      if (choice === 1) return [[`${key}s`, of]]
      return choice === 2 ? [[key, null]] : [[key, spoil(of, random)]]
    }),
  )
}

function other(value: Value, random: Random): Value {
  const others: readonly Value[] = [
    null,
    'text',
    7,
    0.5,
    true,
    [],
    {},
    ['text'],
    { key: 'text' },
    '',
  ]
  return others.filter((each) => each !== value)[random(others.length - 1)] ?? null
}
