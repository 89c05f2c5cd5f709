import type { Source } from '../source/source.ts'
import type { Mistake } from './compose.ts'
import { endOfLine, firstInk, isFirstInLine, restOfLine, startOfLine } from './lines.ts'
import { shown } from './shown.ts'
import { endsInSlot } from './slot.ts'
import type { Told } from './told.ts'

type Extent = Pick<Mistake, 'start' | 'end'>

/** In a flow map or list the brace of `${` ends a plain scalar: the rest only looks wrong. */
export function slotInFlow({ start }: Extent, { text }: Source): Told {
  const slot = /^\$\{[^{}]*\}/.exec(text.slice(start - 1, endOfLine(text, start)))?.[0]
  return {
    message: 'an expression inside [ ] or { } must be quoted',
    help: quoteExpression(slot),
    start: start - 1,
    end: start - 1 + (slot?.length ?? 2),
  }
}

/** `key: value: more`, where the value is an expression or a text. */
export function colonInValue({ start }: Extent, { text }: Source): Told {
  const value = restOfLine(text, start)
  if (endsInSlot(value.slice(0, value.search(/:(?:[ \t]|$)/)))) return slotWithColon(value, start)
  if (value.startsWith('? ')) return { message: 'a value cannot begin with "? "', help: 'quote it' }
  return {
    message: 'a value without quotes cannot hold ": "',
    help: /["'\\]/.test(value) ? 'put the value in quotes' : `quote it: "${shown(value)}"`,
    end: start + value.length,
  }
}

/** What the yaml package takes for a key goes over several lines. */
export function keyOverLines({ start, end }: Extent, source: Source): Told {
  const { text } = source
  const key = text.slice(start, end)
  if (endsInSlot(key)) return slotWithColon(restOfLine(text, start), start)
  if (text[start] === '-') {
    const help = 'indent it under the key that it belongs to'
    return { message: 'a list item stands among the keys of a map', help, end: start + 1 }
  }
  if (isFirstInLine(text, start)) return noColon({ start, end }, source)
  const last = firstInk(text, startOfLine(text, end))
  return {
    message: `"${shown(text.slice(last, end))}" is indented as if it continued the value above`,
    help: 'indent it like the key above, or quote the value if all of it is one text',
    start: last,
    end,
  }
}

/** A line that should be `key: value` and has no `: `. */
export function noColon({ start, end }: Extent, { text }: Source): Told {
  const first = text.slice(start, Math.min(end, endOfLine(text, start)))
  const spaced = withSpace(first)
  return {
    message: `"${shown(first)}" is no key: ": " is missing`,
    help: spaced
      ? `write "${shown(spaced)}", with a space after the colon`
      : 'add the colon, or indent the line if it continues the one above',
    start,
    end: start + first.length,
  }
}

/** `key:value` as `key: value`; undefined if a text does not look like that. */
export function withSpace(text: string): string | undefined {
  const [, key, value] = /^([^:\s"'{[]+):([^\s:/].*)$/.exec(text) ?? []
  return key === undefined ? undefined : `${key}: ${value}`
}

/** The cure for an expression that YAML has cut at a place of its own. */
export function quoteExpression(expression: string | undefined): string {
  const advice = 'put the expression in double quotes'
  if (expression === undefined || endsInSlot(expression)) return advice
  if (expression.includes('"')) return `${advice}, with single quotes inside it`
  return `${advice}: "${shown(expression)}"`
}

function slotWithColon(value: string, start: number): Told {
  return {
    message: 'an expression that holds ": " must be quoted',
    help: quoteExpression(value),
    end: start + value.length,
  }
}
