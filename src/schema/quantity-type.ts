import { isMap, type Value } from '../document/node.ts'

/**
 * A schema in which `format: quantity` also says that the value is a text or a number: a format by
 * itself lets every list, map and truth value pass.
 */
export function withQuantityTypes(schema: Value): Value {
  if (Array.isArray(schema)) return schema.map(withQuantityTypes)
  if (!isMap(schema)) return schema
  const entries = Object.entries(schema).map(([key, each]) => [key, withQuantityTypes(each)])
  const typed: Record<string, Value> = Object.fromEntries(entries)
  if (schema.format === 'quantity' && schema.type === undefined) typed.type = ['string', 'number']
  return typed
}
