import type { Node } from '../document/node.ts'
import { type DataLayer, historyOf } from '../merge/history.ts'
import type { Place } from '../schema/report-violations.ts'
import type { Location } from '../source/source.ts'

/** The node at a path below a node, with its key; undefined if nothing is written there. */
export function locateIn(root: Node, path: readonly string[]): Place | undefined {
  let place: Place = { node: root, at: root.at, keyAt: undefined }
  for (const key of path) {
    const { node } = place
    if (node.kind === 'scalar') return undefined
    if (node.kind === 'list') {
      const item = node.items[Number(key)]
      if (!item) return undefined
      place = { node: item, at: item.at, keyAt: undefined }
      continue
    }
    const entry = node.entries.get(key)
    if (!entry) return undefined
    place = { node: entry.value, at: entry.value.at, keyAt: entry.keyAt }
  }
  return place
}

/** The entries of the map in a field, each with the place of its key; none if there is no map. */
export function entriesOf(node: Node, field: string): [string, { keyAt: Location; value: Node }][] {
  const map = locateIn(node, [field])?.node
  return map?.kind === 'map' ? [...map.entries] : []
}

/** The items of the list in a field; none if there is no list. */
export function itemsOf(node: Node, field: string): readonly Node[] {
  const list = locateIn(node, [field])?.node
  return list?.kind === 'list' ? list.items : []
}

/** Who wrote the datum in force at a path of merged data. */
export function locateMerged(
  layers: readonly DataLayer[],
  path: readonly string[],
): Place | undefined {
  const step = historyOf(layers, path).at(-1)
  return step && step.deed === 'set' ? step : undefined
}

/** Where a null took a datum away, if that is the last word on it. */
export function locateDeletion(
  layers: readonly DataLayer[],
  path: readonly string[],
): Location | undefined {
  const step = historyOf(layers, path).at(-1)
  return step?.deed === 'deleted' ? step.at : undefined
}
