import type { Report } from '../diagnostics/diagnostic.ts'
import type { Entry, ListNode, MapNode, Node } from '../document/node.ts'
import type { Location } from '../source/source.ts'
import { clearUnions } from './clear-unions.ts'
import { mergeKeyedList, replacesList } from './merge-keyed-list.ts'
import type { MergeType } from './merge-types.ts'
import {
  displaced,
  type Removal,
  type Template,
  type TemplateEntry,
  type TemplateList,
  type TemplateMap,
} from './template.ts'

/** What a merge needs to know besides its two sides. */
export interface MergeContext {
  readonly report: Report
  /** Whether an item that nothing lower has must be complete: it is a patch, not a new manifest. */
  readonly patching: boolean
}

/**
 * Lays a layer's template over what the layers below made: RFC 7386 on maps, Kubernetes' merge
 * keys on lists, `$patch`, and unions cleared by the member that replaces them. Returns undefined
 * where the patch deletes.
 */
export function mergeTemplate(
  base: Template | undefined,
  patch: Node,
  type: MergeType,
  context: MergeContext,
): Template | undefined {
  if (base && type.items) checkShape(base, patch, context.report)
  if (patch.kind === 'map') return mergeMap(base, patch, type, context)
  if (patch.kind === 'list') return mergeList(base, patch, type, context)
  if (patch.value === null) return undefined
  return {
    kind: 'scalar',
    value: patch.value,
    at: patch.at,
    overridden: base ? displaced(base) : [],
  }
}

/** A list that merges by key loses all its items to anything but another list: rarely meant. */
function checkShape(base: Template, patch: Node, report: Report): void {
  const isDeletion = patch.kind === 'scalar' && patch.value === null
  if (isDeletion || (base.kind === 'list' && patch.kind === 'list')) return
  if (patch.kind === 'list' && replacesList(patch)) return
  const hidden = base.kind === 'scalar' ? 'an expression' : 'a map'
  const message =
    patch.kind === 'list'
      ? `this list cannot be merged into ${hidden} of a lower layer`
      : `${patch.kind === 'map' ? 'a map' : 'a single value'} cannot take the place of this list`
  const help =
    patch.kind === 'list'
      ? 'write the lower one as a list, or begin this one with - $patch: replace'
      : 'begin each item with a dash; to drop the list, write null'
  report({
    id: 'merge-key',
    message,
    at: patch.at,
    notes: [{ message: 'the lower one', at: base.at }],
    help,
  })
}

function mergeMap(
  base: Template | undefined,
  patch: MapNode,
  type: MergeType,
  context: MergeContext,
): Template | undefined {
  const directive = directiveOf(patch, context.report)
  if (directive === 'delete') return undefined
  const merging = base?.kind === 'map' && directive !== 'replace'
  const entries = new Map<string, TemplateEntry>(merging ? base.entries : [])
  const removed = new Map<string, Removal>(merging ? base.removed : [])

  for (const [key, entry] of patch.entries) {
    if (key === '$patch') continue
    const before = entries.get(key)
    const value = mergeTemplate(before?.value, entry.value, type.fields?.[key] ?? {}, context)
    if (value) entries.set(key, { keyAt: entry.keyAt, value })
    else remove(key, entry.keyAt)
  }
  for (const { key, by } of clearUnions(type, patch, merging ? base.entries : new Map()))
    remove(key, by)

  function remove(key: string, by: Location): void {
    const was = entries.get(key)?.value
    if (was) removed.set(key, { by, was })
    entries.delete(key)
  }

  const below = base === undefined ? [] : merging ? base.overridden : displaced(base)
  // A map that several layers write is at the place of the first one; its fields know better.
  const at = merging ? base.at : patch.at
  return { kind: 'map', entries, removed, at, overridden: below } satisfies TemplateMap
}

function mergeList(
  base: Template | undefined,
  patch: ListNode,
  type: MergeType,
  context: MergeContext,
): TemplateList {
  const lower = base?.kind === 'list' ? base : undefined
  const overridden = base ? (lower ? base.overridden : displaced(base)) : []
  if (type.items) {
    return mergeKeyedList({ lower, patch, items: type.items, overridden, mergeTemplate, context })
  }
  if (type.set && lower) {
    const known = new Set(lower.items.map((item) => item.kind === 'scalar' && item.value))
    const fresh = patch.items.filter((item) => item.kind !== 'scalar' || !known.has(item.value))
    return { ...lower, items: [...lower.items, ...items(fresh, context)] }
  }
  return {
    kind: 'list',
    items: items(patch.items, context),
    keys: [],
    removed: [],
    at: patch.at,
    overridden: base ? displaced(base) : [],
  }
}

function items(nodes: readonly Node[], context: MergeContext): Template[] {
  return nodes.flatMap((node) => mergeTemplate(undefined, node, {}, context) ?? [])
}

/** The `$patch` of a map; anything but `replace` and `delete` is reported and ignored. */
function directiveOf(map: MapNode, report: Report): 'replace' | 'delete' | undefined {
  const entry: Entry | undefined = map.entries.get('$patch')
  if (!entry) return undefined
  const word = entry.value.kind === 'scalar' ? entry.value.value : undefined
  if (word === 'replace' || word === 'delete') return word
  report({
    id: 'template-directive',
    message: '$patch is neither "replace" nor "delete"',
    at: entry.value.at,
    help: 'write $patch: replace to put this map in place of the lower one, $patch: delete to drop it',
  })
  return undefined
}
