import type pc from 'picocolors'
import { type Location, positionOf, startsOfLines } from '../source/source.ts'
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
  const { source, start, end } = location
  if (source.text === '') return []
  const { line } = positionOf(source, start)
  const lineStart = startsOfLines(source)[line - 1] ?? 0
  const full = lineText(location, line)
  const before = show(full.slice(0, start - lineStart))
  const marked = show(
    full.slice(start - lineStart, Math.max(end - lineStart, start - lineStart + 1)),
  )
  // A long line is shown around its mark.
  const skip = Math.max(0, [...before].length + Math.min([...marked].length, 40) - maxWidth)
  const shown = [...show(full)].slice(skip, skip + maxWidth).join('')
  const carets = '^'.repeat(Math.max(1, Math.min([...marked].length, maxWidth)))
  const number = String(line).padStart(width)
  const gutter = ' '.repeat(width)
  return [
    `${colors.blue(`${number} |`)} ${shown}`,
    `${colors.blue(`${gutter} |`)} ${' '.repeat(Math.max(0, [...before].length - skip))}${colors.red(carets)}`,
  ]
}

function lineText({ source }: Location, line: number): string {
  const starts = startsOfLines(source)
  const text = source.text.slice(starts[line - 1], (starts[line] ?? source.text.length + 1) - 1)
  return text.endsWith('\r') ? text.slice(0, -1) : text
}
