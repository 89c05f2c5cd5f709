import type { ListNode, MapNode, Node } from '../document/node.ts'
import type { Location } from '../source/source.ts'
import { clearUnions } from './clear-unions.ts'
import { identify, nameInPointer, replacesList, withoutKeys } from './merge-keyed-list.ts'
import type { MergeType } from './merge-types.ts'
import type { Template } from './template.ts'

/** A part of a template that a patch changes. */
export interface Touch {
  /** Its keys from the top; an item of a list that merges by key is named by that. */
  readonly path: readonly string[]
  /** Where the patch does so. */
  readonly at: Location
  /** What stands there now, or the list that a new item joins. */
  readonly base: Template | undefined
}

/** How far a patch may go. */
export interface Bounds {
  readonly isAllowed: (path: readonly string[]) => boolean
  /** Whether something further down a path is allowed. */
  readonly leadsOn: (path: readonly string[]) => boolean
}

/**
 * What a patch touches beyond its bounds, the highest node of each part: what it sets, takes away,
 * replaces as a whole or adds to a list, and the members of a union that give way to another one.
 * A map that is only made to hold what is allowed is not touched. Nodes at `mistakes` are passed over.
 */
export function touchedBeyond(
  bounds: Bounds,
  base: Template,
  patch: MapNode,
  type: MergeType,
  mistakes: ReadonlySet<Location>,
): Touch[] {
  return visit(base, patch, type, [], patch.at)

  function visit(
    base: Template | undefined,
    node: Node,
    type: MergeType,
    path: readonly string[],
    at: Location,
  ): Touch[] {
    if (mistakes.has(node.at) || bounds.isAllowed(path)) return []
    if (isWhole(base, node, type) || (!base && !bounds.leadsOn(path))) return [{ path, at, base }]
    return node.kind === 'map'
      ? visitMap(base, node, type, path)
      : visitList(base, node as ListNode, type, path)
  }

  function visitMap(
    base: Template | undefined,
    node: MapNode,
    type: MergeType,
    path: readonly string[],
  ): Touch[] {
    const before = base?.kind === 'map' ? base.entries : new Map()
    const own = [...node.entries.values()].flatMap(({ key, keyAt, value }) => {
      const inner = type.fields?.[key] ?? {}
      return visit(before.get(key)?.value, value, inner, [...path, key], keyAt)
    })
    const cleared = clearUnions(type, node, before).map(({ key, by }) => {
      return { path: [...path, key], at: by, base: before.get(key)?.value }
    })
    return [...own, ...cleared.filter((touch) => !bounds.isAllowed(touch.path))]
  }

  function visitList(
    base: Template | undefined,
    node: ListNode,
    { items }: MergeType,
    path: readonly string[],
  ): Touch[] {
    if (!items) return []
    const keys = items.keys.map((key) => key.field)
    const lower = base?.kind === 'list' ? base.items : []
    const there = new Map(lower.map((item) => [identify(item, items), item]))
    return node.items.flatMap((item) => {
      const own = [...path, nameInPointer(item, items)]
      const known = there.get(identify(item, items))
      if (known) return visit(known, withoutKeys(item, keys), items.item, own, item.at)
      if (mistakes.has(item.at) || bounds.isAllowed(own)) return []
      return [{ path: own, at: item.at, base }]
    })
  }
}

/** Whether a patch sets, takes away or replaces a node, rather than change something in it. */
function isWhole(base: Template | undefined, node: Node, { items }: MergeType): boolean {
  if (node.kind === 'scalar' || (base && base.kind !== node.kind)) return true
  if (node.kind === 'map') return node.entries.has('$patch') || (!base && node.entries.size === 0)
  return !items || replacesList(node) || (!base && node.items.length === 0)
}
