import type { Node } from '../document/node.ts'
import { parseQuantity, type Quantity } from '../quantity/quantity.ts'
import type { Location } from '../source/source.ts'

/** What is counted of a cluster's capacity and a team's quota. */
export type Resource = 'cpu' | 'memory' | 'pods'

/** An amount of a resource, and the line that says so. */
export interface Amount {
  readonly quantity: Quantity
  readonly at: Location
}

/** Amounts of some resources; of one that is missing nothing is said. */
export type Resources = ReadonlyMap<Resource, Amount>

/** Reads a map such as `{cpu: 40, memory: 80Gi}` that has been found valid. */
export function readResources(node: Node | undefined): Resources {
  if (node?.kind !== 'map') return new Map()
  return new Map(
    [...node.entries].flatMap(([name, { value }]) => {
      if (value.kind !== 'scalar') return []
      const text = typeof value.value === 'number' ? value.text : String(value.value)
      const quantity = parseQuantity(text)
      return quantity ? [[name as Resource, { quantity, at: value.at }] as const] : []
    }),
  )
}
