import { isMap, toValue, type Value, type ValueMap } from '../document/node.ts'
import { textsOfBounds } from '../schema/bounds-text.ts'
import { changeField } from '../schema/change-field.ts'
import { projectFileSchema } from '../schema/derive.ts'
import {
  boundsOf,
  boundsOfLevel,
  byPattern,
  type Condition,
  type ConditionalBounds,
  fieldsRead,
} from '../schema/editor-limits.ts'
import { forEditors } from '../schema/for-editors.ts'
import { namesOf } from './fleet.ts'
import type { Ground } from './ground.ts'
import type { Layer } from './layer.ts'
import { fieldChoices } from './layer-choices.ts'
import { type ChosenBy, type FileLevel, type LayerLevels, levelsOf } from './limit-levels.ts'

/**
 * The schema of project.yaml for editors. Beyond what the compiler asks of the file by itself, it
 * knows the names there are for fields such as `runtime`, and the limits of the layers where the
 * file shows that they are in force. The compiler checks limits on the effective data instead, so
 * it never uses this one.
 */
export function projectEditorSchema(ground: Ground): ValueMap {
  const limited = limitedLayers(ground)
  const user = described(withChoices(ground), limited)
  const file = projectFileSchema(user, namesOf(ground.fleet))
  const definitions: Record<string, Value> = {}
  const allOf = limited.flatMap(({ layer, bounds, levels }) => {
    return bounds.flatMap(({ conditions, properties }) => {
      const fields = boundsOfLevel(properties)
      if (!fields) return []
      const name = `sahaba-limits-${Object.keys(definitions).length + 1}`
      // Editors show the title beside what they complain of.
      definitions[name] = { title: `limits of ${layer.path}`, ...fields }
      return levels.map((each) => {
        return applied({ $ref: `#/$defs/${name}` }, conditions, each, ground)
      })
    })
  })
  const $defs = { ...(isMap(file.$defs) ? file.$defs : {}), ...definitions }
  return forEditors({ ...file, ...(allOf.length > 0 && { allOf }), $defs }) as ValueMap
}

interface LimitedLayer {
  readonly layer: Layer
  readonly bounds: readonly ConditionalBounds[]
  readonly levels: readonly LayerLevels[]
}

/** The layers with limits, lowest first; one that cannot be read has none. */
function limitedLayers({ fleet, layers }: Ground): LimitedLayer[] {
  return fleet.layers.flatMap((path) => {
    return layers.folders.flatMap((folder) => {
      const levels = levelsOf(path, folder, fleet)
      const layer = levels.length > 0 ? layers.get(folder) : undefined
      const limits = layer?.policy.limits
      if (!layer || !limits) return []
      return [{ layer, levels, bounds: boundsOf(toValue(limits.node)) }]
    })
  })
}

/** The user schema, in which fields that choose a team or a layer know the names there are. */
function withChoices({ fleet, layers, schemas }: Ground): ValueMap {
  const user = isMap(schemas.user.effective) ? schemas.user.effective : {}
  return fieldChoices(fleet, layers).reduce((schema, { path, names }) => {
    return changeField(schema, path, (field) => (field.enum ? field : { ...field, enum: names }))
  }, user)
}

/** The user schema, in which the description of a field says which limits there are for it. */
function described(user: ValueMap, limited: readonly LimitedLayer[]): ValueMap {
  const lines = new Map<string, string[]>()
  for (const { layer, bounds } of limited) {
    const name = layer.path.slice(layer.path.lastIndexOf('/') + 1)
    for (const [path, text] of textsOfBounds(bounds)) {
      lines.set(path, [...(lines.get(path) ?? []), `${name}: ${text}`])
    }
  }
  return [...lines].reduce((schema, [path, texts]) => {
    return changeField(schema, path.split('.'), (field) => {
      const own = typeof field.description === 'string' ? [field.description] : []
      return { ...field, description: [...own, ...texts].join('\n') }
    })
  }, user)
}

