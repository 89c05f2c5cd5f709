import { parseQuantity, Quantity } from '../quantity/quantity.ts'
import { sum } from './list-functions.ts'
import { sha256 } from './sha256.ts'
import {
  indexOf,
  intOfText,
  join,
  lastIndexOf,
  lowerAscii,
  matches,
  replace,
  substring,
} from './string-functions.ts'
import { Struct } from './struct.ts'
import { isPlainMap } from './values.ts'

/** Undefined for values that it is not for; it may throw if it fails. */
type Apply = (self: unknown, a: unknown, b: unknown) => unknown

/** What is called on a value, by its name and the number of its arguments. */
export const methods: ReadonlyMap<string, Apply> = new Map<string, Apply>([
  ['contains 1', ofTexts((text, part) => text.includes(part))],
  ['startsWith 1', ofTexts((text, part) => text.startsWith(part))],
  ['endsWith 1', ofTexts((text, part) => text.endsWith(part))],
  ['_matches 1', ofTexts(matches)],
  ['_indexOf 1', ofTexts((text, part) => indexOf(text, part))],
  ['_lastIndexOf 1', ofTexts((text, part) => lastIndexOf(text, part))],
  ['split 1', ofTexts((text, separator) => text.split(separator))],
  ['_substring 1', (text, from) => (isText(text) && isWhole(from) ? substring(text, from) : no)],
  [
    '_substring 2',
    (text, from, to) =>
      isText(text) && isWhole(from) && isWhole(to) ? substring(text, from, to) : no,
  ],
  [
    'replace 2',
    (text, a, b) => (isText(text) && isText(a) && isText(b) ? replace(text, a, b) : no),
  ],
  ['_lowerAscii 0', (text) => (isText(text) ? lowerAscii(text) : no)],
  ['_join 0', (list) => (Array.isArray(list) ? join(list) : no)],
  [
    '_join 1',
    (list, separator) => (Array.isArray(list) && isText(separator) ? join(list, separator) : no),
  ],
  ['sum 0', (list) => (Array.isArray(list) && list.length > 0 ? sum(list) : no)],
  ['times 1', times],
  ['sub 1', ofQuantities((a, b) => a.sub(b))],
  ['add 1', ofQuantities((a, b) => a.add(b))],
  ['mebibytes 0', (quantity) => (quantity instanceof Quantity ? quantity.mebibytes() : no)],
  ['bytes 0', (quantity) => (quantity instanceof Quantity ? quantity.bytes() : no)],
])

type Call = (value: unknown) => unknown

/** What is called with one argument. */
export const functions: ReadonlyMap<string, Call> = new Map<string, Call>([
  ['size', (value) => (Array.isArray(value) ? BigInt(value.length) : no)],
  ['quantity', (value) => (isText(value) ? parseQuantity(value) : no)],
  ['isQuantity', (value) => (isText(value) ? parseQuantity(value) !== undefined : no)],
  ['_int', (value) => (isText(value) ? intOfText(value) : isWhole(value) ? value : no)],
  ['sha256', (value) => (value === undefined ? no : sha256(value))],
  ['_dyn', (value) => (value instanceof Struct ? no : value)],
  ['string', (value) => (isWhole(value) || value instanceof Quantity ? String(value) : no)],
])

type Operate = (a: unknown, b: unknown) => unknown

/** What stands between two values: of texts, whole numbers, truth values, quantities and lists. */
export const operators: ReadonlyMap<string, Operate> = new Map<string, Operate>([
  ['==', (a, b) => (areAlike(a, b) ? a === b : no)],
  ['!=', (a, b) => (areAlike(a, b) ? a !== b : no)],
  // What differs in type is told to differ only where the first one's type was not known.
  ['dyn ==', (a, b) => (isExact(a) && isExact(b) ? a === b : no)],
  ['dyn !=', (a, b) => (isExact(a) && isExact(b) ? a !== b : no)],
  ['<', ordered((order) => order < 0)],
  ['<=', ordered((order) => order <= 0)],
  ['>', ordered((order) => order > 0)],
  ['>=', ordered((order) => order >= 0)],
  ['+', plus],
  ['-', (a, b) => (isWhole(a) && isWhole(b) ? within(a - b) : no)],
  ['/', (a, b) => (isWhole(a) && isWhole(b) && b !== 0n ? within(a / b) : no)],
  ['*', (a, b) => (isWhole(a) && isWhole(b) ? within(a * b) : no)],
  ['in', isIn],
])

const no = undefined

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isWhole(value: unknown): value is bigint {
  return typeof value === 'bigint'
}

function ofTexts(apply: (text: string, other: string) => unknown): Apply {
  return (text, other) => (isText(text) && isText(other) ? apply(text, other) : no)
}

function ofQuantities(apply: (a: Quantity, b: Quantity) => unknown): Apply {
  return (a, b) => (a instanceof Quantity && b instanceof Quantity ? apply(a, b) : no)
}

function times(quantity: unknown, ratio: unknown): unknown {
  const isRatio = (isWhole(ratio) || typeof ratio === 'number') && ratio >= 0
  return quantity instanceof Quantity && isRatio && ratio !== Infinity ? quantity.times(ratio) : no
}

function areAlike(a: unknown, b: unknown): boolean {
  return typeof a === typeof b && isExact(a)
}

function isExact(value: unknown): boolean {
  return isText(value) || isWhole(value) || typeof value === 'boolean'
}

function ordered(verdict: (order: number) => boolean): Operate {
  return (a, b) => {
    if (isWhole(a) && isWhole(b)) return verdict(a < b ? -1 : a > b ? 1 : 0)
    if (a instanceof Quantity && b instanceof Quantity) return verdict(a.compareTo(b))
    return no
  }
}

function plus(a: unknown, b: unknown): unknown {
  if (isText(a) && isText(b)) return a + b
  if (Array.isArray(a) && Array.isArray(b)) return [...a, ...b]
  return isWhole(a) && isWhole(b) ? within(a + b) : no
}

/** A whole number, if CEL has room for it. */
function within(value: bigint): bigint | undefined {
  return BigInt.asIntN(64, value) === value ? value : no
}

function isIn(value: unknown, holder: unknown): unknown {
  if (!isText(value)) return no
  if (Array.isArray(holder)) return holder.every(isText) ? holder.includes(value) : no
  return isPlainMap(holder) ? Object.hasOwn(holder, value) && holder[value] !== undefined : no
}
