import { isMap, type Value, type ValueMap } from '../document/node.ts'

/** A JSON Schema (2020-12) as plain data: an object, or a boolean. */
export type Schema = ValueMap | boolean

/** A member of a schema as a schema, following `$ref` into the `$defs` of the root. */
export function resolveSchema(schema: Value | undefined, root: Schema): Schema | undefined {
  if (typeof schema === 'boolean') return schema
  if (!isMap(schema)) return undefined
  const reference = schema.$ref
  if (typeof reference !== 'string' || !reference.startsWith('#/')) return schema
  let found: Value | undefined = root as Value
  for (const part of reference.slice(2).split('/')) found = isMap(found) ? found[part] : undefined
  return isMap(found) && found !== schema ? { ...found, ...without(schema, '$ref') } : undefined
}

/** The schema of one field of an object described by a schema, however it is described. */
export function schemaOfField(schema: Schema, key: string, root: Schema): Schema | undefined {
  if (typeof schema === 'boolean') return undefined
  const properties = schema.properties
  if (isMap(properties) && Object.hasOwn(properties, key)) {
    return resolveSchema(properties[key], root)
  }
  return resolveSchema(schema.additionalProperties, root)
}

/** The names of all fields that an object may have; undefined if they are not known. */
export function fieldNames(schema: Schema | undefined): readonly string[] | undefined {
  if (!isMap(schema) || !isMap(schema.properties)) return undefined
  if (schema.additionalProperties || schema.patternProperties) return undefined
  return schema.allOf || schema.anyOf || schema.oneOf ? undefined : Object.keys(schema.properties)
}

/** The schema of the items of a list. */
export function schemaOfItems(schema: Schema, root: Schema): Schema | undefined {
  return typeof schema === 'boolean' ? undefined : resolveSchema(schema.items, root)
}

function without(map: ValueMap, key: string): ValueMap {
  const { [key]: _, ...rest } = map
  return rest
}
