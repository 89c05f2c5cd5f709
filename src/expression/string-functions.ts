import { RE2JS } from 're2js'
import { failure } from './library-error.ts'
import { longestText } from './values.ts'

// Positions are counted in characters, as `size` counts them, not in UTF-16 units.

/** Whether a regular expression (RE2) is found in a text, in time linear in the text. */
export function matches(text: string, pattern: string): boolean {
  return compiled(pattern).test(text)
}

/** The first stretch of a text that a regular expression fits; empty if none does. */
export function find(text: string, pattern: string): string {
  return findAll(text, pattern, 1n)[0] ?? ''
}

/** The stretches that a regular expression fits, in their order; at most `limit`, if it is not negative. */
export function findAll(text: string, pattern: string, limit = -1n): string[] {
  const matcher = compiled(pattern).matcher(text)
  const found: string[] = []
  while ((limit < 0n || BigInt(found.length) < limit) && matcher.find()) {
    found.push(matcher.group() ?? '')
  }
  return found
}

const patterns = new Map<string, RE2JS>()
const mostPatterns = 1000

function compiled(pattern: string): RE2JS {
  const made = compile(pattern)
  if (!made) throw failure(noPattern(pattern))
  return made
}

function compile(pattern: string): RE2JS | undefined {
  const known = patterns.get(pattern)
  if (known) return known
  try {
    const made = RE2JS.compile(pattern)
    if (patterns.size >= mostPatterns) patterns.clear()
    patterns.set(pattern, made)
    return made
  } catch {
    return undefined
  }
}

/** What is wrong with a text as a regular expression; undefined if nothing is. */
export function whyNoPattern(pattern: string): string | undefined {
  return compile(pattern) ? undefined : noPattern(pattern)
}

function noPattern(pattern: string): string {
  return `${JSON.stringify(pattern)} is no regular expression of RE2, which has no lookaround`
}

export function lowerAscii(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
}

export function upperAscii(text: string): string {
  return text.replace(/[a-z]+/g, (letters) => letters.toUpperCase())
}

export function charAt(text: string, at: bigint): string {
  const letters = lettersOf(text)
  return letters[position(at, letters.length)] ?? ''
}

export function indexOf(text: string, wanted: string, from = 0n): bigint {
  const letters = lettersOf(text)
  const start = position(from, letters.length)
  const found = text.indexOf(wanted, unitsBefore(letters, start))
  return found === -1 ? -1n : lettersBefore(text, found)
}

export function lastIndexOf(text: string, wanted: string, from?: bigint): bigint {
  const letters = lettersOf(text)
  const start = from === undefined ? letters.length : position(from, letters.length)
  const found = text.lastIndexOf(wanted, unitsBefore(letters, start))
  return found === -1 ? -1n : lettersBefore(text, found)
}

export function substring(text: string, from: bigint, to?: bigint): string {
  const letters = lettersOf(text)
  const start = position(from, letters.length)
  const end = to === undefined ? letters.length : position(to, letters.length)
  if (end < start) throw failure(`substring(${from}, ${to}) ends before it begins`)
  const part = letters.slice(start, end)
  return typeof part === 'string' ? part : part.join('')
}

/** The characters of a text: where each is one unit, which is nearly always, the text itself. */
function lettersOf(text: string): string | readonly string[] {
  return hasPairs(text) ? [...text] : text
}

function hasPairs(text: string): boolean {
  return /[\ud800-\udfff]/.test(text)
}

function position(at: bigint, length: number): number {
  if (at >= 0n && at <= BigInt(length)) return Number(at)
  throw failure(`there is no position ${at} in a text of ${length} characters`)
}

function unitsBefore(letters: string | readonly string[], at: number): number {
  return typeof letters === 'string' ? at : letters.slice(0, at).join('').length
}

function lettersBefore(text: string, unit: number): bigint {
  return BigInt(hasPairs(text) ? [...text.slice(0, unit)].length : unit)
}

/** Replaces the first `limit` occurrences, or all if it is negative. */
export function replace(text: string, wanted: string, by: string, limit = -1n): string {
  if (limit === 0n) return text
  const pieces = wanted === '' ? ['', ...text, ''] : text.split(wanted)
  const replaced = limit < 0n ? pieces.length - 1 : Math.min(Number(limit), pieces.length - 1)
  refuseLongerThan(text.length + replaced * by.length)
  const head = pieces.slice(0, replaced + 1).join(by)
  return [head, ...pieces.slice(replaced + 1)].join(wanted)
}

export function join(list: readonly unknown[], separator = ''): string {
  let length = 0
  for (const item of list) {
    if (typeof item !== 'string')
      throw failure('join puts only texts together; map them to string(…)')
    length += item.length + separator.length
  }
  refuseLongerThan(length)
  return list.join(separator)
}

function refuseLongerThan(length: number): void {
  if (length > longestText) throw failure('the result has more than 256 kB of text')
}

/** A whole number written in decimal digits. */
export function intOfText(text: string): bigint {
  const value = /^[+-]?[0-9]{1,20}$/.test(text) ? BigInt(text) : undefined
  if (value !== undefined && BigInt.asIntN(64, value) === value) return value
  throw failure(`${JSON.stringify(text)} is no whole number`)
}

/** The text in double quotes, with what has no sign of its own escaped. */
export function quote(text: string): string {
  const escaped = text.replace(/[\\"\x07\b\f\n\r\t\v]/g, (letter) => escapes[letter] ?? letter)
  return `"${escaped}"`
}

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '"': '\\"',
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
}
