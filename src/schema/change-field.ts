import { isMap, type ValueMap } from '../document/node.ts'
import { resolveSchema } from './schema.ts'

/** A schema in which one field, however deep, is described otherwise; as it was if it has none. */
export function changeField(
  schema: ValueMap,
  path: readonly string[],
  change: (field: ValueMap) => ValueMap,
  root = schema,
): ValueMap {
  const [name, ...rest] = path
  const { properties } = schema
  if (name === undefined || !isMap(properties) || !Object.hasOwn(properties, name)) return schema
  const field = resolveSchema(properties[name], root)
  if (!isMap(field)) return schema
  const changed = rest.length === 0 ? change(field) : changeField(field, rest, change, root)
  return { ...schema, properties: { ...properties, [name]: changed } }
}
