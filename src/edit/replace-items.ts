import { type Entry, isList, type ListNode, toValue, type Value } from '../document/node.ts'
import { isSame } from '../document/same.ts'
import { columnOf, endOfBlock, endOfNode, isFlow, isUnwritten, keepsBreaks } from './layout.ts'
import { insertPart, linesOf, type Part, removePart } from './parts.ts'
import { customaryQuote, quoteOf, scalarText } from './scalar-text.ts'
import type { Sheet } from './sheet.ts'
import type { Splice } from './splice.ts'
import { flowText, itemLines, type Manner } from './value-text.ts'

/**
 * Writes a list in place of a list by touching only the items that differ. Undefined where that is not
 * possible item by item: then the list is written anew.
 */
export function replaceItems(
  { value: list }: Entry,
  value: Value,
  sheet: Sheet,
): Splice[] | undefined {
  if (list.kind !== 'list' || !isList(value) || list.items.length === 0) return undefined
  if (value.length === 0 || !hasPlainPlaces(list, sheet.text)) return undefined
  const [from, kept] = alike(list.items.map(toValue), value)
  const old = list.items.slice(from, list.items.length - kept)
  const fresh = value.slice(from, value.length - kept)
  const common = Math.min(old.length, fresh.length)
  const manner = { style: sheet.style, quote: customaryQuote(list.items) }
  const changed = old.slice(0, common).map((node, index): Splice | undefined => {
    const each = fresh[index] ?? null
    if (node.kind !== 'scalar' || isBlock(node.text)) return undefined
    if (typeof each === 'object' && each !== null) return undefined
    if (typeof each === 'string' && each.includes('\n')) return undefined
    const text = scalarText(each, { flow: isFlow(list), quote: quoteOf(node) })
    return { start: node.at.start, end: node.at.end, text }
  })
  if (changed.includes(undefined)) return undefined
  const rest = fresh.slice(common)
  const surplus = old.length - common
  if (rest.length === 0 && surplus === 0) return changed as Splice[]
  // One kind of edit in one step: more would lie across one another.
  if (common > 0 || surplus > 1) return undefined
  return surplus === 1
    ? removeItem(list, from, sheet.text)
    : insertItems(list, from, rest, manner, sheet)
}

/** How many items at the beginning, and how many at the end, are the same. */
function alike(old: readonly Value[], fresh: readonly Value[]): [number, number] {
  const most = Math.min(old.length, fresh.length)
  let first = 0
  while (first < most && isSame(old[first], fresh[first])) first += 1
  let last = 0
  while (last < most - first && isSame(old.at(-1 - last), fresh.at(-1 - last))) last += 1
  return [first, last]
}

/** Whether each item stands where its place says, behind its comma or dash: no alias, no anchor. */
function hasPlainPlaces(list: ListNode, text: string): boolean {
  return list.items.every((item, index) => {
    const least = index === 0 ? list.at.start : (list.items[index - 1]?.at.end ?? 0)
    if (item.at.start < least || isUnwritten(item)) return false
    const before = text.slice(least, item.at.start)
    if (isFlow(list)) return !/&/.test(before.replace(/#.*/g, ''))
    return /(?:^|\n) *- +$/.test(
      text.slice(text.lastIndexOf('\n', item.at.start) + 1, item.at.start),
    )
  })
}

function insertItems(
  list: ListNode,
  index: number,
  items: readonly Value[],
  manner: Manner,
  { text, style }: Sheet,
): Splice[] {
  if (isFlow(list)) {
    const written = items.map((item) => flowText(item, manner)).join(', ')
    return insertPart(text, list.at.start, partsOf(list), index, written)
  }
  const column = columnOf(text, list.at.start)
  const lines = itemLines(items, column, manner)
  const before = list.items[index - 1]
  if (before) {
    const at = endOfBlock(text, endOfNode(before), column, keepsBreaks(before))
    return [{ start: at, end: at, text: lines }]
  }
  const start = list.at.start - column
  return [{ start, end: start, text: lines.slice(style.lineBreak.length) + style.lineBreak }]
}

function removeItem(list: ListNode, index: number, text: string): Splice[] | undefined {
  if (isFlow(list)) return removePart(text, list.at.start, partsOf(list), index)
  const item = list.items[index]
  if (!item) return undefined
  const column = columnOf(text, list.at.start)
  const start = text.lastIndexOf('\n', item.at.start) + 1
  const end = endOfBlock(text, endOfNode(item), column, keepsBreaks(item))
  const lines = linesOf(text, start, end)
  return lines && [{ ...lines, text: '' }]
}

function partsOf(list: ListNode): Part[] {
  return list.items.map((item) => ({ start: item.at.start, end: endOfNode(item) }))
}

function isBlock(text: string): boolean {
  return /^[|>]/.test(text)
}
