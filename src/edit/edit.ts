import type { Finding } from '../diagnostics/diagnostic.ts'
import { loadDocument } from '../document/load.ts'
import {
  type Entry,
  isMap,
  type MapNode,
  type Node,
  toValue,
  type Value,
} from '../document/node.ts'
import { isSame } from '../document/same.ts'
import type { Location, Source } from '../source/source.ts'
import { insertEntry, insertFirst } from './insert.ts'
import { type Refusal, Refused } from './refusal.ts'
import { removeEntry } from './remove.ts'
import { replaceValue } from './replace.ts'
import { replaceItems } from './replace-items.ts'
import { refuseLoss, refuseShared } from './sharing.ts'
import { type Sheet, sheetOf } from './sheet.ts'
import { type Splice, spliced } from './splice.ts'
import type { Style } from './style.ts'
import { encoded } from './text-bytes.ts'
import { withEdit } from './with-edit.ts'

/** One value of a file to be written, or with `undefined` to be taken away. */
export interface Edit {
  /** The keys that lead to it; at least one. */
  readonly path: readonly string[]
  readonly value: Value | undefined
}

/** The order of the keys of the map at a path, as far as there is one. */
export type KeyOrder = (path: readonly string[]) => readonly string[]

export type Edited =
  | { readonly bytes: Uint8Array }
  /** What is wrong with the file as it is. */
  | { readonly findings: readonly Finding[] }
  /** Why the file cannot be edited without changing something else. */
  | { readonly refusal: Refusal }

/**
 * Makes edits, one after another, in the YAML of a file and touches nothing else: comments, order,
 * quotes, blank lines, line ends, the way of indenting, brackets and anchors stay. After each the file
 * is read again and must say what it said, with that edit; so what cannot be edited is refused.
 */
export function editDocument(
  path: string,
  bytes: Uint8Array,
  edits: readonly Edit[],
  order: KeyOrder = () => [],
): Edited {
  let now = bytes
  for (const edit of edits) {
    const findings: Finding[] = []
    const document = loadDocument(path, now, (finding) => findings.push(finding))
    if (findings.length > 0) return { findings }
    try {
      const text = editOnce(document.source, document.root, edit, order)
      if (text === document.source.text) continue
      now = encoded(text, bytes)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      return { refusal: error.refusal }
    }
  }
  return { bytes: now }
}

function editOnce(source: Source, root: Node | undefined, edit: Edit, order: KeyOrder): string {
  let state: { source: Source; root: Node | undefined } = { source, root }
  for (const step of steps(edit, root)) {
    const sheet = sheetOf(state.source, state.root)
    const written = (style: Style) => {
      const text = spliced(sheet.text, splicesFor(step, { ...sheet, style }, order))
      return text === sheet.text ? state : read(text, state, step)
    }
    try {
      state = written(sheet.style)
    } catch (error) {
      // Comments below a literal may stand so far to the right that they would become a part of it.
      if (!(error instanceof Refused) || !holdsLines(step.value)) throw error
      state = written({ ...sheet.style, literals: false })
    }
  }
  return state.source.text
}

function holdsLines(value: Value | undefined): boolean {
  if (typeof value === 'string') return value.includes('\n')
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsLines)
}

/** A map that is replaced by a map is edited key by key. */
function steps(edit: Edit, root: Node | undefined): readonly Edit[] {
  const { path, value } = edit
  const old = nodeAt(root, path)
  if (!isMap(value) || old?.kind !== 'map' || old.entries.size === 0) return [edit]
  if (Object.keys(value).length === 0) return [edit]
  const gone = [...old.entries.keys()].filter((key) => !Object.hasOwn(value, key))
  const below = Object.entries(value).flatMap(([key, each]) => {
    return steps({ path: [...path, key], value: each }, root)
  })
  return [...below, ...gone.map((key) => ({ path: [...path, key], value: undefined }))]
}

function nodeAt(root: Node | undefined, path: readonly string[]): Node | undefined {
  let node = root
  for (const key of path) node = node?.kind === 'map' ? node.entries.get(key)?.value : undefined
  return node
}

/** Reads what was written, and holds it against what it should say. */
function read(
  text: string,
  before: { readonly source: Source; readonly root: Node | undefined },
  { path, value }: Edit,
): { source: Source; root: Node | undefined } {
  const findings: Finding[] = []
  const bytes = new TextEncoder().encode(text)
  const { source, root } = loadDocument(before.source.path, bytes, (each) => findings.push(each))
  const wanted = withEdit(before.root && toValue(before.root), path, value)
  const isRight = findings.length === 0 && isSame(root && toValue(root), wanted)
  if (isRight) return { source, root }
  const at = placeOf(before.root, path) ?? { source: before.source, start: 0, end: 0 }
  const message = `the way this is written leaves no safe edit of "${path.join('.')}"`
  throw new Refused({ message, at, help: 'edit the file by hand' })
}

function placeOf(root: Node | undefined, path: readonly string[]): Location | undefined {
  let at: Location | undefined
  let node = root
  for (const key of path) {
    const entry: Entry | undefined = node?.kind === 'map' ? node.entries.get(key) : undefined
    at = entry?.keyAt ?? at
    node = entry?.value
  }
  return at
}

function splicesFor({ path, value }: Edit, sheet: Sheet, order: KeyOrder): Splice[] {
  const { root } = sheet
  const [first = '', ...others] = path
  if (!root) return value === undefined ? [] : insertFirst(first, nested(others, value), sheet)
  if (root.kind !== 'map') throw noMap(root, 'the file')
  let map: MapNode = root
  let parent: Entry | undefined
  for (const [index, key] of path.entries()) {
    const rest = path.slice(index + 1)
    const entry: Entry | undefined = map.entries.get(key)
    if (!entry) {
      if (value === undefined) return []
      return insertEntry(map, key, nested(rest, value), order(path.slice(0, index)), sheet)
    }
    if (rest.length === 0) return editEntry(map, entry, parent, value, sheet)
    const inner: Node = entry.value
    if (value === undefined && inner.kind !== 'map') return []
    refuseShared(entry, sheet.uses)
    if (inner.kind !== 'map') {
      if (inner.kind === 'scalar' && inner.value === null) {
        return editEntry(map, entry, parent, nested(rest, value as Value), sheet)
      }
      throw noMap(inner, `"${key}"`)
    }
    map = inner
    parent = entry
  }
  throw new Error('an edit without a path')
}

function editEntry(
  map: MapNode,
  entry: Entry,
  parent: Entry | undefined,
  value: Value | undefined,
  sheet: Sheet,
): Splice[] {
  if (value === undefined) {
    refuseLoss(entry, sheet.uses)
    return removeEntry(map, entry, parent, sheet)
  }
  if (isSame(toValue(entry.value), value)) return []
  refuseShared(entry, sheet.uses)
  refuseLoss(entry, sheet.uses)
  return replaceItems(entry, value, sheet) ?? replaceValue(map, entry, value, sheet)
}

function nested(path: readonly string[], value: Value): Value {
  return path.reduceRight<Value>((inner, key) => ({ [key]: inner }), value)
}

function noMap({ at }: Node, what: string): Refused {
  const help = 'give it keys first, or name another field'
  return new Refused({ message: `${what} is no map, so it has no fields`, at, help })
}
