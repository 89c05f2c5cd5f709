import type { Node } from '../document/node.ts'
import { itemsOf } from './locate.ts'
import { matcher } from './selection.ts'

/** Whether an object of a kind is there though nothing renders it. */
export type External = (kind: string, name: string) => boolean

/** Reads `external` of the fleet or of a cluster, such as `[Secret/registry-*]`. */
export function readExternal(node: Node): External {
  const patterns = itemsOf(node, 'external').flatMap((item) => {
    return item.kind === 'scalar' ? [String(item.value)] : []
  })
  const fits = patterns.length > 0 ? matcher(patterns) : () => false
  return (kind, name) => fits(`${kind}/${name}`)
}
