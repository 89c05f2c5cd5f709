import { Quantity } from '../quantity/quantity.ts'
import { failure } from './library-error.ts'
import { isPlainMap } from './values.ts'

/** Whether two values of an evaluation are equal, as `==` has it: 1 equals 1.0. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (isNumber(a) && isNumber(b)) return a <= b && a >= b
  if (a instanceof Quantity && b instanceof Quantity) return a.compareTo(b) === 0
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => sameValue(item, b[index]))
  }
  if (!isPlainMap(a) || !isPlainMap(b)) return a === b
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameValue(a[key], b[key]))
  )
}

/** Negative, zero or positive, as `<` has it; texts by code point. Fails for what has no order. */
export function compareValues(a: unknown, b: unknown): number {
  if (isNumber(a) && isNumber(b)) return a < b ? -1 : a > b ? 1 : 0
  if (typeof a === 'string' && typeof b === 'string') return compareTexts(a, b)
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b)
  if (a instanceof Quantity && b instanceof Quantity) return a.compareTo(b)
  throw failure('only numbers, texts, truth values and quantities of one kind have an order')
}

/** UTF-16 would put characters beyond U+FFFF before some that come earlier. */
function compareTexts(a: string, b: string): number {
  const [left, right] = [[...a], [...b]]
  const at = left.findIndex((letter, index) => letter !== right[index])
  if (at === -1) return left.length - right.length
  return (left[at]?.codePointAt(0) ?? 0) - (right[at]?.codePointAt(0) ?? -1)
}

function isNumber(value: unknown): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint'
}
