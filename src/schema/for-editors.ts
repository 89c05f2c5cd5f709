import { isList, isMap, type Value } from '../document/node.ts'

/** Keywords whose values are data, or names with schemas behind them. */
const data = new Set(['const', 'enum', 'default', 'examples'])
const named = new Set(['properties', '$defs', 'patternProperties', 'dependentSchemas'])

/**
 * A schema with our annotations in the words of editors: the `message` of a schema is what
 * yaml-language-server calls errorMessage; it knows no `severity`.
 */
export function forEditors(schema: Value): Value {
  if (isList(schema)) return schema.map(forEditors)
  if (!isMap(schema)) return schema
  const entries = Object.entries(schema).flatMap(([key, value]): [string, Value][] => {
    if (key === 'message' && typeof value === 'string') return [['errorMessage', value]]
    if (key === 'severity' && typeof value === 'string') return []
    if (data.has(key)) return [[key, value]]
    if (!named.has(key) || !isMap(value)) return [[key, forEditors(value)]]
    const below = Object.entries(value).map(([name, each]) => [name, forEditors(each)])
    return [[key, Object.fromEntries(below)]]
  })
  return Object.fromEntries(entries)
}
