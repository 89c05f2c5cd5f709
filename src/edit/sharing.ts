import type { Entry, Node } from '../document/node.ts'
import { isAlias } from './layout.ts'
import { Refused } from './refusal.ts'

/** How often each value of a document stands in it: once, and once more for every alias of it. */
export type Uses = ReadonlyMap<Node, number>

export function countUses(root: Node): Uses {
  const uses = new Map<Node, number>()
  visit(root)
  return uses

  function visit(node: Node): void {
    const known = uses.get(node) ?? 0
    uses.set(node, known + 1)
    if (known > 0 || node.kind === 'scalar') return
    const below =
      node.kind === 'list' ? node.items : [...node.entries.values()].map(({ value }) => value)
    for (const each of below) visit(each)
  }
}

/** Refuses to go on into the value of an entry if that stands for something else as well. */
export function refuseShared(entry: Entry, uses: Uses): void {
  if (isAlias(entry)) {
    const message = `the value of "${entry.key}" is an alias: it is written elsewhere`
    throw new Refused({ message, at: entry.keyAt, help: 'write the value out' })
  }
  if ((uses.get(entry.value) ?? 0) > 1) throw shared(entry)
}

/** Refuses to do away with a value if an alias elsewhere stands for something in it. */
export function refuseLoss(entry: Entry, uses: Uses): void {
  if (isAlias(entry)) return
  for (const [node, inside] of countUses(entry.value)) {
    const { start } = node.at
    if (start >= entry.keyAt.start && inside < (uses.get(node) ?? 0)) throw shared(entry)
  }
}

function shared(entry: Entry): Refused {
  return new Refused({
    message: `the value of "${entry.key}" has an anchor, and stands elsewhere as an alias as well`,
    at: entry.keyAt,
    help: 'write the value out where the alias stands',
  })
}
