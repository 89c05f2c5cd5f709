import type { MapNode } from '../document/node.ts'
import type { Location } from '../source/source.ts'
import type { MergeType } from './merge-types.ts'

/**
 * The fields that a patch displaces without naming them: of a union (a volume's source, a probe's
 * handler) only one member may stand, and `type: Recreate` has no room for `rollingUpdate`. A
 * plain merge would keep both, and the API server refuse the object. A member that was there
 * already is refined, not chosen anew: what stands beside it does so under conditions.
 */
export function clearUnions(
  type: MergeType,
  patch: MapNode,
  before: ReadonlyMap<string, unknown>,
): { key: string; by: Location }[] {
  const cleared: { key: string; by: Location }[] = []
  for (const union of type.unions ?? []) {
    const chosen = union.find((member) => isSet(patch, member) && !before.has(member))
    const by = chosen !== undefined && patch.entries.get(chosen)?.keyAt
    if (!by) continue
    for (const key of union) {
      if (key !== chosen && before.has(key) && !patch.entries.has(key)) cleared.push({ key, by })
    }
  }
  const kind = patch.entries.get('type')
  const rolls = kind?.value.kind === 'scalar' && kind.value.value === 'RollingUpdate'
  if (type.rolling && kind && !rolls && !isSlot(kind.value) && before.has('rollingUpdate')) {
    if (!patch.entries.has('rollingUpdate')) cleared.push({ key: 'rollingUpdate', by: kind.keyAt })
  }
  return cleared
}

function isSet(patch: MapNode, key: string): boolean {
  const value = patch.entries.get(key)?.value
  return value !== undefined && !(value.kind === 'scalar' && value.value === null)
}

function isSlot(node: { readonly kind: string; readonly value?: unknown }): boolean {
  return typeof node.value === 'string' && node.value.includes('${')
}
