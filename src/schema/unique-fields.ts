import { isMap, type Value } from '../document/node.ts'
import { resolveSchema, type Schema } from './schema.ts'

/** Within what a value may be claimed once, as the annotation `unique` says. */
export type Scope = 'cluster' | 'region' | 'environment' | 'fleet'

export const scopes: readonly Scope[] = ['cluster', 'region', 'environment', 'fleet']

/** A field of data whose value nobody else may have. */
export interface UniqueField {
  /** The keys to it; `*` stands for every item of a list and every key of a map. */
  readonly path: readonly string[]
  readonly within: Scope
  /** Whether values are names of hosts, which are equal in whatever case and with a final dot. */
  readonly isHost: boolean
}

/** The fields of a schema that carry the annotation `unique`, each once. */
export function uniqueFields(schema: Schema): UniqueField[] {
  const found = new Map<string, UniqueField>()
  visit(schema, [], [])
  return [...found.values()]

  function visit(value: Value | undefined, path: readonly string[], above: readonly Value[]): void {
    // A schema that refers to itself describes data of any depth: once around is enough.
    if (value === undefined || above.includes(value)) return
    const own = resolveSchema(value, schema)
    if (!isMap(own)) return
    const within = scopes.find((scope) => scope === own.unique)
    if (within) {
      const isHost = own.format === 'hostname' || own.format === 'idn-hostname'
      found.set(JSON.stringify(path), { path, within, isHost })
    }
    const below = [...above, value]
    for (const [key, each] of entries(own.properties)) visit(each, [...path, key], below)
    for (const [, each] of entries(own.patternProperties)) visit(each, [...path, '*'], below)
    visit(own.additionalProperties, [...path, '*'], below)
    visit(own.items, [...path, '*'], below)
    for (const keyword of ['if', 'then', 'else']) visit(own[keyword], path, below)
    for (const keyword of ['allOf', 'anyOf', 'oneOf', 'prefixItems', 'dependentSchemas']) {
      const members = own[keyword]
      const inside = keyword === 'prefixItems' ? [...path, '*'] : path
      for (const [, each] of entries(members)) visit(each, inside, below)
    }
  }
}

function entries(members: Value | undefined): [string, Value][] {
  return typeof members === 'object' && members !== null ? Object.entries(members) : []
}
