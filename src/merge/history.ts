import type { Node } from '../document/node.ts'
import type { Location } from '../source/source.ts'

/** One of the files (or parts of files) that data is merged from, with what to call it. */
export interface DataLayer {
  readonly name: string
  readonly node: Node
}

/** What one layer did to a datum. */
export interface Step {
  readonly layer: string
  readonly at: Location
  /** The place of the key, where there is one: better to point at than a whole map. */
  readonly keyAt: Location | undefined
  readonly deed: 'set' | 'deleted'
  /** The node that holds the datum; an ancestor's when that replaced or deleted the whole. */
  readonly node: Node
}

/**
 * What each layer did to the datum at a path, lowest layer first: the last step is the one in
 * force. Worked out from the layers alone, and only when somebody asks, so that merging itself can
 * stay a matter of plain values.
 */
export function historyOf(layers: readonly DataLayer[], path: readonly string[]): Step[] {
  return layers.flatMap((layer) => stepOf(layer, path) ?? [])
}

function stepOf(layer: DataLayer, path: readonly string[]): Step | undefined {
  let node = layer.node
  let keyAt: Location | undefined
  for (const [depth, key] of path.entries()) {
    if (node.kind === 'list') {
      const item = /^(?:0|[1-9]\d*)$/.test(key) ? node.items[Number(key)] : undefined
      if (!item) return deed(layer, node, keyAt, true)
      node = item
      continue
    }
    // Like a list without that item, a scalar or null replaces or deletes everything under it.
    if (node.kind === 'scalar') return depth === 0 ? undefined : deed(layer, node, keyAt, true)
    const entry = node.entries.get(key)
    if (!entry) return undefined
    node = entry.value
    keyAt = entry.keyAt
  }
  return deed(layer, node, keyAt, false)
}

function deed(layer: DataLayer, node: Node, keyAt: Location | undefined, above: boolean): Step {
  const gone = above || (node.kind === 'scalar' && node.value === null)
  return { layer: layer.name, at: node.at, keyAt, deed: gone ? 'deleted' : 'set', node }
}
