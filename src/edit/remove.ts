import { endOfLine, startOfLine } from '../document/lines.ts'
import type { Entry, MapNode } from '../document/node.ts'
import {
  columnOf,
  endOfBlock,
  endOfEntry,
  endOfIntroduction,
  endsKeeping,
  isFlow,
  nextLine,
} from './layout.ts'
import { removePart } from './parts.ts'
import type { Sheet } from './sheet.ts'
import type { Splice } from './splice.ts'

/**
 * Takes a key out of a map, with its lines and the comment behind it; comments above it stay. A map
 * that has lost its last key is written as `{}`: it is still there, and says nothing.
 */
export function removeEntry(
  map: MapNode,
  entry: Entry,
  parent: Entry | undefined,
  { text }: Sheet,
): Splice[] {
  const entries = [...map.entries.values()]
  if (isFlow(map)) {
    const parts = entries.map((each) => ({ start: each.keyAt.start, end: endOfEntry(each) }))
    return removePart(text, map.at.start, parts, entries.indexOf(entry))
  }
  const column = columnOf(text, entry.keyAt.start)
  const end = endOfBlock(text, endOfEntry(entry), column, endsKeeping(entry))
  const start = startOfLine(text, entry.keyAt.start)
  const above = entries[entries.indexOf(entry) - 1]
  if (above && endsKeeping(above)) return [below(start, end, text)]
  if (entries.length > 1) return [lines(start, end, text)]
  if (!parent) return [{ start, end, text: '{}' }]
  const after = endOfIntroduction(parent)
  return [{ start: after, end: after, text: ' {}' }, lines(start, end, text)]
}

/** Whole lines, and one of two blank lines that would then stand side by side or at the end. */
function lines(start: number, end: number, text: string): Splice {
  const next = nextLine(text, end)
  const above = lineAbove(start, text)
  if (next === undefined) {
    // The last line may have no line break: then the one above it loses its own.
    const isEnded = text.endsWith('\n')
    const from = above === undefined ? start : blankUp(start, text)
    return { start: isEnded ? from : endBefore(from, text), end: text.length, text: '' }
  }
  const isBetween = above === undefined || text.slice(above, endOfLine(text, above)).trim() === ''
  if (!isBetween || !isBlankLine(next, text)) return { start, end: next, text: '' }
  return { start, end: nextLine(text, endOfLine(text, next)) ?? text.length, text: '' }
}

/** Whole lines below a literal that would keep blank lines: those that follow go as well. */
function below(start: number, end: number, text: string): Splice {
  let next = nextLine(text, end) ?? text.length
  while (next < text.length && isBlankLine(next, text)) {
    next = nextLine(text, endOfLine(text, next)) ?? text.length
  }
  return { start, end: next, text: '' }
}

function lineAbove(start: number, text: string): number | undefined {
  return start === 0 ? undefined : startOfLine(text, start - 1)
}

function isBlankLine(start: number, text: string): boolean {
  return text.slice(start, endOfLine(text, start)).trim() === ''
}

/** The beginning of the blank lines above a line. */
function blankUp(start: number, text: string): number {
  const above = lineAbove(start, text)
  if (above === undefined || !isBlankLine(above, text)) return start
  return blankUp(above, text)
}

function endBefore(start: number, text: string): number {
  return start === 0 ? 0 : endOfLine(text, start - 1)
}
