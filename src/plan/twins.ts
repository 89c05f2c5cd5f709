import type { Report } from '../diagnostics/diagnostic.ts'
import type { Value, ValueMap } from '../document/node.ts'
import type { KeyedItems } from '../merge/merge-types.ts'
import { locateMerged } from '../model/locate.ts'
import type { Target } from '../model/target.ts'
import type { PlanNode } from './plan-node.ts'

/** An item of a rendered list, and what it was made from. */
export interface MadeItem {
  readonly value: Value
  readonly from: PlanNode
}

/**
 * Reports rendered items that have one identity, such as an env variable that both the template
 * and a project set; where data decided it, at the datum.
 */
export function reportTwins(
  keys: KeyedItems['keys'],
  items: readonly MadeItem[],
  target: Target,
  report: Report,
): void {
  const seen = new Map<string, MadeItem>()
  for (const item of items) {
    const map = item.value as ValueMap
    const identity = keys.map(({ field, otherwise }) => String(map[field] ?? otherwise)).join('/')
    const first = seen.get(identity)
    seen.set(identity, first ?? item)
    if (!first) continue
    const field = keys[0]?.field ?? ''
    const name = String(map[field])
    const own = placeOf(item.from, field, name, target)
    const at = own ?? placeOf(first.from, field, name, target) ?? item.from.template.at
    const other = own || at === item.from.template.at ? first.from : item.from
    report({
      id: 'duplicate-item',
      message: `${field} "${name}" is already taken in this list`,
      at,
      notes: [{ message: 'it is taken here', at: other.template.at }],
      help: `choose another ${field}`,
    })
  }
}

/** The user datum that gave an item its name: an entry of what `$each` repeats, or one it reads. */
function placeOf(node: PlanNode, field: string, name: string, { userLayers }: Target) {
  if (node.kind !== 'map') return undefined
  const key = node.entries.find((entry) => entry.key === field)?.node
  const expressions = node.each ? [node.each] : key?.kind === 'text' ? key.text.parts : []
  const places = expressions
    .flatMap((part) => (typeof part === 'string' ? [] : part.compiled.reads))
    .filter(([scope]) => scope === 'user')
    .flatMap(([, ...path]) => {
      return locateMerged(userLayers, [...path, name]) ?? locateMerged(userLayers, path) ?? []
    })
  const [place] = places
  return node.each ? (place?.keyAt ?? place?.at) : place?.at
}
