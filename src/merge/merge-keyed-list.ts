import type { Finding } from '../diagnostics/diagnostic.ts'
import { suggest } from '../diagnostics/suggest.ts'
import type { ListNode, MapNode, Node } from '../document/node.ts'
import type { MergeContext, mergeTemplate } from './merge-template.ts'
import type { KeyedItems } from './merge-types.ts'
import { displaced, type Removal, type Template, type TemplateList } from './template.ts'

interface KeyedMerge {
  readonly lower: TemplateList | undefined
  readonly patch: ListNode
  readonly items: KeyedItems
  readonly overridden: readonly Node[]
  readonly mergeTemplate: typeof mergeTemplate
  readonly context: MergeContext
}

/**
 * Merges two lists whose items have an identity: the lower items stay in their order, changed in
 * place, new ones follow in theirs. Reported: an item without its key, two items of one key, and a
 * patch for an item that is not there and cannot stand alone ("matches nothing").
 */
export function mergeKeyedList(merge: KeyedMerge): TemplateList {
  const { lower, patch, items, overridden, context } = merge
  const keys = items.keys.map((key) => key.field)
  const replacing = replacesList(patch)
  const slots = new Map<string, Template>()
  const removed: Removal[] = replacing ? [] : [...(lower?.removed ?? [])]
  if (!replacing) for (const item of lower?.items ?? []) slots.set(identify(item, items), item)

  const seen = new Map<string, Node>()
  for (const item of patch.items) {
    if (isReplacement(item)) continue
    const problem = keyProblem(item, items, seen)
    if (problem) {
      context.report({ id: 'merge-key', at: item.at, ...problem })
      continue
    }
    const key = identify(item, items)
    seen.set(key, item)
    const before = slots.get(key)
    if (!before && context.patching) reportUnmatched(item, merge)
    const patching = before && directive(item) !== 'replace'
    const own = patching ? withoutKeys(item, keys) : item
    const after = merge.mergeTemplate(before, own, items.item, context)
    if (after) slots.set(key, after)
    else if (before) {
      removed.push({ by: item.at, was: before })
      slots.delete(key)
    }
  }
  const below = replacing && lower ? displaced(lower) : overridden
  const at = replacing || !lower ? patch.at : lower.at
  return {
    kind: 'list',
    items: [...slots.values()],
    keys: items.keys,
    removed,
    at,
    overridden: below,
  }
}

/** An item as a patch of one that is there: its key only says which one. */
export function withoutKeys(item: Node, keys: readonly string[]): Node {
  if (item.kind !== 'map') return item
  return { ...item, entries: new Map([...item.entries].filter(([key]) => !keys.includes(key))) }
}

/** The identity of an item: the text of its key fields, and what it is repeated over, if it is. */
export function identify(item: Node | Template, items: KeyedItems): string {
  const each = field(item, '$each')
  const own = items.keys.map((key) => field(item, key.field) ?? key.otherwise ?? '')
  return JSON.stringify(each === undefined ? own : [...own, each])
}

/** What an item is called in a pointer: `app`, `8080`, `53,UDP`; a TCP need not be said. */
export function nameInPointer(item: Node | Template, { keys }: KeyedItems): string {
  const [first, ...others] = keys.map((key) => ({ key, text: field(item, key.field) ?? '' }))
  const telling = others.filter(({ key, text }) => text !== '' && text !== key.otherwise)
  return [first, ...telling].map((each) => each?.text).join(',')
}

function keyProblem(
  item: Node,
  items: KeyedItems,
  seen: ReadonlyMap<string, Node>,
): Pick<Finding, 'message' | 'help' | 'notes'> | undefined {
  if (item.kind !== 'map') return { message: 'an item of this list must be a map' }
  const missing = items.keys.find((key) => !key.otherwise && field(item, key.field) === undefined)
  if (missing) {
    return {
      message: `an item of this list needs its ${missing.field}`,
      help: `the items are told apart by ${fieldsOf(items)}`,
    }
  }
  const twin = seen.get(identify(item, items))
  if (!twin) return undefined
  return {
    message: `two items of this list have the ${fieldsOf(items)} "${nameOf(item, items)}"`,
    notes: [{ message: 'the first one', at: twin.at }],
  }
}

function reportUnmatched(item: Node, { lower, items, context }: KeyedMerge): void {
  if (item.kind !== 'map') return
  const missing = incomplete(item, items).join(', ')
  const deletes = directive(item) === 'delete'
  if (missing === '' && !deletes) return
  const name = nameOf(item, items)
  const meant = suggest(
    name,
    (lower?.items ?? []).map((each) => nameOf(each, items)),
  )
  const hint = meant === undefined ? '' : `; did you mean "${meant}"?`
  const message = `the patch for "${name}" matches nothing${hint}`
  const why = deletes ? 'there is nothing to delete' : `it is not complete: it lacks ${missing}`
  const help = `no lower layer has this item, and ${why}`
  context.report({ id: 'matches-nothing', message, at: item.at, help })
}

function nameOf(item: Node | Template, items: KeyedItems): string {
  return items.keys.map((key) => field(item, key.field) ?? key.otherwise).join('/')
}

function fieldsOf(items: KeyedItems): string {
  return items.keys.map((key) => key.field).join(' and ')
}

function incomplete(item: MapNode, items: KeyedItems): string[] {
  return items.complete.flatMap((need) => {
    const names = typeof need === 'string' ? [need] : need
    if (names.some((name) => item.entries.has(name))) return []
    return names.length > 3 ? 'a source' : names.join(' or ')
  })
}

function field(item: Node | Template, name: string): string | undefined {
  const value = item.kind === 'map' ? item.entries.get(name)?.value : undefined
  return value?.kind === 'scalar' && value.value !== null ? String(value.value) : undefined
}

function directive(item: Node): unknown {
  const value = item.kind === 'map' ? item.entries.get('$patch')?.value : undefined
  return value?.kind === 'scalar' ? value.value : undefined
}

/** An item that is nothing but `$patch: replace`: it speaks of the whole list. */
function isReplacement(item: Node): boolean {
  return item.kind === 'map' && item.entries.size === 1 && directive(item) === 'replace'
}

/** Whether a list takes the place of the lower one instead of merging with it. */
export function replacesList(patch: ListNode): boolean {
  return patch.items.some(isReplacement)
}
