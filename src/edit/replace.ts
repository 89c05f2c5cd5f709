import { endOfLine } from '../document/lines.ts'
import { type Entry, isList, isMap, type MapNode, type Value } from '../document/node.ts'
import { fitsBlock } from '../print/scalar.ts'
import {
  columnOf,
  endOfBlock,
  endOfIntroduction,
  endOfNode,
  isFlow,
  isUnwritten,
  keepsBreaks,
} from './layout.ts'
import { quoteOf, scalarText } from './scalar-text.ts'
import { mannerIn, type Sheet } from './sheet.ts'
import type { Splice } from './splice.ts'
import { blockText, entryLines, flowText, itemLines, literal, type Written } from './value-text.ts'

/** Where a value stands: what of it lies in the line of its key, and the lines below that. */
interface Stand {
  readonly head: { readonly start: number; readonly end: number }
  readonly body: { readonly start: number; readonly end: number }
}

/** Writes another value in place of that of an entry, in its style as far as it goes. */
export function replaceValue(map: MapNode, entry: Entry, value: Value, sheet: Sheet): Splice[] {
  const stand = standOf(entry, sheet.text)
  const after = endOfIntroduction(entry)
  const { head, body } = writtenFor(map, entry, value, sheet)
  const isNew = stand.head.start === stand.head.end
  const isInKeyLine = !sheet.text.slice(after, stand.head.start).includes('\n')
  // Without a text behind the key there is no blank behind it either.
  const start = head === '' && (isInKeyLine || body !== '') ? after : stand.head.start
  // A blank that waits behind the colon is used, unless a comment needs it.
  const blank = isNew && / [^ #]/.test(sheet.text.slice(after, after + 2)) ? 1 : 0
  const place = head === '' ? start : start + blank
  return [
    {
      start: place,
      end: Math.max(place, stand.head.end),
      text: isNew && head !== '' && blank === 0 ? ` ${head}` : head,
    },
    { ...stand.body, text: body },
  ].filter(({ start, end, text }) => start !== end || text !== '')
}

function standOf(entry: Entry, text: string): Stand {
  const { value } = entry
  const after = endOfIntroduction(entry)
  if (isUnwritten(value)) return { head: none(after), body: none(endOfLine(text, after)) }
  const { start, end } = value.at
  if (value.kind === 'scalar' && !value.plain && quoteOf(value) === undefined) {
    const header = /^[|>][-+\d]*/.exec(value.text)?.[0].length ?? 1
    return { head: { start, end: start + header }, body: { start: endOfLine(text, start), end } }
  }
  if (value.kind === 'scalar' || isFlow(value)) {
    return { head: { start, end }, body: none(endOfLine(text, end)) }
  }
  const column = columnOf(text, entry.keyAt.start)
  const last = endOfBlock(text, endOfNode(value), column, keepsBreaks(value))
  return { head: none(after), body: { start: endOfLine(text, after), end: last } }
}

function writtenFor(map: MapNode, entry: Entry, value: Value, sheet: Sheet): Written {
  const old = entry.value
  const quote = quoteOf(old)
  const manner = mannerIn(map, sheet)
  if (typeof value !== 'object' || value === null) {
    const isText = typeof value === 'string'
    const isLiteral = old.kind === 'scalar' && !old.plain && quote === undefined
    if (isText && isLiteral && fitsBlock(value)) {
      return literal(value, literalColumn(entry, sheet), sheet.style.lineBreak)
    }
    const isOwn = old.kind === 'scalar' && !isUnwritten(old)
    if (quote === undefined && isText && !isFlow(map) && sheet.style.literals && fitsBlock(value)) {
      return blockText(value, columnOf(sheet.text, entry.keyAt.start), manner)
    }
    const wanted = isOwn ? quote : manner.quote
    return { head: scalarText(value, { flow: isFlow(map), quote: wanted }), body: '' }
  }
  const isEmpty = Object.keys(value).length === 0
  const wasList = isList(value) && old.kind === 'list'
  const wasMap = isMap(value) && old.kind === 'map'
  if (isFlow(map) || isEmpty || ((wasList || wasMap) && isFlow(old))) {
    return { head: flowText(value, manner), body: '' }
  }
  const column = columnOf(sheet.text, entry.keyAt.start)
  if (!wasList && !wasMap) return blockText(value, column, manner)
  const inner = columnOf(sheet.text, old.at.start)
  const body = isList(value)
    ? itemLines(value, inner, manner)
    : entryLines(value as never, inner, manner)
  return { head: '', body }
}

/** The column in which the lines of a literal begin. */
function literalColumn({ value, keyAt }: Entry, { text, style }: Sheet): number {
  const lines = text.slice(endOfLine(text, value.at.start), value.at.end).split('\n')
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/))
  if (indents.length === 0) return columnOf(text, keyAt.start) + style.indent
  return Math.min(...indents)
}

function none(offset: number) {
  return { start: offset, end: offset }
}
