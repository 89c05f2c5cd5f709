import { endOfLine, startOfLine } from '../document/lines.ts'
import type { Entry, Node } from '../document/node.ts'
import { Refused } from './refusal.ts'

/** Whether a map or list is written with brackets. */
export function isFlow({ kind, at }: Node): boolean {
  return kind !== 'scalar' && /[[{]/.test(at.source.text[at.start] ?? '')
}

/** Whether an entry's value is an alias: it stands for a value above the entry. */
export function isAlias({ keyAt, value }: Entry): boolean {
  return value.at.start < keyAt.start
}

/** Where nothing is written, although there is a value: null. */
export function isUnwritten(node: Node): boolean {
  return node.kind === 'scalar' && node.plain && node.text === ''
}

/** The offset after the colon of an entry, or after the anchor behind it. */
export function endOfIntroduction({ keyAt }: Entry): number {
  const { source, end, start } = keyAt
  const line = source.text.slice(startOfLine(source.text, start), start)
  const [colon] = /^[ \t]*:/.exec(source.text.slice(end, end + 100)) ?? []
  if (colon === undefined || /(?:^|[\s[{,])\?[ \t]+$/.test(line)) {
    throw new Refused({
      message: 'this key is not written as "key:"',
      at: keyAt,
      help: 'write it so, without "?"',
    })
  }
  const after = end + colon.length
  const [anchor] =
    /^[ \t]*&[^\s,[\]{}]+/.exec(source.text.slice(after, endOfLine(source.text, after))) ?? []
  return after + (anchor ?? '').length
}

/** The offset at which an entry ends, without the comment behind it. */
export function endOfEntry(entry: Entry): number {
  const after = endOfIntroduction(entry)
  if (!isAlias(entry)) return isUnwritten(entry.value) ? after : endOfNode(entry.value)
  const { text } = entry.keyAt.source
  const [alias] = /^\s*\*[^\s,[\]{}]+/.exec(text.slice(after, after + 1000)) ?? []
  if (alias !== undefined) return after + alias.length
  throw new Refused({
    message: 'the alias of this key stands where it is not looked for',
    at: entry.keyAt,
    help: 'write it behind the key',
  })
}

/** The offset at which a value ends that is no alias, without the comment behind it. */
export function endOfNode(node: Node): number {
  if (node.kind === 'scalar' || isFlow(node)) return node.at.end
  if (node.kind === 'map') {
    const last = [...node.entries.values()].at(-1)
    return last ? endOfEntry(last) : node.at.end
  }
  const last = node.items.at(-1)
  const isHere = last && last.at.start >= node.at.start
  return Math.max(node.at.end, isHere ? endOfNode(last) : 0)
}

/**
 * The end of the last line that belongs to a block: its own comment, comments below that are indented
 * more than the block, and the blank lines that a literal with `+` keeps.
 */
export function endOfBlock(text: string, end: number, column: number, keeps: boolean): number {
  let last = endOfLine(text, end)
  for (;;) {
    const next = nextLine(text, last)
    if (next === undefined) return last
    const line = text.slice(next, endOfLine(text, next))
    const indent = /^ *(?=#)/.exec(line)?.[0].length ?? -1
    if (indent <= column && !(keeps && line.trim() === '')) return last
    last = next + line.length
  }
}

/** Whether a value that is no alias ends in a literal that keeps all line breaks below it. */
export function keepsBreaks(node: Node): boolean {
  if (node.kind === 'scalar') return /^[|>]\d?\+/.test(node.text)
  if (isFlow(node)) return false
  if (node.kind === 'map') {
    const last = [...node.entries.values()].at(-1)
    return last !== undefined && endsKeeping(last)
  }
  const last = node.items.at(-1)
  return last !== undefined && last.at.start >= node.at.start && keepsBreaks(last)
}

/** The same for an entry. */
export function endsKeeping(entry: Entry): boolean {
  return !isAlias(entry) && keepsBreaks(entry.value)
}

/** The offset at which the line after one that ends here begins; undefined if there is none. */
export function nextLine(text: string, end: number): number | undefined {
  const next = end + (text.startsWith('\r\n', end) ? 2 : 1)
  return next < text.length ? next : undefined
}

/** How far from the beginning of its line something stands. */
export function columnOf(text: string, offset: number): number {
  return offset - startOfLine(text, offset)
}
