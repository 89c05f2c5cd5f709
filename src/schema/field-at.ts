import { isMap } from '../document/node.ts'
import { fieldNames, resolveSchema, type Schema, schemaOfField, schemaOfItems } from './schema.ts'

export type FieldAt =
  | { readonly schema: Schema }
  /** The first key that there is not, below which fields, and what there is. */
  | {
      readonly unknown: string
      readonly below: readonly string[]
      readonly known: readonly string[]
    }

/** The schema of the field at a path of data; a key that the schema rules out is unknown. */
export function fieldAt(root: Schema, path: readonly string[]): FieldAt {
  let schema: Schema = resolveSchema(root, root) ?? true
  for (const [index, key] of path.entries()) {
    const field = schemaOfField(schema, key, root)
    const known = fieldNames(schema)
    const isRuledOut = field === undefined && known !== undefined && isClosed(schema)
    if (isRuledOut || field === false) {
      return { unknown: key, below: path.slice(0, index), known: known ?? [] }
    }
    schema = field ?? true
  }
  return { schema }
}

/** The keys of the map at a path, in the order in which the schema lists them; `[]` is any item. */
export function keysAt(root: Schema, path: readonly string[]): readonly string[] {
  let schema = resolveSchema(root, root)
  for (const key of path) {
    if (schema === undefined) return []
    schema = key === '[]' ? schemaOfItems(schema, root) : schemaOfField(schema, key, root)
  }
  return isMap(schema) && isMap(schema.properties) ? Object.keys(schema.properties) : []
}

function isClosed(schema: Schema): boolean {
  return typeof schema === 'object' && schema.additionalProperties === false
}
