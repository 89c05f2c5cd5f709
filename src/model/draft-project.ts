import { isMap, toValue, type Value, type ValueMap } from '../document/node.ts'
import { resolveSchema, type Schema } from '../schema/schema.ts'
import type { Fleet } from './fleet.ts'
import type { Layers } from './layer.ts'
import { type FieldChoices, fieldChoices } from './layer-choices.ts'
import type { Schemas } from './schemas.ts'

export interface Draft {
  readonly fleet: Fleet
  readonly schemas: Schemas
  readonly layers: Layers
  /** Fields whose values the author gave. */
  readonly chosen: ReadonlyMap<string, string>
}

/**
 * The text of a project.yaml to begin with: the fields a project must set, each with its
 * description and an example, and the environments there are.
 */
export function draftProject(draft: Draft): string {
  const { fleet, schemas, chosen } = draft
  const user = schemas.user.effective
  const properties = isMap(user) && isMap(user.properties) ? user.properties : {}
  const defaults = defaultsOf(draft)
  const required = isMap(user) && Array.isArray(user.required) ? user.required.map(String) : []
  const basic = required.filter((name) => defaults[name] === undefined)
  const more = basic.flatMap((name) => requiredByLayer(name, draft))
  const names = [...basic, ...more, ...chosen.keys()]
  const lines = [...new Set(names)].flatMap((name) => field(name, properties[name], user, draft))
  const environments = [...fleet.environments.keys()].map((name) => `  ${name}:`)
  return [
    '# yaml-language-server: $schema=../../schemas/project.schema.json',
    ...lines,
    '# where it runs; a level below an environment or region overrides what stands above',
    'environments:',
    ...environments,
    '',
  ].join('\n')
}

function field(name: string, property: Value | undefined, root: Schema, draft: Draft): string[] {
  const schema = resolveSchema(property, root)
  const described =
    isMap(schema) && typeof schema.description === 'string' ? schema.description : ''
  const choices = choicesOf(name, draft)?.names ?? []
  const comment = choices.length > 0 ? `one of: ${choices.join(', ')}` : described
  const chosen = draft.chosen.get(name)
  const value = chosen === undefined ? (choices[0] ?? exampleOf(schema)) : asYaml(chosen)
  return [...(comment ? [`# ${comment}`] : []), `${name}: ${value}`]
}

/** A value as typed, in quotes where it could be anything but itself. */
function asYaml(text: string): string {
  return /^[A-Za-z0-9][A-Za-z0-9._/-]*$/.test(text) ? text : JSON.stringify(text)
}

/** The fields that the layer chosen by a field demands, such as the port of a runtime. */
function requiredByLayer(name: string, draft: Draft): string[] {
  const choices = choicesOf(name, draft)
  const value = draft.chosen.get(name) ?? choices?.names[0] ?? ''
  const folder = choices?.folders.get(value)
  const limits = folder === undefined ? undefined : draft.layers.get(folder)?.policy.limits
  const schema = limits && toValue(limits.node)
  return isMap(schema) && Array.isArray(schema.required) ? schema.required.map(String) : []
}

function choicesOf(name: string, { fleet, layers }: Draft): FieldChoices | undefined {
  return fieldChoices(fleet, layers).find(({ path }) => path.length === 1 && path[0] === name)
}

function exampleOf(schema: Schema | undefined): string {
  if (!isMap(schema)) return 'TODO'
  const examples = Array.isArray(schema.examples) ? schema.examples : []
  const example = examples[0] ?? schema.default ?? schema.const ?? schema.minimum
  const isPlain = schema.format === 'quantity' || typeof example === 'number'
  if (example !== undefined) return isPlain ? String(example) : JSON.stringify(example)
  if (schema.format === 'quantity') return '1'
  return (
    { integer: '1', number: '1', boolean: 'false', array: '[]', object: '{}' }[
      String(schema.type)
    ] ?? '""'
  )
}

function defaultsOf({ layers }: Draft): ValueMap {
  const all = layers.folders.flatMap((folder) => {
    return folder.includes('/') ? [] : (layers.get(folder)?.policy.defaults?.value ?? [])
  })
  return Object.assign({}, ...all)
}
