import type pc from 'picocolors'
import { aroundSecrets, textAt } from '../secret/redact.ts'
import { type Location, positionOf, type Source, startsOfLines } from '../source/source.ts'
import { show } from './show.ts'

export type Colors = ReturnType<typeof pc.createColors>

const maxWidth = 120

/**
 * The line a location begins on, with its number and carets under the offending text:
 *
 *     22 |     replicas: 60
 *        |               ^^
 *
 * `width` is that of the line numbers. Empty if the text of the file is not known.
 */
export function codeFrame(location: Location, width: number, colors: Colors): string[] {
  const { source } = location
  if (source.text === '') return []
  const { line } = positionOf(source, location.start)
  const [lineStart, lineEnd] = extentOf(source, line)
  const around = aroundSecrets(location)
  const start = Math.max(around.start, lineStart)
  const end = Math.min(Math.max(around.end, start + 1), lineEnd)
  const between = (from: number, to: number) => textAt({ source, start: from, end: to })
  const parts = [
    between(lineStart, start),
    between(start, end),
    between(Math.max(start, end), lineEnd),
  ]
  // As one text: parts may be harmless that together are not.
  const full = show(parts.join(''))
  const [before = '', marked = ''] = parts.map(show)
  // A long line is shown around its mark.
  const skip = Math.max(0, [...before].length + Math.min([...marked].length, 40) - maxWidth)
  const shown = [...full].slice(skip, skip + maxWidth).join('')
  const carets = '^'.repeat(Math.max(1, Math.min([...marked].length, maxWidth)))
  const number = String(line).padStart(width)
  const gutter = ' '.repeat(width)
  return [
    `${colors.blue(`${number} |`)} ${shown}`,
    `${colors.blue(`${gutter} |`)} ${' '.repeat(Math.max(0, [...before].length - skip))}${colors.red(carets)}`,
  ]
}

/** Where a line begins, and where it ends without what ends it. */
function extentOf(source: Source, line: number): readonly [start: number, end: number] {
  const starts = startsOfLines(source)
  const start = starts[line - 1] ?? 0
  const end = (starts[line] ?? source.text.length + 1) - 1
  return [start, end > start && source.text[end - 1] === '\r' ? end - 1 : end]
}
