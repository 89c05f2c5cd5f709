import type { Report } from '../diagnostics/diagnostic.ts'
import { suggest } from '../diagnostics/suggest.ts'
import { isList, type MapNode, type Node, toValue } from '../document/node.ts'
import { shown } from '../document/shown.ts'
import { whyNoPattern } from '../expression/string-functions.ts'
import type { Constraint } from './data.ts'
import type { Shape, StructShape } from './shape.ts'

/** How a schema is read: what is wrong with it is reported at its place. */
export interface SchemaReading {
  readonly report: Report
  /** Whether fields that are not named are kept, as they are by old CRDs unless they say otherwise. */
  readonly open: boolean
}

const typeNames = ['array', 'boolean', 'integer', 'number', 'object', 'string'] as const

/**
 * The shape of what fits a schema of a CustomResourceDefinition. Where fields are named, others are
 * refused unless the schema lets them be; a format that is neither a time nor base64 is not looked
 * at. What is wrong with the schema is reported, and the shape then stands for anything.
 */
export function shapeOfSchema(node: Node, reading: SchemaReading): Shape {
  if (node.kind !== 'map') return bad(node, 'a schema must be a map', reading)
  const shape = { ...plainShape(node, reading), ...constraintAt(node, reading) }
  return flag(node, 'nullable') ? { ...shape, nullable: true } : shape
}

function plainShape(node: MapNode, reading: SchemaReading): Shape {
  if (flag(node, 'x-kubernetes-int-or-string')) return { kind: 'integerOrText' }
  const entry = node.entries.get('type')
  const type = entry ? text(entry.value) : impliedType(node)
  switch (type) {
    case undefined:
      return entry ? bad(entry.value, 'a type must be a text', reading) : { kind: 'any' }
    case 'array':
      return listShape(node, reading)
    case 'boolean':
      return { kind: 'truth' }
    case 'integer':
      return { kind: 'integer' }
    case 'number':
      return { kind: 'number' }
    case 'object':
      return mapShape(node, reading)
    case 'string':
      return { kind: textKind(node) }
    default: {
      const meant = suggest(type, typeNames)
      const hint = meant === undefined ? '' : `; did you mean "${meant}"?`
      return bad(entry?.value ?? node, `there is no type "${shown(type)}"${hint}`, reading)
    }
  }
}

/** Schemas of before v1 need not name the type of what has fields or items. */
function impliedType({ entries }: MapNode): string | undefined {
  if (entries.has('properties') || entries.has('additionalProperties')) return 'object'
  return entries.has('items') ? 'array' : undefined
}

function textKind({ entries }: MapNode) {
  const format = text(entries.get('format')?.value)
  if (format === 'date-time') return 'time'
  return format === 'byte' ? 'base64' : 'text'
}

function listShape({ entries }: MapNode, reading: SchemaReading): Shape {
  const items = entries.get('items')?.value
  return { kind: 'list', of: items ? shapeOfSchema(items, reading) : { kind: 'any' } }
}

function mapShape(node: MapNode, reading: SchemaReading): Shape {
  const properties = node.entries.get('properties')?.value
  const others = othersOf(node, reading)
  if (!properties) return { kind: 'map', of: others ?? { kind: 'any' } }
  if (properties.kind !== 'map') return bad(properties, 'properties must be a map', reading)
  const required = requiredOf(node, reading)
  const fields = new Map<string, Shape>()
  if (flag(node, 'x-kubernetes-embedded-resource')) {
    for (const key of ['apiVersion', 'kind', 'metadata']) fields.set(key, { kind: 'any' })
  }
  for (const [key, { value }] of properties.entries) fields.set(key, shapeOfSchema(value, reading))
  return structOf(fields, required, others)
}

/** A struct with the same fields on every version of Kubernetes. */
export function structOf(
  fields: ReadonlyMap<string, Shape>,
  required: readonly string[],
  others?: Shape,
): StructShape {
  const names = [...fields.keys()]
  return {
    kind: 'struct',
    field: (key) => fields.get(key),
    fields: () => names,
    required: () => required,
    elsewhere: () => [],
    ...(others && { others }),
  }
}

