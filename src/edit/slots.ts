import { endOfLine, firstInk, isFirstInLine, startOfLine } from '../document/lines.ts'
import type { Entry, MapNode } from '../document/node.ts'
import { columnOf, endOfBlock, endOfEntry, endsKeeping } from './layout.ts'

/** The stretch of a text that belongs to an entry of a map and may change places with another's. */
export interface Slot {
  readonly start: number
  readonly end: number
}

/** The slots of a map in brackets; undefined if a comment between entries may speak of either. */
export function flowSlots(map: MapNode, text: string): Slot[] | undefined {
  const slots = [...map.entries.values()].map((entry) => {
    return { start: entry.keyAt.start, end: endOfEntry(entry) }
  })
  let done = map.at.start
  for (const { start, end } of [...slots, { start: map.at.end, end: map.at.end }]) {
    if (text.slice(done, start).includes('#')) return undefined
    done = end
  }
  return slots
}

/**
 * The slots of a map in lines: from the first comment above a key to what is indented below it. What
 * stands at the top of a file, up to a blank line or a word to editors, belongs to no key. Undefined
 * if the map begins behind a dash and the entry that is to stand there has comments above it.
 */
export function blockSlots(
  map: MapNode,
  isRoot: boolean,
  first: number,
  text: string,
): Slot[] | undefined {
  const entries = [...map.entries.values()]
  const begin = entries[0]?.keyAt.start ?? 0
  const isBehindDash = !isFirstInLine(text, begin)
  const column = columnOf(text, begin)
  let done = -1
  const slots = entries.map((entry, index): Slot => {
    const isBegin = index === 0
    const above = isBegin && isBehindDash ? begin : commentsAbove(entry, done, text)
    const start = isBegin && isRoot ? belowHead(above, begin, text) : above
    done = endOfBlock(text, endOfEntry(entry), column, endsKeeping(entry))
    return { start: isBehindDash ? firstInk(text, start) : start, end: done }
  })
  const isBare = slots[first]?.start === entries[first]?.keyAt.start
  return isBehindDash && !isBare ? undefined : slots
}

/** The beginning of the first comment between an offset and a key, or else of the key's line. */
function commentsAbove({ keyAt }: Entry, after: number, text: string): number {
  let line = startOfLine(text, keyAt.start)
  let first = line
  while (line > 0) {
    line = startOfLine(text, line - 1)
    const words = lineAt(line, text)
    if (line <= after || !/^(?:#|$)/.test(words)) return first
    if (words !== '') first = line
  }
  return first
}

/** Comments that an editor or linter reads, wherever the keys stand. */
const wordToTools = /^#\s*(?:yaml-language-server:|yamllint\s|-\*-|vim?:)/

function belowHead(start: number, key: number, text: string): number {
  let below = start
  for (let line = start; line < startOfLine(text, key); ) {
    const words = lineAt(line, text)
    line = text.indexOf('\n', line) + 1
    if (words === '' || wordToTools.test(words)) below = line
  }
  return below
}

function lineAt(start: number, text: string): string {
  return text.slice(start, endOfLine(text, start)).trim()
}
