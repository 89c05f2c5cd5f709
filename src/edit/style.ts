import { isList, isMap, type Node, type Value } from '../document/node.ts'
import { columnOf, isFlow } from './layout.ts'

/** How a file is written, as far as it shows; else how we write. */
export interface Style {
  /** By how many columns an inner map stands further to the right. */
  readonly indent: number
  /** By how many columns a dash stands further to the right than its list's key. */
  readonly listIndent: number
  /** Whether collections that hold nothing but scalars, or others, stand in brackets. */
  readonly flowLeaves: boolean | undefined
  readonly flowTrunks: boolean | undefined
  /** What stands between a brace and its first entry. */
  readonly padding: string
  readonly lineBreak: string
  /** Whether a text of several lines may stand as a literal; else it stands in quotes. */
  readonly literals: boolean
}

/** The style of a file, of which `root` may be undefined. */
export function styleOf(text: string, root: Node | undefined): Style {
  const seen: Seen = { indents: [], listIndents: [], leaves: 0, trunks: 0, padding: undefined }
  if (root) look(root, undefined, text, seen)
  return {
    indent: seen.indents.find((indent) => indent > 0) ?? 2,
    listIndent: seen.listIndents[0] ?? 2,
    flowLeaves: seen.leaves === 0 ? undefined : seen.leaves > 0,
    flowTrunks: seen.trunks === 0 ? undefined : seen.trunks > 0,
    padding: seen.padding ?? '',
    lineBreak: /\r?\n/.exec(text)?.[0] ?? '\n',
    literals: true,
  }
}

/** Whether a value is to stand in brackets where it could stand in lines as well. */
export function standsInBrackets(value: Value, style: Style): boolean {
  if (!isList(value) && !isMap(value)) return false
  if (isEmpty(value)) return true
  return (isLeaf(value) ? (style.flowLeaves ?? isList(value)) : style.flowTrunks) ?? false
}

export function isEmpty(value: Value): boolean {
  return isList(value) ? value.length === 0 : isMap(value) && Object.keys(value).length === 0
}

/** What was seen; `leaves` and `trunks` count up for brackets, down for lines. */
interface Seen {
  readonly indents: number[]
  readonly listIndents: number[]
  leaves: number
  trunks: number
  padding: string | undefined
}

function look(node: Node, keyColumn: number | undefined, text: string, seen: Seen): void {
  if (node.kind === 'scalar') return
  const below = node.kind === 'list' ? node.items : [...node.entries.values()].map((e) => e.value)
  if (below.length > 0 && keyColumn !== undefined) note(node, keyColumn, below, text, seen)
  if (node.kind === 'list') for (const item of node.items) look(item, undefined, text, seen)
  else {
    for (const { keyAt, value } of node.entries.values()) {
      if (value.at.start > keyAt.start) look(value, columnOf(text, keyAt.start), text, seen)
    }
  }
}

function note(
  node: Node,
  keyColumn: number,
  below: readonly Node[],
  text: string,
  seen: Seen,
): void {
  const vote = isFlow(node) ? 1 : -1
  if (below.every(({ kind }) => kind === 'scalar')) seen.leaves += vote
  else seen.trunks += vote
  if (isFlow(node)) {
    if (node.kind === 'map') seen.padding ??= text[node.at.start + 1] === ' ' ? ' ' : ''
    return
  }
  const indents = node.kind === 'map' ? seen.indents : seen.listIndents
  indents.push(columnOf(text, node.at.start) - keyColumn)
}

function isLeaf(value: Value): boolean {
  const below = isList(value) ? value : isMap(value) ? Object.values(value) : []
  return below.every((each) => isEmpty(each) || typeof each !== 'object' || each === null)
}