/** What fields that are not named are; undefined if they are refused. */
function othersOf(node: MapNode, reading: SchemaReading): Shape | undefined {
  const additional = node.entries.get('additionalProperties')?.value
  if (additional?.kind === 'map') return shapeOfSchema(additional, reading)
  const isOpen =
    reading.open ||
    flag(node, 'x-kubernetes-preserve-unknown-fields') ||
    (additional?.kind === 'scalar' && additional.value === true)
  return isOpen ? { kind: 'any' } : undefined
}

function requiredOf({ entries }: MapNode, reading: SchemaReading): readonly string[] {
  const entry = entries.get('required')
  if (!entry) return []
  const names = toValue(entry.value)
  if (isList(names) && names.every((name) => typeof name === 'string')) return names as string[]
  bad(entry.value, 'required must be a list of names', reading)
  return []
}

interface Keyword {
  readonly takes: string
  readonly isRight: (value: unknown) => boolean
}

const aNumber: Keyword = { takes: 'a number', isRight: (value) => typeof value === 'number' }
const aTruth: Keyword = { takes: 'true or false', isRight: (value) => typeof value === 'boolean' }

/** The keywords that ask something of a value, beside those that hold schemas. */
const keywords: Readonly<Record<string, Keyword>> = {
  enum: { takes: 'a list of values', isRight: Array.isArray },
  pattern: { takes: 'a regular expression', isRight: (value) => typeof value === 'string' },
  minLength: aNumber,
  maxLength: aNumber,
  minimum: aNumber,
  maximum: aNumber,
  exclusiveMinimum: aTruth,
  exclusiveMaximum: aTruth,
  multipleOf: aNumber,
  minItems: aNumber,
  maxItems: aNumber,
  uniqueItems: aTruth,
  minProperties: aNumber,
  maxProperties: aNumber,
}

/** What the schema asks beside the type of the value and the shape of its parts. */
function constraintAt(
  node: MapNode,
  reading: SchemaReading,
): { constraint: Constraint } | undefined {
  const found: Record<string, unknown> = {}
  for (const [key, { value }] of node.entries) {
    const keyword = Object.hasOwn(keywords, key) ? keywords[key] : undefined
    if (keyword) {
      const plain = toValue(value)
      if (!keyword.isRight(plain)) bad(value, `${key} must be ${keyword.takes}`, reading)
      else found[key] = plain
      const why = key === 'pattern' && typeof plain === 'string' ? whyNoPattern(plain) : undefined
      if (why !== undefined) bad(value, why, reading)
    } else if (key === 'allOf' || key === 'anyOf' || key === 'oneOf') {
      if (value.kind !== 'list') bad(value, `${key} must be a list of schemas`, reading)
      else found[key] = value.items.map((item) => branchOf(item, reading))
    } else if (key === 'not') found[key] = branchOf(value, reading)
  }
  return Object.keys(found).length === 0 ? undefined : { constraint: found as Constraint }
}

/** A schema within allOf, anyOf, oneOf or not: it demands something of a value and allows no field. */
function branchOf(node: Node, reading: SchemaReading): Constraint {
  if (node.kind !== 'map') {
    bad(node, 'a schema must be a map', reading)
    return {}
  }
  const { entries } = node
  const type = text(entries.get('type')?.value)
  const items = entries.get('items')?.value
  const properties = entries.get('properties')?.value
  const required = requiredOf(node, reading)
  const fields = properties?.kind === 'map' ? [...properties.entries] : []
  return {
    ...constraintAt(node, reading)?.constraint,
    ...(type !== undefined && { type }),
    ...(required.length > 0 && { required }),
    ...(items && { items: branchOf(items, reading) }),
    ...(fields.length > 0 && {
      properties: Object.fromEntries(
        fields.map(([key, { value }]) => [key, branchOf(value, reading)]),
      ),
    }),
  }
}

function bad(node: Node, message: string, { report }: SchemaReading): Shape {
  report({ id: 'bad-crd', message, at: node.at })
  return { kind: 'any' }
}

function flag({ entries }: MapNode, key: string): boolean {
  const value = entries.get(key)?.value
  return value?.kind === 'scalar' && value.value === true
}

function text(node: Node | undefined): string | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined
}
