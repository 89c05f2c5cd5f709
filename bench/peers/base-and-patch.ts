import { isDeepStrictEqual } from 'node:util'
import { isList, isMap, type Value, type ValueMap } from '../../src/document/node.ts'
import type { KeyedItems, MergeType } from '../../src/merge/merge-types.ts'

/** What all of some values have in common, as the base of strategic merge patches. */
export function baseOf(values: readonly Value[], type: MergeType): Value | undefined {
  const [first = null] = values
  if (values.every((value) => isDeepStrictEqual(value, first))) return first
  if (isMap(first) && values.every(isMap)) {
    const maps = values as readonly ValueMap[]
    const shared = Object.keys(first).filter((key) => maps.every((map) => key in map))
    const entries = shared.flatMap((key) => {
      const below = maps.map((map) => map[key] ?? null)
      const base = baseOf(below, type.fields?.[key] ?? {})
      return base === undefined ? [] : [[key, base] as const]
    })
    return Object.fromEntries(entries)
  }
  const { items } = type
  if (!items || !values.every(isList)) return undefined
  const lists = (values as readonly (readonly Value[])[]).map((list) => byIdentity(list, items))
  const shared = [...(lists[0]?.keys() ?? [])].filter((id) => lists.every((list) => list.has(id)))
  if (shared.length === 0) return undefined
  return shared.map((id) => {
    const same = lists.map((list) => list.get(id) ?? null)
    return baseOf(same, items.item) ?? null
  })
}

/**
 * What has to be merged into `base` to get `value`; undefined if nothing has. A patch of a list
 * names all of its items, for they come out in its order.
 */
export function patchFor(
  value: Value,
  base: Value | undefined,
  type: MergeType,
): Value | undefined {
  if (isDeepStrictEqual(value, base)) return undefined
  if (isMap(value) && isMap(base)) {
    const entries = Object.entries(value).flatMap(([key, own]) => {
      const patch = patchFor(own, base[key], type.fields?.[key] ?? {})
      return patch === undefined ? [] : [[key, patch] as const]
    })
    return Object.fromEntries(entries)
  }
  const { items } = type
  if (!items || !isList(value) || !isList(base)) return value
  const known = byIdentity(base, items)
  return [...byIdentity(value, items)].map(([id, item]) => {
    const patch = patchFor(item, known.get(id), items.item)
    return known.has(id) ? { ...keysOf(item, items), ...(patch as ValueMap) } : item
  })
}

function byIdentity(list: readonly Value[], items: KeyedItems): Map<string, Value> {
  return new Map(list.map((item) => [JSON.stringify(keysOf(item, items)), item]))
}

function keysOf(item: Value, { keys }: KeyedItems): ValueMap {
  const map = item as ValueMap
  return Object.fromEntries(
    keys.flatMap(({ field }) => (field in map ? [[field, map[field] ?? null]] : [])),
  )
}
