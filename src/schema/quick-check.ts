import { isList, isMap, type Value, type ValueMap } from '../document/node.ts'
import { appliers } from './quick-appliers.ts'
import { assertions } from './quick-assertions.ts'
import { type Fits, tableOf, unsure } from './quick-keyword.ts'
import type { Schema } from './schema.ts'
import { scopes } from './unique-fields.ts'

/**
 * Says of values whether they fit a schema, without the package: for that, loading it and having it
 * compile the schema takes far longer than the check. Undefined for a schema that is none, or that
 * holds anything not known here; then, and to say what is wrong with a value, the package is asked.
 * Whatever this lets pass, the package lets pass as well.
 */
export function quickCheck(schema: Schema): Fits | undefined {
  try {
    return build(schema, { schema, known: new Map() })
  } catch (error) {
    if (error === unsure) return undefined
    throw error
  }
}

/** What references are looked up in, and the checks of those that were. */
interface Root {
  readonly schema: Schema
  readonly known: Map<string, Fits>
}

function build(schema: Value, root: Root): Fits {
  if (typeof schema === 'boolean') return () => schema
  if (!isMap(schema)) throw unsure
  const checks = Object.entries(schema).flatMap(([keyword, value]) => {
    return annotations.get(keyword)?.(value) ? [] : keywordCheck(keyword, value, schema, root)
  })
  const [first = () => true, ...others] = checks
  if (others.length === 0) return first
  return (value) => {
    for (const fits of checks) if (!fits(value)) return false
    return true
  }
}

function keywordCheck(keyword: string, value: Value, schema: ValueMap, root: Root): Fits {
  if (keyword === '$ref') return referred(value, root)
  if (keyword === '$defs') return definitions(value, root)
  const make = assertions.get(keyword) ?? appliers.get(keyword)
  if (!make) throw unsure
  return make(value, schema, (inner) => build(inner, root))
}

/** What a reference stands for; that may be what it stands in. */
function referred(reference: Value, { schema, known }: Root): Fits {
  const [, name] = (typeof reference === 'string' && /^#\/\$defs\/([\w.-]+)$/.exec(reference)) || []
  const named = isMap(schema as Value) ? (schema as ValueMap).$defs : undefined
  if (name === undefined || !isMap(named) || !Object.hasOwn(named, name)) throw unsure
  const made = known.get(name)
  if (made) return made
  let fits: Fits | undefined
  known.set(name, (value) => fits?.(value) ?? false)
  fits = build(named[name] as Value, { schema, known })
  known.set(name, fits)
  return fits
}

/** Definitions say nothing by themselves, but are to be schemas. */
function definitions(named: Value, root: Root): Fits {
  if (!isMap(named) || named !== (root.schema as ValueMap).$defs) throw unsure
  for (const name of Object.keys(named)) referred(`#/$defs/${name}`, root)
  return () => true
}

/** Keywords that say nothing of a value, and what they may say. */
const annotations = tableOf<Fits>({
  $schema: (value) => value === 'https://json-schema.org/draft/2020-12/schema',
  $comment: isText,
  title: isText,
  description: isText,
  default: () => true,
  examples: isList,
  deprecated: isTruthValue,
  readOnly: isTruthValue,
  writeOnly: isTruthValue,
  message: isText,
  severity: (value) => value === 'error' || value === 'warning',
  unique: (value) => scopes.some((scope) => scope === value),
})

function isText(value: Value): boolean {
  return typeof value === 'string'
}

function isTruthValue(value: Value): boolean {
  return typeof value === 'boolean'
}
