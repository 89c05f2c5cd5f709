import type { ErrorObject } from 'ajv'
import type { Severity } from '../diagnostics/diagnostic.ts'
import { pointerParts } from '../document/pointer.ts'

/** A way in which a value does not fit a schema, in our words. */
export interface Violation {
  /** Keys and indexes from the root to the value at fault. */
  readonly path: readonly string[]
  readonly kind: 'unknown' | 'missing' | 'type' | 'quantity' | 'value'
  /** The entry that is unknown or missing. */
  readonly key?: string
  /** The fields there are, where one is unknown. */
  readonly known?: readonly string[]
  /** What would fit: "text" for a type, else what follows whoever asks: "allows at most 50". */
  readonly allowed: string
  /** What the schema's author wants said instead. */
  readonly message?: string
  readonly severity: Severity
  /** Keys from the root of the schema to the keyword that was not met. */
  readonly schemaPath: readonly string[]
}

/** The violations behind the package's errors; those that only repeat others are left out. */
export function violationsOf(errors: readonly ErrorObject[]): Violation[] {
  return errors.filter((error) => !summaries.has(error.keyword)).map(toViolation)
}

/** Keywords whose errors say no more than the errors of their branches do. */
const summaries = new Set(['if', 'anyOf', 'oneOf', 'allOf', 'propertyNames'])

function toViolation(error: ErrorObject): Violation {
  const parent = (error.parentSchema ?? {}) as Readonly<Record<string, unknown>>
  const known = (error.parentSchema as { properties?: object } | undefined)?.properties
  return {
    path: pointerParts(error.instancePath),
    schemaPath: pointerParts(decodeURIComponent(error.schemaPath.replace(/^#/, ''))),
    severity: parent.severity === 'warning' ? 'warning' : 'error',
    ...(typeof parent.message === 'string' && { message: parent.message }),
    ...describe(error, parent.format === 'quantity'),
    // The error is about a key of the map, not about the map.
    ...(error.propertyName !== undefined && { key: error.propertyName }),
    ...(known && { known: Object.keys(known) }),
  }
}

type Description = Pick<Violation, 'kind' | 'allowed' | 'key'>

function describe(error: ErrorObject, isQuantity: boolean): Description {
  const params = error.params as Readonly<Record<string, unknown>>
  const value = (allowed: string): Description => ({ kind: 'value', allowed })
  switch (error.keyword) {
    case 'additionalProperties':
      return { kind: 'unknown', key: String(params.additionalProperty), allowed: 'no such field' }
    case 'unevaluatedProperties':
      return { kind: 'unknown', key: String(params.unevaluatedProperty), allowed: 'no such field' }
    case 'required':
      return { kind: 'missing', key: String(params.missingProperty), allowed: 'no absence of it' }
    case 'dependentRequired':
      return { kind: 'missing', key: String(params.missingProperty), allowed: 'no absence of it' }
    case 'type':
      if (isQuantity) return { kind: 'quantity', allowed: 'a quantity' }
      return { kind: 'type', allowed: typeNames(params.type) }
    case 'format':
      if (params.format === 'quantity') return { kind: 'quantity', allowed: 'a quantity' }
      return value(`allows only the format ${params.format}`)
    case 'enum':
      return value(`allows only ${list(params.allowedValues as readonly unknown[])}`)
    case 'const':
      return value(`allows only ${JSON.stringify(params.allowedValue)}`)
    case 'maximum':
    case 'minimum':
    case 'exclusiveMaximum':
    case 'exclusiveMinimum':
    case 'formatMaximum':
    case 'formatMinimum':
    case 'formatExclusiveMaximum':
    case 'formatExclusiveMinimum':
      return value(`${comparisons[String(params.comparison)] ?? ''} ${params.limit}`)
    case 'maxLength':
      return value(`allows at most ${params.limit} characters`)
    case 'minLength':
      return value(`asks for at least ${params.limit} characters`)
    case 'maxItems':
    case 'maxProperties':
      return value(`allows at most ${params.limit}`)
    case 'minItems':
    case 'minProperties':
      return value(`asks for at least ${params.limit}`)
    case 'uniqueItems':
      return value('allows no entry twice')
    case 'pattern':
      return value(`allows only what matches ${params.pattern}`)
    default:
      return value(`allows only what "${error.keyword}" asks for`)
  }
}

const comparisons: Readonly<Record<string, string>> = {
  '<=': 'allows at most',
  '>=': 'asks for at least',
  '<': 'allows only less than',
  '>': 'asks for more than',
}

const typeWords: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  object: 'a map',
  array: 'a list',
  null: 'nothing',
}

function typeNames(type: unknown): string {
  const types = (Array.isArray(type) ? type : String(type).split(',')).filter((t) => t !== 'null')
  return types.map((each) => typeWords[String(each)] ?? String(each)).join(' or ')
}

function list(values: readonly unknown[]): string {
  return values
    .filter((value) => value !== null)
    .map((value) => JSON.stringify(value))
    .join(', ')
}
