import { isList, isMap, type Value, type ValueMap } from '../document/node.ts'
import { parseQuantity, quantityOfNumber } from '../quantity/quantity.ts'
import { fieldOfLevel } from './derive.ts'
import { resolveSchema } from './schema.ts'

/** Bounds of single fields, and what must be so for them to hold. */
export interface ConditionalBounds {
  readonly conditions: readonly Condition[]
  /** Field → its bounds, as the limits have them. */
  readonly properties: ValueMap
}

/** Something said of the effective data, which holds or must not hold. */
export interface Condition {
  readonly schema: Value
  readonly holds: boolean
}

/**
 * What limits say of single fields, with the conditions they stand under. What they say of the data
 * as a whole (`required`, `anyOf`, `not`) is left out: no one level of a file can answer for that.
 */
export function boundsOf(limits: Value): ConditionalBounds[] {
  const visit = (schema: Value, conditions: readonly Condition[]): ConditionalBounds[] => {
    if (!isMap(schema)) return []
    const { properties, if: condition, then: yes, else: no, allOf } = schema
    const under = (holds: boolean, branch: Value | undefined) => {
      if (condition === undefined || branch === undefined) return []
      return visit(branch, [...conditions, { schema: condition, holds }])
    }
    return [
      ...(isMap(properties) ? [{ conditions, properties }] : []),
      ...under(true, yes),
      ...under(false, no),
      ...(isList(allOf) ? allOf.flatMap((each) => visit(each, conditions)) : []),
    ]
  }
  return visit(inlined(limits, limits, 0), [])
}

/** The fields of the effective data that a condition reads. */
export function fieldsRead(schema: Value): string[] {
  if (isList(schema)) return [...new Set(schema.flatMap(fieldsRead))]
  if (!isMap(schema)) return []
  const { properties, required, ...rest } = schema
  const own = [
    ...(isMap(properties) ? Object.keys(properties) : []),
    ...(isList(required) ? required.map(String) : []),
  ]
  const below = ['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else'].flatMap((keyword) => {
    return fieldsRead(rest[keyword] ?? null)
  })
  return [...new Set([...own, ...below])]
}

/**
 * Bounds as a schema of one level of a file, where everything may be missing or `null`. A bound of
 * a quantity becomes one of numbers, which is all that JSON Schema can compare. Undefined if
 * nothing is left. The fields are named by patterns, because editors propose all `properties` they
 * find, and would propose these a second time.
 */
export function boundsOfLevel(properties: ValueMap): ValueMap | undefined {
  const fields = Object.entries(properties).flatMap(([name, schema]) => {
    const field = pruned(fieldOfLevel(withNumbers(schema)))
    return field === undefined ? [] : [[name, field] as const]
  })
  return fields.length === 0 ? undefined : byPattern(Object.fromEntries(fields))
}

/** What must fit the fields of these names, if they are there; editors propose none of them. */
export function byPattern(fields: ValueMap): ValueMap {
  const entries = Object.entries(fields).map(([name, schema]) => {
    const { properties, ...rest } = isMap(schema) ? schema : {}
    const whole = isMap(properties) ? { ...rest, ...byPattern(properties) } : schema
    return [`^${name.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')}$`, whole]
  })
  return { patternProperties: Object.fromEntries(entries) }
}

/** Keywords that allow everything by themselves. */
const idle = new Set(['title', 'description', 'message', 'severity', 'examples', 'default'])

/** A schema without fields that bound nothing; undefined if it bounds nothing itself. */
function pruned(schema: Value): Value | undefined {
  if (!isMap(schema)) return schema === true ? undefined : schema
  const kept = Object.entries(schema).flatMap(([key, value]) => {
    if (key !== 'properties' || !isMap(value)) return [[key, value] as const]
    const fields = Object.entries(value).flatMap(([name, each]) => {
      const field = pruned(each)
      return field === undefined ? [] : [[name, field] as const]
    })
    return fields.length === 0 ? [] : [[key, Object.fromEntries(fields)] as const]
  })
  return kept.every(([key]) => idle.has(key)) ? undefined : Object.fromEntries(kept)
}

const comparisons: Readonly<Record<string, string>> = {
  formatMinimum: 'minimum',
  formatMaximum: 'maximum',
  formatExclusiveMinimum: 'exclusiveMinimum',
  formatExclusiveMaximum: 'exclusiveMaximum',
}

function withNumbers(schema: Value): Value {
  if (!isMap(schema)) return schema
  const isQuantity = schema.format === 'quantity'
  const entries = Object.entries(schema).flatMap(([key, value]): [string, Value][] => {
    if (key === 'properties' && isMap(value)) {
      const fields = Object.entries(value).map(([name, each]) => [name, withNumbers(each)])
      return [[key, Object.fromEntries(fields)]]
    }
    if (key === 'format' && isQuantity) return []
    const comparison = comparisons[key]
    if (comparison === undefined) return [[key, value]]
    const bound = isQuantity ? numberOf(value) : undefined
    return bound === undefined ? [] : [[comparison, bound]]
  })
  return Object.fromEntries(entries)
}

/** The number that a quantity is, if there is one. */
function numberOf(value: Value): number | undefined {
  const quantity = parseQuantity(String(value))
  const number = quantity?.asApproximateFloat()
  if (quantity === undefined || number === undefined || !Number.isFinite(number)) return undefined
  return quantityOfNumber(number).compareTo(quantity) === 0 ? number : undefined
}

/** Deeper than anybody nests; what leads in a circle ends there and allows everything. */
const deepest = 32

/** A schema in which what `$ref` points at stands in its place. */
function inlined(schema: Value, root: ValueMap | Value, depth: number): Value {
  if (isList(schema)) return schema.map((each) => inlined(each, root, depth + 1))
  if (!isMap(schema) || !isMap(root)) return schema
  if (depth > deepest) return {}
  const resolved = resolveSchema(schema, root)
  if (!isMap(resolved)) return {}
  const entries = Object.entries(resolved).filter(([key]) => key !== '$defs')
  return Object.fromEntries(entries.map(([key, each]) => [key, inlined(each, root, depth + 1)]))
}
