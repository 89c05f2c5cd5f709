import type { Node, Value } from '../document/node.ts'
import { type Schema, schemaOfField, schemaOfItems } from './schema.ts'

/**
 * The plain value of a node, where a number that the schema calls a quantity becomes the text its
 * author wrote: `cpu: 0.5` and `cpu: "0.5"` are one and the same from here on, and nothing is lost
 * to floating point.
 */
export function valueWithQuantities(node: Node, schema: Schema | undefined, root: Schema): Value {
  if (node.kind === 'scalar') {
    const isQuantity = typeof schema === 'object' && schema.format === 'quantity'
    return isQuantity && typeof node.value === 'number' ? node.text : node.value
  }
  if (node.kind === 'list') {
    const items = schema && schemaOfItems(schema, root)
    return node.items.map((item) => valueWithQuantities(item, items, root))
  }
  const map: Record<string, Value> = {}
  for (const [key, entry] of node.entries) {
    map[key] = valueWithQuantities(entry.value, schema && schemaOfField(schema, key, root), root)
  }
  return map
}
