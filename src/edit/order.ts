import type { Finding } from '../diagnostics/diagnostic.ts'
import { loadDocument } from '../document/load.ts'
import { type Entry, type MapNode, type Node, toValue } from '../document/node.ts'
import { isSame } from '../document/same.ts'
import type { Source } from '../source/source.ts'
import type { Edited, KeyOrder } from './edit.ts'
import { isFlow } from './layout.ts'
import { Refused } from './refusal.ts'
import { countUses } from './sharing.ts'
import { blockSlots, flowSlots, type Slot } from './slots.ts'
import { type Splice, spliced } from './splice.ts'
import { encoded } from './text-bytes.ts'

/** What stands for an item of a list in the path of a map. */
export const item = '[]'

/**
 * Puts the keys of each map of a file in the order that there is for it, and touches nothing else. A
 * key takes the comments above it and behind it along; blank lines stay where they are, and so does a
 * key that the order does not name. The bytes stay the same where all is in order. Refused is what
 * would say something else then, as where an alias would stand above its anchor.
 */
export function orderKeys(path: string, bytes: Uint8Array, order: KeyOrder): Edited {
  const findings: Finding[] = []
  const document = loadDocument(path, bytes, (finding) => findings.push(finding))
  if (findings.length > 0) return { findings }
  const { source, root } = document
  if (!root) return { bytes }
  try {
    const text = spliced(source.text, splicesIn(root, source.text, order))
    if (text === source.text) return { bytes }
    const after = encoded(text, bytes)
    if (isStillSame(after, source, root)) return { bytes: after }
    return { refusal: tornBy(root) }
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return { refusal: error.refusal }
  }
}

function isStillSame(bytes: Uint8Array, { path }: Source, before: Node): boolean {
  const findings: Finding[] = []
  const { root } = loadDocument(path, bytes, (finding) => findings.push(finding))
  return findings.length === 0 && root !== undefined && isSame(toValue(root), toValue(before))
}

function tornBy(root: Node): Refused['refusal'] {
  const hasAliases = [...countUses(root).values()].some((uses) => uses > 1)
  const message = hasAliases
    ? 'in order, an alias would stand above its anchor'
    : 'the way this is written leaves no safe way to put its keys in order'
  return { message, at: root.at, help: 'edit the file by hand' }
}

function splicesIn(root: Node, text: string, order: KeyOrder): Splice[] {
  // What an alias stands for is put in order where it is written.
  const seen = new Set<Node>()
  return visit(root, [])

  function visit(node: Node, path: readonly string[]): Splice[] {
    if (node.kind === 'scalar' || seen.has(node)) return []
    seen.add(node)
    if (node.kind === 'list') return node.items.flatMap((each) => visit(each, [...path, item]))
    const below = new Map(
      [...node.entries.values()].map((entry) => [entry, visit(entry.value, [...path, entry.key])]),
    )
    return arranged(node, below, order(path)) ?? [...below.values()].flat()
  }

  /** The entries of a map in each other's places; undefined if they stand where they should. */
  function arranged(
    map: MapNode,
    below: ReadonlyMap<Entry, readonly Splice[]>,
    keys: readonly string[],
  ): Splice[] | undefined {
    const entries = [...below.keys()]
    const wanted = inOrder(entries, keys)
    if (entries.every((entry, index) => entry === wanted[index])) return undefined
    const first = entries.indexOf(wanted[0] as Entry)
    const slots = isFlow(map) ? flowSlots(map, text) : blockSlots(map, map === root, first, text)
    if (!slots) return undefined
    const texts = new Map(
      entries.map((entry, index) => {
        return [entry, partOf(text, slots[index] as Slot, below.get(entry) ?? [])]
      }),
    )
    return slots.map((slot, index) => ({ ...slot, text: texts.get(wanted[index] as Entry) ?? '' }))
  }
}

function partOf(text: string, { start, end }: Slot, splices: readonly Splice[]): string {
  const shifted = splices.map((splice) => {
    return { ...splice, start: splice.start - start, end: splice.end - start }
  })
  return spliced(text.slice(start, end), shifted)
}

/** Those that are named change places among themselves; the others stay where they are. */
function inOrder(entries: readonly Entry[], keys: readonly string[]): Entry[] {
  const ranks = new Map(keys.map((key, index) => [key, index]))
  const rankOf = ({ key }: Entry) => ranks.get(key) ?? 0
  const isNamed = ({ key }: Entry) => ranks.has(key)
  const named = entries.filter(isNamed).sort((a, b) => rankOf(a) - rankOf(b))
  return entries.map((entry) => (isNamed(entry) ? (named.shift() ?? entry) : entry))
}
