import type { FieldChange } from '../../src/diff/change.ts'
import { isList, isMap, type Value, type ValueMap } from '../../src/document/node.ts'
import { pointerParts } from '../../src/document/pointer.ts'

/** A change that is told, and the steps to it that are left. */
interface Pending {
  readonly change: FieldChange
  readonly before: readonly string[] | undefined
  readonly after: readonly string[] | undefined
}

/** An object after the changes that are told of it; what was not told stays as it was. */
export function applyChanges(object: ValueMap, changes: readonly FieldChange[]): ValueMap {
  const pending = changes.map((change) => ({
    change,
    before: change.beforeAt === undefined ? undefined : pointerParts(change.beforeAt),
    after: change.afterAt === undefined ? undefined : pointerParts(change.afterAt),
  }))
  return applied(object, pending) as ValueMap
}

function applied(value: Value | undefined, pending: readonly Pending[]): Value | undefined {
  const here = pending.find(({ before, after }) => (before ?? after)?.length === 0)
  if (here && here.change.deed !== 'reordered') return here.change.after
  if (isList(value)) return appliedToList(value, pending, here?.change)
  return pending.length === 0 ? value : appliedToMap(isMap(value) ? value : {}, pending)
}

function appliedToMap(map: ValueMap, pending: readonly Pending[]): ValueMap {
  const changed: Record<string, Value> = { ...map }
  for (const key of new Set(pending.map(({ before, after }) => (before ?? after)?.[0] ?? ''))) {
    const own = pending.filter(({ before, after }) => (before ?? after)?.[0] === key)
    const value = applied(changed[key], own.map(below))
    if (value === undefined) delete changed[key]
    else changed[key] = value
  }
  return changed
}

function appliedToList(
  list: readonly Value[],
  pending: readonly Pending[],
  order: FieldChange | undefined,
): readonly Value[] {
  if (order && isList(order.after) && !list.every(isMap)) return order.after
  const inner = pending.filter(({ change }) => change !== order)
  const added = new Map<number, Value>()
  const removed = new Set<number>()
  for (const { change, before, after } of inner) {
    if (!before && after?.length === 1) added.set(Number(after[0]), change.after ?? null)
    if (!after && before?.length === 1) removed.add(Number(before[0]))
  }
  const common = inOrder(
    [...list.keys()].filter((index) => !removed.has(index)),
    order,
  )
  const result: Value[] = []
  for (let at = 0; at < common.length + added.size; at++) {
    const fresh = added.get(at)
    if (fresh !== undefined) {
      result.push(fresh)
      continue
    }
    const index = common[at - [...added.keys()].filter((key) => key < at).length] ?? 0
    const own = inner.filter(({ before, after }) => {
      return before ? Number(before[0]) === index : Number(after?.[0]) === at
    })
    result.push(applied(list[index], own.map(below)) ?? null)
  }
  return result
}

/** The indexes of what stays, in the order that is told. */
function inOrder(indexes: readonly number[], order: FieldChange | undefined): readonly number[] {
  if (!order || !isList(order.before) || !isList(order.after)) return indexes
  const places = order.before
  return order.after.map((label) => indexes[places.indexOf(label)] ?? 0)
}

function below({ change, before, after }: Pending): Pending {
  return { change, before: before?.slice(1), after: after?.slice(1) }
}
