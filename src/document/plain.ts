import { ambiguityOf } from './ambiguous.ts'
import { shown } from './shown.ts'

/** What a plain scalar means, or why it may not stay plain. */
export type Plain =
  | { readonly value: string | number | boolean | null }
  | { readonly problem: string; readonly help: string }

const constants: ReadonlyMap<string, boolean | null> = new Map([
  ['', null],
  ['~', null],
  ['null', null],
  ['Null', null],
  ['NULL', null],
  ['true', true],
  ['false', false],
])

/**
 * The meaning of a plain scalar that stands as a value. Numbers have decimal form only and are
 * held exactly; a text with a slot is text; what readers of YAML disagree about is a problem.
 */
export function readPlain(text: string): Plain {
  const constant = constants.get(text)
  if (constant !== undefined) return { value: constant }
  if (text.includes('${')) return { value: text }
  const ambiguity = ambiguityOf(text)
  if (ambiguity) {
    const { some, others, instead } = ambiguity
    return {
      problem: `${shown(text)} is ${some} to some readers of YAML and ${others} to others`,
      help: quoteIt(text) + (instead === undefined ? '' : `, or write ${instead}`),
    }
  }
  if (!/^-?\d+(?:\.\d+)?$/.test(text)) return { value: text }
  const problem = inexact(text)
  return problem === undefined ? { value: Number(text) } : { problem, help: quoteIt(text) }
}

function inexact(text: string): string | undefined {
  const value = Number(text)
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER) {
    return `${shown(text)} is larger than numbers are exact (${Number.MAX_SAFE_INTEGER})`
  }
  const digits = text.replace(/^-?[0.]*/, '').replace('.', '')
  if (digits !== '' && Math.abs(value) < 1e-300) return `${shown(text)} is too close to 0`
  if (digits.length <= 15 || String(value) === withoutTrailingZeros(text)) return undefined
  return `${shown(text)} has more digits than a number holds`
}

function withoutTrailingZeros(text: string): string {
  if (!text.includes('.')) return text
  let end = text.length
  while (text[end - 1] === '0') end -= 1
  return text.slice(0, text[end - 1] === '.' ? end - 1 : end)
}

function quoteIt(text: string): string {
  return `quote it: ${JSON.stringify(shown(text))}`
}
