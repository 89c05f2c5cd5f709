import { isList, type Value } from '../document/node.ts'
import type { Schema } from '../schema/schema.ts'
import { branchesOf, fieldsOf, gatherParts, itemsOf, type SchemaParts } from './schema-parts.ts'

/** What is known about a value before it is there. `dyn` is anything, looked at when evaluated. */
export type ExpressionType = ScalarType | ListType | MapType | StructType | OptionalType

export interface ScalarType {
  readonly kind: 'string' | 'int' | 'double' | 'bool' | 'quantity' | 'null' | 'dyn'
}

export interface ListType {
  readonly kind: 'list'
  readonly of: ExpressionType
}

/** Any keys, values of one type. */
export interface MapType {
  readonly kind: 'map'
  readonly of: ExpressionType
}

/** The keys are known; each may still be absent from a value. */
export interface StructType {
  readonly kind: 'struct'
  readonly fields: ReadonlyMap<string, ExpressionType>
}

/** What reading with `.?` gives. */
export interface OptionalType {
  readonly kind: 'optional'
  readonly of: ExpressionType
}

/** A type as messages name it: "list<string>"; a struct is a map to those who write YAML. */
export function formatType(type: ExpressionType): string {
  if (type.kind === 'map') return `map<string, ${formatType(type.of)}>`
  if (type.kind === 'list' || type.kind === 'optional')
    return `${type.kind}<${formatType(type.of)}>`
  return type.kind === 'struct' ? 'map' : type.kind
}

const signatures = new WeakMap<StructType, string>()

/** A text that two types share if and only if they are the same. */
export function signatureOf(type: ExpressionType): string {
  if (type.kind !== 'struct')
    return 'of' in type ? `${type.kind}<${signatureOf(type.of)}>` : type.kind
  const known = signatures.get(type)
  if (known !== undefined) return known
  const fields = [...type.fields].map(([key, of]) => `${JSON.stringify(key)}:${signatureOf(of)}`)
  const signature = `{${fields.sort().join(',')}}`
  signatures.set(type, signature)
  return signature
}

const dyn: ExpressionType = { kind: 'dyn' }

/** The narrowest type that holds the values of both: the fields of two structs are put together. */
export function joinTypes(a: ExpressionType, b: ExpressionType): ExpressionType {
  if (a === b || signatureOf(a) === signatureOf(b)) return a
  if (a.kind === 'list' && b.kind === 'list') return { kind: 'list', of: joinTypes(a.of, b.of) }
  if (a.kind === 'map' && b.kind === 'map') return { kind: 'map', of: joinTypes(a.of, b.of) }
  if (a.kind !== 'struct' || b.kind !== 'struct') return dyn
  const fields = new Map(a.fields)
  for (const [key, type] of b.fields) {
    const other = fields.get(key)
    fields.set(key, other ? joinTypes(other, type) : type)
  }
  return { kind: 'struct', fields }
}

/** The type that holds the values of all of several types; `dyn` for none. */
export function joinAll(types: readonly ExpressionType[]): ExpressionType {
  return types.length === 0 ? dyn : types.reduce(joinTypes)
}

/** The type of a plain value: whole numbers are int, maps are structs, lists have joined items. */
export function typeOfValue(value: Value): ExpressionType {
  if (value === null) return { kind: 'null' }
  if (typeof value === 'string') return { kind: 'string' }
  if (typeof value === 'boolean') return { kind: 'bool' }
  if (typeof value === 'number') return { kind: Number.isInteger(value) ? 'int' : 'double' }
  if (isList(value)) return { kind: 'list', of: joinAll(value.map(typeOfValue)) }
  const fields = new Map(Object.entries(value).map(([key, of]) => [key, typeOfValue(of)]))
  return { kind: 'struct', fields }
}

/**
 * The type of the values that fit a JSON Schema: a struct where fields are named, a map where any
 * key goes, quantity for `format: quantity`; `dyn` where the schema does not tell, or is recursive.
 */
export function typeOfSchema(schema: Schema): ExpressionType {
  return typeOfParts(gatherParts([schema], schema))
}

function typeOfParts(parts: SchemaParts): ExpressionType {
  const { schemas } = parts
  if (parts.recursive) return dyn
  if (schemas.some((schema) => schema.format === 'quantity')) return { kind: 'quantity' }
  const { named, others } = fieldsOf(parts)
  const fields = new Map([...named].map(([key, field]) => [key, typeOfParts(field)]))
  if (others.length > 0) {
    return { kind: 'map', of: joinAll([...fields.values(), ...others.map(typeOfParts)]) }
  }
  if (schemas.some((schema) => schema.properties !== undefined)) return { kind: 'struct', fields }
  const items = itemsOf(parts)
  if (items) return { kind: 'list', of: typeOfParts(items) }
  return typeByName(parts) ?? typeOfExamples(parts) ?? joinAll(branchesOf(parts).map(typeOfParts))
}

const typesByName: Readonly<Record<string, ExpressionType>> = {
  string: { kind: 'string' },
  integer: { kind: 'int' },
  number: { kind: 'double' },
  boolean: { kind: 'bool' },
  object: { kind: 'map', of: dyn },
  array: { kind: 'list', of: dyn },
}

/** `null` beside another type does not count: in a map it means that the entry is absent. */
function typeByName({ schemas }: SchemaParts): ExpressionType | undefined {
  const { type } = schemas.find((schema) => schema.type !== undefined) ?? {}
  if (type === undefined) return undefined
  const names = (isList(type) ? type : [type]).map(String).filter((name) => name !== 'null')
  if (names.length === 0) return { kind: 'null' }
  return joinAll(names.map((name) => typesByName[name] ?? dyn))
}

function typeOfExamples({ schemas }: SchemaParts): ExpressionType | undefined {
  const schema = schemas.find((each) => each.const !== undefined || each.enum !== undefined)
  if (!schema) return undefined
  const values = isList(schema.enum) ? schema.enum : [schema.const ?? null]
  return joinAll(values.filter((value) => value !== null).map(typeOfValue))
}
