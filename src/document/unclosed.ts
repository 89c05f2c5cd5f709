import type { Source } from '../source/source.ts'
import type { Mistake } from './compose.ts'
import { bracketsOpenAt, quotedBefore } from './lexemes.ts'
import { endOfLine, firstInk, isFirstInLine } from './lines.ts'
import { shown } from './shown.ts'
import type { Told } from './told.ts'

const indented = ', and indent the lines between further than the key before'

/** The yaml package points to the end of the file: the beginning of the text says more. */
export function unclosedQuote({ start: end }: Mistake, source: Source): Told {
  const quoted = quotedBefore(source, end)
  const quote = quoted?.text[0] ?? '"'
  const start = quoted?.start ?? end
  const help = `close it with ${quote}`
  return {
    message: `a text that begins with ${quote} does not end with one`,
    help: source.text.includes(quote, end) ? `${help}${indented}` : help,
    isLast: true,
    start,
    end: endOfLine(source.text, start),
  }
}

export function unclosedBracket({ problem, start }: Mistake, source: Source): Told {
  const closing = problem.includes('end with a }') ? '}' : ']'
  const opening = closing === ']' ? '[' : '{'
  const open = bracketsOpenAt(source, start).findLast(({ text }) => text === opening)
  const at = open?.start ?? start
  const told = { message: `${opening} is not closed`, start: at, end: at + 1, isLast: true }
  const { text } = source
  const ink = firstInk(text, start)
  if (/[[{, \t]#/.test(text.slice(at, endOfLine(text, at)))) {
    return { ...told, help: 'quote what begins with "#": it is a comment' }
  }
  if (ink === text.length) return { ...told, help: `close it with ${closing}` }
  return {
    ...told,
    help: `close it with ${closing}${indented}`,
    note: { message: `${closing} was expected before this`, start: ink, end: ink + 1 },
  }
}

/** Something stands where no value can: after a value, most of all after a closing quote. */
export function unexpected({ start, end }: Mistake, source: Source): Told {
  const { text } = source
  const quoted = quotedBefore(source, start)
  const what = shown(text.slice(start, Math.max(end, start + 1)))
  const message = `${what.includes('"') ? what : `"${what}"`} is not expected here`
  if (quoted?.text.includes('\n')) {
    const note = 'the quoted text before it begins here'
    return {
      message,
      help: `is a ${quoted.text[0]} missing at the end of that line?`,
      note: { message: note, start: quoted.start, end: endOfLine(text, quoted.start) },
    }
  }
  if (quoted) {
    const quote = quoted.text.startsWith("'") ? "''" : '\\"'
    return { message, help: `write ${quote} for a quote inside the text` }
  }
  if (!isFirstInLine(text, start)) return { message }
  return { message, help: 'is it indented like the lines it belongs to?' }
}
