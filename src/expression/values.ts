import { Optional } from '@marcbachmann/cel-js'
import { isList, isMap, type Value, type ValueMap } from '../document/node.ts'
import { parseQuantity, Quantity, quantityOfNumber } from '../quantity/quantity.ts'
import { EvaluationError } from './evaluation-error.ts'
import { Struct, structClass } from './struct.ts'
import type { ExpressionType, ScalarType, StructType } from './type.ts'

/** The largest text an expression may yield, in UTF-16 units. */
export const longestText = 256 * 1024

/**
 * A plain value as expressions take it. What does not fit its type is left as it is: reading it
 * fails then, and says so. A null in a map counts as absent.
 */
export function toExpressionValue(
  value: Value,
  type: ExpressionType,
  shared: SharedParts = nothingShared,
): unknown {
  return converterFor(type)(value, shared)
}

/** Tells which parts of a value are also parts of others: these are converted once for all. */
export interface SharedParts {
  readonly has: (part: object) => boolean
}

const nothingShared: SharedParts = { has: () => false }

type Converter = (value: Value, shared: SharedParts) => unknown

const scalars: Readonly<Record<ScalarType['kind'], Converter>> = {
  // Kubernetes takes a number for a quantity, which is a text to its rules.
  string: (value) => (typeof value === 'number' ? String(value) : value),
  bool: same,
  double: same,
  null: same,
  int: (value) => (Number.isInteger(value) ? BigInt(value as number) : value),
  quantity: toQuantity,
  dyn: toDynamic,
}
const converters = new WeakMap<object, Converter>()

function converterFor(type: ExpressionType): Converter {
  const known = converters.get(type)
  if (known) return known
  const made = makeConverter(type)
  converters.set(type, made)
  return made
}

function makeConverter(type: ExpressionType): Converter {
  if (type.kind === 'struct') return makeStructConverter(type)
  if (type.kind === 'optional') return same
  if (type.kind !== 'list' && type.kind !== 'map') return scalars[type.kind]
  const convert = converterFor(type.of)
  if (type.kind === 'map') {
    return once((value, shared) => (isMap(value) ? mapValues(value, convert, shared) : value))
  }
  if (convert === same) return same
  return once((value, shared) => {
    return isList(value) ? value.map((item) => convert(item, shared)) : value
  })
}

/** A converter that gives what it made of a shared part before. */
function once(convert: Converter): Converter {
  const made = new WeakMap<object, unknown>()
  return (value, shared) => {
    if (typeof value !== 'object' || value === null || !shared.has(value)) {
      return convert(value, shared)
    }
    const known = made.get(value) ?? convert(value, shared)
    made.set(value, known)
    return known
  }
}

function makeStructConverter(type: StructType): Converter {
  const Class = structClass(type)
  const fields = new Map([...type.fields].map(([key, field]) => [key, converterFor(field)]))
  return once((value, shared) => {
    if (!isMap(value)) return value
    const struct: Record<string, unknown> = new Class() as Record<string, unknown>
    for (const key of Object.keys(value)) {
      const convert = fields.get(key)
      const field = value[key]
      if (convert && field !== undefined && field !== null) struct[key] = convert(field, shared)
    }
    return struct
  })
}

function same(value: Value): unknown {
  return value
}

function toQuantity(value: Value): unknown {
  if (typeof value === 'number' && Number.isFinite(value)) return quantityOfNumber(value)
  return typeof value === 'string' ? (parseQuantity(value) ?? value) : value
}

function toDynamic(value: Value, shared: SharedParts): unknown {
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value
  return typeof value === 'object' && value !== null ? partsToDynamic(value, shared) : value
}

const partsToDynamic = once((value, shared) => {
  if (isList(value)) return value.map((item) => toDynamic(item, shared))
  return isMap(value) ? mapValues(value, toDynamic, shared) : value
})

function mapValues(map: ValueMap, convert: Converter, shared: SharedParts): object {
  const converted: Record<string, unknown> = {}
  for (const key of Object.keys(map)) {
    const value = map[key]
    if (value !== undefined && value !== null) converted[key] = convert(value, shared)
  }
  return converted
}

/**
 * What an expression yields as a plain value: null for an empty optional, canonical text for a
 * quantity. Throws an EvaluationError for what YAML cannot say, and for more text than `longest`.
 */
export function fromExpressionValue(result: unknown, longest: number = longestText): Value {
  return toPlain(result, { left: longest })
}

function toPlain(result: unknown, room: { left: number }): Value {
  if (typeof result === 'string') return within(result, room)
  if (typeof result === 'boolean' || result === null) return result
  if (typeof result === 'bigint') return toNumber(result)
  if (typeof result === 'number') return checkedDouble(result)
  if (result instanceof Quantity) return result.toString()
  if (result instanceof Optional) return toPlain(result.orValue(null), room)
  if (Array.isArray(result)) return result.map((item) => toPlain(item, room))
  if (!isPlainMap(result))
    throw new EvaluationError('the result is neither text, number, list nor map')
  const map: Record<string, Value> = {}
  for (const key of Object.keys(result)) map[within(key, room)] = toPlain(result[key], room)
  return map
}

function within(text: string, room: { left: number }): string {
  room.left -= text.length
  if (room.left < 0) throw new EvaluationError('the result has more than 256 kB of text')
  return text
}

function toNumber(value: bigint): number {
  const number = Number(value)
  if (Number.isSafeInteger(number)) return number
  throw new EvaluationError(`the result is ${value}, which is too large a number`)
}

/** Beyond 2^53 readers of JSON would not agree on the number. */
function checkedDouble(value: number): number {
  if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return value
  const what = Number.isFinite(value) ? 'too large a number' : 'no number'
  throw new EvaluationError(`the result is ${value}, which is ${what}`)
}

/** Whether a value of an evaluation is a map: plain, or of a struct type. */
export function isPlainMap(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false
  if (value instanceof Struct) return true
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/**
 * What an expression yields as a part of a longer text; undefined for what has no text: null, an
 * empty optional, a list, a map.
 */
export function textOf(result: unknown): string | undefined {
  const value = result instanceof Optional ? result.orValue(null) : result
  if (typeof value === 'string') return value
  if (typeof value === 'bigint' || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return String(fromExpressionValue(value))
  return value instanceof Quantity ? value.toString() : undefined
}
