import { isMap, type Value, type ValueMap } from '../document/node.ts'
import type { Schema } from '../schema/schema.ts'

/** All the schemas that one value must fit, side by side: references and `allOf` are followed. */
export interface SchemaParts {
  readonly schemas: readonly ValueMap[]
  /** Whether a schema refers to one that it is a part of. */
  readonly recursive: boolean
  readonly root: Schema
  /** The references on the way from the root to here. */
  readonly followed: ReadonlySet<string>
}

/** Everything that several schemas for one value say. */
export function gatherParts(
  schemas: readonly Value[],
  root: Schema,
  followed: ReadonlySet<string> = new Set(),
): SchemaParts {
  const found: ValueMap[] = []
  const reached = new Set(followed)
  let recursive = false
  const gather = (schema: Value | undefined): void => {
    if (!isMap(schema)) return
    found.push(schema)
    if (Array.isArray(schema.allOf)) schema.allOf.forEach(gather)
    const reference = schema.$ref
    if (typeof reference !== 'string') return
    if (followed.has(reference)) recursive = true
    if (reached.has(reference)) return
    reached.add(reference)
    gather(schemaAt(reference, root))
  }
  schemas.forEach(gather)
  return { schemas: found, recursive, root, followed: reached }
}

function schemaAt(reference: string, root: Schema): Value | undefined {
  if (reference !== '#' && !reference.startsWith('#/')) return undefined
  let found: Value | undefined = root as Value
  for (const part of reference.split('/').slice(1)) {
    const key = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~')
    found = isMap(found) && Object.hasOwn(found, key) ? found[key] : undefined
  }
  return found
}

/** Keys that no document can have; the loader refuses them. */
const forbidden = new Set(['__proto__', 'constructor', 'prototype'])

/** The fields of a map by name, and what is said of those without a name. */
export function fieldsOf(parts: SchemaParts): {
  readonly named: ReadonlyMap<string, SchemaParts>
  readonly others: readonly SchemaParts[]
} {
  const named = new Map<string, Value[]>()
  const others: Value[] = []
  for (const { properties, patternProperties, additionalProperties } of parts.schemas) {
    for (const [key, field] of Object.entries(isMap(properties) ? properties : {})) {
      if (!forbidden.has(key)) named.set(key, [...(named.get(key) ?? []), field])
    }
    if (isMap(patternProperties)) others.push(...Object.values(patternProperties))
    if (additionalProperties) others.push(additionalProperties)
  }
  return {
    named: new Map([...named].map(([key, fields]) => [key, within(parts, fields)])),
    others: others.map((schema) => within(parts, [schema])),
  }
}

/** What is said of all items of a list; undefined for what is no list, or tells item from item. */
export function itemsOf(parts: SchemaParts): SchemaParts | undefined {
  if (parts.schemas.some((schema) => schema.prefixItems !== undefined)) return undefined
  const items = parts.schemas.flatMap(({ items }) => (items === undefined ? [] : [items]))
  return items.length > 0 ? within(parts, items) : undefined
}

/** The alternatives of `anyOf` and `oneOf`. */
export function branchesOf(parts: SchemaParts): readonly SchemaParts[] {
  const branches = parts.schemas.flatMap(({ anyOf, oneOf }) => [anyOf, oneOf])
  const lists = branches.flatMap((branch) => (Array.isArray(branch) ? branch : []))
  return lists.map((branch: Value) => within(parts, [branch]))
}

function within({ root, followed }: SchemaParts, schemas: readonly Value[]): SchemaParts {
  return gatherParts(schemas, root, followed)
}
