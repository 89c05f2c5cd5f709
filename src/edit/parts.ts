import { endOfLine, isFirstInLine, startOfLine } from '../document/lines.ts'
import { nextLine } from './layout.ts'
import type { Splice } from './splice.ts'

/** An entry of a map, or an item of a list, within brackets. */
export interface Part {
  readonly start: number
  readonly end: number
}

/** Puts a text between the parts of a collection in brackets, before the part with an index. */
export function insertPart(
  source: string,
  open: number,
  parts: readonly Part[],
  index: number,
  text: string,
): Splice[] {
  const before = parts[index - 1]
  const after = parts[index]
  if (before) return insertAfter(source, before, after, text)
  if (!after) return [at(open + 1, text)]
  const pad = lineBefore(source, after.start)
  return [at(after.start, `${text},${pad ?? ' '}`)]
}

function insertAfter(
  source: string,
  before: Part,
  after: Part | undefined,
  text: string,
): Splice[] {
  const comma = commaAfter(source, before.end)
  const pad = lineBefore(source, before.start)
  // On a line of its own, and what follows it does not stand in that line.
  const isAlone = pad !== undefined && (!after || lineBefore(source, after.start) !== undefined)
  const separator = isAlone ? pad : ' '
  if (comma === undefined) {
    if (!isAlone) return [at(before.end, `,${separator}${text}`)]
    return [at(before.end, ','), at(endOfLineWithin(source, before.end), separator + text)]
  }
  return [at(isAlone ? endOfLineWithin(source, comma) : comma, `${separator}${text},`)]
}

/** Takes a part out of a collection in brackets, with its comma, and with its lines if they are its own. */
export function removePart(
  source: string,
  open: number,
  parts: readonly Part[],
  index: number,
): Splice[] {
  const part = parts[index] as Part
  const before = parts[index - 1]
  const after = parts[index + 1]
  const comma = commaAfter(source, part.end)
  const end = comma ?? part.end
  const own = linesOf(source, part.start, end)
  if (own) {
    const earlier = before && !after && comma === undefined && commaAfter(source, before.end)
    const splices = [{ ...own, text: '' }]
    return earlier ? [{ start: earlier - 1, end: earlier, text: '' }, ...splices] : splices
  }
  if (after) return [{ start: part.start, end: blankEnd(source, end), text: '' }]
  if (before && comma === undefined) {
    const start = commaAfter(source, before.end) ?? before.end
    const gap = source.slice(start, part.start)
    // A comment between the two ends with its line.
    const text = gap.includes('#') ? gap.slice(0, gap.lastIndexOf('\n') + 1) : ''
    return [{ start: start - 1, end: part.end, text }]
  }
  const start = before ? part.start : blankStart(source, part.start, open + 1)
  return [{ start, end: before ? end : blankEnd(source, end), text: '' }]
}

/** The whole lines that a stretch fills but for a comment behind it; undefined if others share them. */
export function linesOf(source: string, start: number, end: number): Part | undefined {
  const rest = source.slice(end, endOfLine(source, end))
  const next = nextLine(source, endOfLine(source, end))
  if (!isFirstInLine(source, start) || !/^[ \t]*(?:[ \t]#.*)?$/.test(rest)) return undefined
  return next === undefined ? undefined : { start: startOfLine(source, start), end: next }
}

/** The offset after the comma behind a part; undefined if there is none. */
function commaAfter(source: string, end: number): number | undefined {
  const [gap] = /^(?:\s|#.*)*,/.exec(source.slice(end)) ?? []
  return gap === undefined ? undefined : end + gap.length
}

/** The line break and the blanks before something that begins its line; undefined if it does not. */
function lineBefore(source: string, offset: number): string | undefined {
  const start = startOfLine(source, offset)
  if (start === 0 || !isFirstInLine(source, offset)) return undefined
  const lineBreak = source[start - 2] === '\r' ? '\r\n' : '\n'
  return lineBreak + source.slice(start, offset)
}

/** The end of a line if nothing but a comment follows; else where we are. */
function endOfLineWithin(source: string, offset: number): number {
  const end = endOfLine(source, offset)
  return /^[ \t]*(?:[ \t]#.*)?$/.test(source.slice(offset, end)) ? end : offset
}

function blankEnd(source: string, offset: number): number {
  return offset + (/^[ \t]*/.exec(source.slice(offset, offset + 1000))?.[0].length ?? 0)
}

function blankStart(source: string, offset: number, least: number): number {
  let start = offset
  while (start > least && /[ \t]/.test(source[start - 1] ?? '')) start -= 1
  return start
}

function at(offset: number, text: string): Splice {
  return { start: offset, end: offset, text }
}
