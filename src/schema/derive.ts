import { isMap, type Value, type ValueMap } from '../document/node.ts'
import { resolveSchema, type Schema } from './schema.ts'

const draft = 'https://json-schema.org/draft/2020-12/schema'

/** What a schema for a file is made for: the names that the fleet knows. */
export interface FleetNames {
  readonly environments: readonly string[]
  readonly regions: readonly string[]
}

/**
 * The schema of project.yaml, from the schema of one target's effective data: the same fields at
 * three levels, nothing required at any of them, and `null` (which deletes) wherever a value may
 * stand.
 */
export function projectFileSchema(user: Schema, names: FleetNames): ValueMap {
  const fields = partial(user, user)
  const regions = choice(
    'What differs from region to region; names where it runs.',
    names.regions,
    regionLevel,
  )
  const environments = choice('Where the project runs.', names.environments, environmentLevel)
  return {
    $schema: draft,
    title: 'A project',
    description: 'What its developers say about it; lower levels override higher ones.',
    ...level(fields, { environments, patches }),
    $defs: {
      ...definitions(user),
      [regionLevel]: level(fields, { patches }),
      [environmentLevel]: level(fields, { regions, patches }),
    },
  }
}

/** The schema of pipeline/<environment>.yaml: the pipeline's fields, and again under each region. */
export function pipelineFileSchema(pipeline: Schema, names: FleetNames): ValueMap {
  const fields = partial(pipeline, pipeline)
  const regions = choice('What differs from region to region.', names.regions, regionLevel)
  return {
    $schema: draft,
    title: 'What the pipeline supplies for one environment',
    ...level(fields, { regions }),
    $defs: { ...definitions(pipeline), [regionLevel]: level(fields, {}) },
  }
}

/** Changes to manifests, by file. */
const patches: ValueMap = {
  description:
    'Changes to rendered manifests, by file: merged over the templates, where the policies allow it (allowPatches).',
  type: ['object', 'null'],
  additionalProperties: { type: 'object' },
}

/** Definitions of our own, under names that no schema of a user has. */
const regionLevel = 'sahaba-region'
const environmentLevel = 'sahaba-environment'

function level({ title: _, ...fields }: ValueMap, more: ValueMap): ValueMap {
  const properties = isMap(fields.properties) ? fields.properties : {}
  return { ...fields, type: ['object', 'null'], properties: { ...properties, ...more } }
}

/** A map with the given keys, each described by one of our definitions. */
function choice(description: string, names: readonly string[], each: string): ValueMap {
  const properties = Object.fromEntries(
    names.map((name) => {
      const own = `What is different in ${name}, if anything is.`
      return [name, { title: name, description: own, $ref: `#/$defs/${each}` }]
    }),
  )
  return { description, type: ['object', 'null'], properties, additionalProperties: false }
}

function definitions(schema: Schema): ValueMap {
  if (!isMap(schema) || !isMap(schema.$defs)) return {}
  const entries = Object.entries(schema.$defs).map(([key, value]) => {
    return [key, isMap(value) ? partial(value, schema) : value] as const
  })
  return Object.fromEntries(entries)
}

/** What speaks of a whole object cannot be asked of one level of it. */
const wholeOnly = new Set([
  ...['$schema', '$id', '$defs', 'required', 'minProperties', 'dependentRequired'],
  ...['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else', 'dependentSchemas'],
])

function partial(schema: Schema, root: Schema): ValueMap {
  const map = resolveSchema(schema, root)
  if (!isMap(map)) return {}
  const derived: Record<string, Value> = {}
  const isObject = isMap(map.properties) || map.type === 'object'
  for (const [key, value] of Object.entries(map)) {
    if (isObject && wholeOnly.has(key)) continue
    if (key === 'unevaluatedProperties') derived.additionalProperties = value
    else if (key === 'properties')
      derived.properties = mapValues(value, (each) => field(each, root))
    else if (key === 'additionalProperties' && isMap(value)) derived[key] = field(value, root)
    else derived[key] = value
  }
  return derived
}

/** A field of a level: as it was, or `null` to take away what a lower level said. */
function field(schema: Value, root: Schema): Value {
  if (!isMap(schema)) return schema
  const derived = { ...partial(schema, root) } as Record<string, Value>
  if (derived.type !== undefined) derived.type = [derived.type, 'null'].flat()
  if (Array.isArray(derived.enum)) derived.enum = [...derived.enum, null]
  if (derived.const !== undefined) {
    derived.enum = [derived.const, null]
    delete derived.const
  }
  return derived
}

/** The schema of one field of a level, from that of the effective data; it refers to nothing. */
export function fieldOfLevel(schema: Value): Value {
  return schema === false ? { const: null } : field(schema, true)
}

function mapValues(value: Value, change: (each: Value) => Value): Value {
  if (!isMap(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, change(each)]))
}