/** A part of the file's schema that asks for bounds at the levels and under the conditions given. */
function applied(
  bounds: ValueMap,
  conditions: readonly Condition[],
  { chosenBy, levels }: LayerLevels,
  ground: Ground,
): ValueMap {
  const all = [...chosenBy.map((choice) => conditionOf(choice)), ...conditions]
  const settled = chosenBy.filter((choice) => isDefault(choice, ground)).map(({ path }) => path[0])
  const read = [...new Set(all.flatMap(({ schema }) => fieldsRead(schema)))]
  const asked = read.filter((field) => !settled.includes(field))
  const atLevels = nested(bounds, levels, read, ground)
  const inner = all.reduceRight(
    (schema, { schema: condition, holds }) => when(condition, holds, schema),
    atLevels,
  )
  return asked.length === 0 ? inner : when({ required: asked }, true, inner)
}

/** A condition turned round, because editors show what stands in an `if` as if it were asked for. */
function when(condition: Value, holds: boolean, schema: ValueMap): ValueMap {
  return { if: { not: condition }, [holds ? 'else' : 'then']: schema }
}

function conditionOf({ path, value }: ChosenBy): Condition {
  const schema = path.reduceRight<Value>((inner, key) => ({ properties: { [key]: inner } }), {
    const: value,
  })
  return { schema, holds: true }
}

/** Whether a project that does not say so gets this value all the same, from a layer all have. */
function isDefault({ path, value }: ChosenBy, { fleet, layers }: Ground): boolean {
  const common = new Set(
    fleet.layers
      .filter(({ parts }) => parts.every((part) => typeof part === 'string'))
      .map(({ pattern }) => pattern),
  )
  const said = layers.folders.flatMap((folder) => {
    const found = valueAt(layers.get(folder)?.policy.defaults?.value, path)
    return found === undefined ? [] : [{ folder, found }]
  })
  return (
    said.some(({ found }) => found === value) &&
    said.every(({ folder, found }) => common.has(folder) && found === value)
  )
}

function valueAt(map: Value | undefined, path: readonly string[]): Value | undefined {
  let value = map
  for (const key of path) value = isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined
  return value
}

/**
 * Bounds put at levels. The conditions look at the top of the file; a level that says otherwise
 * about what they read is left alone, with what is below it.
 */
function nested(
  bounds: ValueMap,
  levels: readonly FileLevel[],
  read: readonly string[],
  { fleet }: Ground,
): ValueMap {
  const guarded = (schema: ValueMap): ValueMap => {
    const saysOtherwise = read.map((field) => ({ required: [field] }))
    const [one, ...more] = saysOtherwise
    if (!one) return schema
    return { if: more.length === 0 ? one : { anyOf: saysOtherwise }, else: schema }
  }
  const environments = keyed('environments', [...fleet.environments.keys()], (environment) => {
    const own = levels.filter((level) => level.environment === environment)
    const there = fleet.clusters.filter((cluster) => cluster.environment === environment)
    const regions = keyed(
      'regions',
      there.map(({ region }) => region),
      (region) => {
        return own.some((level) => level.region === region) ? guarded(bounds) : undefined
      },
    )
    const itself = own.some((level) => level.region === undefined)
    const both = together(itself ? bounds : undefined, regions)
    return both && guarded(both)
  })
  const top = levels.some((level) => level.environment === undefined)
  return together(top ? bounds : undefined, environments) ?? {}
}

function together(a: ValueMap | undefined, b: ValueMap | undefined): ValueMap | undefined {
  return a && b ? { allOf: [a, b] } : (a ?? b)
}

/** Schemas for the entries of a map; one for all, if they are alike. */
function keyed(
  field: string,
  names: readonly string[],
  schemaOf: (name: string) => ValueMap | undefined,
): ValueMap | undefined {
  const all = names.map((name) => [name, schemaOf(name)] as const)
  const entries = all.flatMap(([name, schema]) => (schema ? [[name, schema] as const] : []))
  const [first] = entries
  if (!first) return undefined
  const isAlike = all.every(([, schema]) => JSON.stringify(schema) === JSON.stringify(first[1]))
  const inside = isAlike
    ? { additionalProperties: first[1] }
    : byPattern(Object.fromEntries(entries))
  return byPattern({ [field]: inside })
}
