import { startOfLine } from '../document/lines.ts'
import type { Entry, MapNode, Value } from '../document/node.ts'
import { columnOf, endOfBlock, endOfEntry, endsKeeping, isFlow } from './layout.ts'
import { insertPart } from './parts.ts'
import { Refused } from './refusal.ts'
import { mannerIn, type Sheet } from './sheet.ts'
import type { Splice } from './splice.ts'
import { entryLines, flowEntry } from './value-text.ts'

/** Puts a new key into a map: beside the nearest key in the given order, else at the end. */
export function insertEntry(
  map: MapNode,
  key: string,
  value: Value,
  order: readonly string[],
  sheet: Sheet,
): Splice[] {
  const entries = [...map.entries.values()]
  const index = indexFor(key, entries, order)
  if (isFlow(map)) {
    const parts = entries.map((entry) => ({ start: entry.keyAt.start, end: endOfEntry(entry) }))
    return insertPart(sheet.text, map.at.start, parts, index, fresh(map, key, value, sheet))
  }
  const [first] = entries
  if (!first) throw new Error('a map in lines without an entry')
  const column = columnOf(sheet.text, first.keyAt.start)
  if (
    sheet.text.slice(startOfLine(sheet.text, first.keyAt.start), first.keyAt.start).trim() !== ''
  ) {
    const help = 'write each key on a line of its own'
    throw new Refused({ message: 'something stands before the first key', at: first.keyAt, help })
  }
  const lines = entryLines({ [key]: value }, column, mannerIn(map, sheet))
  return [lineSplice(entries, index, column, lines, sheet)]
}

/** Writes the first key of a file in which there is nothing but comments. */
export function insertFirst(key: string, value: Value, sheet: Sheet): Splice[] {
  const { text, style } = sheet
  const lines = entryLines({ [key]: value }, 0, mannerIn(undefined, sheet))
  const isOnLine = text === '' || text.endsWith('\n')
  const fresh = isOnLine ? lines.slice(style.lineBreak.length) + style.lineBreak : lines
  return [{ start: text.length, end: text.length, text: fresh }]
}

function fresh(map: MapNode, key: string, value: Value, sheet: Sheet): string {
  const entry = flowEntry(key, value, mannerIn(map, sheet))
  // As in JSON, if the others have it so.
  const [first] = map.entries.values()
  const isQuoted = first && sheet.text[first.keyAt.start] === '"' && !entry.startsWith('"')
  if (isQuoted) return `"${key}"${entry.slice(key.length)}`
  const { padding } = sheet.style
  return map.entries.size > 0 ? entry : `${padding}${entry}${padding}`
}

function lineSplice(
  entries: readonly Entry[],
  index: number,
  column: number,
  lines: string,
  { text, style }: Sheet,
): Splice {
  const before = entries[index - 1]
  if (before) {
    const at = endOfBlock(text, endOfEntry(before), column, endsKeeping(before))
    return { start: at, end: at, text: lines }
  }
  const start = startOfLine(text, entries[0]?.keyAt.start ?? 0)
  return { start, end: start, text: lines.slice(style.lineBreak.length) + style.lineBreak }
}

/** Where among the entries a key belongs. */
function indexFor(key: string, entries: readonly Entry[], order: readonly string[]): number {
  const rank = order.indexOf(key)
  if (rank === -1) return entries.length
  const ranks = entries.map((entry) => order.indexOf(entry.key))
  const below = Math.max(...ranks.filter((each) => each !== -1 && each < rank), -1)
  if (below !== -1) return ranks.indexOf(below) + 1
  const above = Math.min(...ranks.filter((each) => each > rank))
  return Number.isFinite(above) ? ranks.indexOf(above) : entries.length
}
