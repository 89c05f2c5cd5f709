import { Optional } from '@marcbachmann/cel-js'
import { Quantity } from '../quantity/quantity.ts'
import { failure } from './library-error.ts'
import { isPlainMap, longestText } from './values.ts'

/**
 * A text with its `%s`, `%d`, `%f`, `%e`, `%b`, `%o`, `%x` and `%X` replaced by values in turn, as
 * CEL's own extension has it; `%.2f` says how many decimals, `%%` is a plain one.
 */
export function formatText(format: string, values: readonly unknown[]): string {
  let used = 0
  let length = format.length
  const result = format.replace(/%(?:%|(?:\.(\d{1,3}))?(.?))/gs, (whole, decimals, verb) => {
    if (whole === '%%') return '%'
    const write = verbs[verb as string]
    if (!write) throw failure(`"${whole}" is nothing that format knows`)
    if (used >= values.length)
      throw failure(`format has no value for the "${whole}" in place ${used + 1}`)
    const text = write(values[used++], decimals === undefined ? 6 : Number(decimals))
    length += text.length
    if (length > longestText) throw failure('the result has more than 256 kB of text')
    return text
  })
  return result
}

const verbs: Readonly<Record<string, (value: unknown, decimals: number) => string>> = {
  s: textOfAny,
  d: (value) => String(wholeNumber(value, 'd')),
  f: (value, decimals) => numberOf(value, 'f').toFixed(Math.min(decimals, 100)),
  e: (value, decimals) => {
    const text = numberOf(value, 'e').toExponential(Math.min(decimals, 100))
    return text.replace(/e([+-])(\d)$/, 'e$10$2')
  },
  b: (value) => (typeof value === 'boolean' ? String(Number(value)) : inBase(value, 2, 'b')),
  o: (value) => inBase(value, 8, 'o'),
  x: (value) => (typeof value === 'string' ? hexOf(value) : inBase(value, 16, 'x')),
  X: (value) => (typeof value === 'string' ? hexOf(value) : inBase(value, 16, 'X')).toUpperCase(),
}

function textOfAny(value: unknown): string {
  if (typeof value === 'string') return value
  if (value instanceof Optional) return textOfAny(value.orValue(null))
  if (Array.isArray(value)) return `[${value.map(textOfAny).join(', ')}]`
  if (value === null || ['bigint', 'number', 'boolean'].includes(typeof value)) return String(value)
  if (value instanceof Quantity) return value.toString()
  if (!isPlainMap(value)) throw failure('%s takes what has a text')
  const entries = Object.keys(value)
    .sort()
    .map((key) => `${key}: ${textOfAny(value[key])}`)
  return `{${entries.join(', ')}}`
}

function inBase(value: unknown, base: number, verb: string): string {
  return wholeNumber(value, verb).toString(base)
}

function wholeNumber(value: unknown, verb: string): bigint | number {
  if (typeof value === 'bigint') return value
  if (typeof value === 'number' && verb === 'd') return value
  throw failure(`%${verb} takes a whole number`)
}

function numberOf(value: unknown, verb: string): number {
  if (typeof value === 'number' || typeof value === 'bigint') return Number(value)
  throw failure(`%${verb} takes a number`)
}

function hexOf(text: string): string {
  return [...new TextEncoder().encode(text)]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
}
