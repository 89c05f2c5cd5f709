import { isList, isMap, type Value } from '../document/node.ts'
import { matches } from '../expression/string-functions.ts'
import type { Constraint } from './data.ts'

type Demand = (constraint: Constraint, value: Value) => string | undefined

/**
 * What a value fails to meet, as a part of a sentence: "must be at least 1". Undefined if it meets
 * all, or if the constraint is for values of another type.
 */
export const unmet: Demand = (constraint, value) => {
  for (const demand of demands) {
    const missed = demand(constraint, value)
    if (missed !== undefined) return missed
  }
  return undefined
}

const ofType: Demand = ({ type }, value) => {
  if (type === undefined || types[type]?.(value) !== false) return undefined
  return `must be of type ${type}`
}

const types: Readonly<Record<string, (value: Value) => boolean>> = {
  string: (value) => typeof value === 'string',
  integer: (value) => Number.isInteger(value),
  number: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  array: isList,
  object: isMap,
}

const ofEnum: Demand = ({ enum: values }, value) => {
  if (!values || values.some((each) => isSame(each, value))) return undefined
  const some = values.map((each) => JSON.stringify(each)).slice(0, 12)
  const all = values.length > some.length ? [...some, '…'] : some
  return `must be ${all.length > 1 ? 'one of ' : ''}${all.join(', ')}`
}

function isSame(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || one === null) return one === other
  return JSON.stringify(one) === JSON.stringify(other)
}

const ofText: Demand = ({ pattern, minLength = 0, maxLength }, value) => {
  if (typeof value !== 'string') return undefined
  const length = minLength > 0 || maxLength !== undefined ? [...value].length : 0
  if (length < minLength) return `must have at least ${count(minLength, 'character')}`
  if (maxLength !== undefined && length > maxLength) {
    return `must have at most ${count(maxLength, 'character')}`
  }
  if (pattern === undefined || matches(value, pattern)) return undefined
  return `must match ${pattern}`
}

const ofNumber: Demand = (constraint, value) => {
  if (typeof value !== 'number') return undefined
  const { minimum = -Infinity, maximum = Infinity, multipleOf } = constraint
  const { exclusiveMinimum, exclusiveMaximum } = constraint
  if (exclusiveMinimum ? value <= minimum : value < minimum) {
    return `must be ${exclusiveMinimum ? 'more than' : 'at least'} ${minimum}`
  }
  if (exclusiveMaximum ? value >= maximum : value > maximum) {
    return `must be ${exclusiveMaximum ? 'less than' : 'at most'} ${maximum}`
  }
  if (multipleOf === undefined || Number.isInteger(value / multipleOf)) return undefined
  return `must be a multiple of ${multipleOf}`
}

const ofList: Demand = ({ minItems = 0, maxItems = Infinity, uniqueItems, items }, value) => {
  if (!isList(value)) return undefined
  if (value.length < minItems) return `must have at least ${count(minItems, 'item')}`
  if (value.length > maxItems) return `must have at most ${count(maxItems, 'item')}`
  if (uniqueItems && new Set(value.map((each) => JSON.stringify(each))).size < value.length) {
    return 'must not have the same item twice'
  }
  const missed = items && value.map((item) => unmet(items, item)).find((each) => each !== undefined)
  return missed === undefined ? undefined : `must have only items of which each ${missed}`
}

const ofMap: Demand = (constraint, value) => {
  if (!isMap(value)) return undefined
  const { minProperties = 0, maxProperties = Infinity, required = [], properties = {} } = constraint
  const { length } = Object.keys(value)
  if (length < minProperties) return `must have at least ${count(minProperties, 'field')}`
  if (length > maxProperties) return `must have at most ${count(maxProperties, 'field')}`
  const missing = required.find((key) => !Object.hasOwn(value, key))
  if (missing !== undefined) return `must have "${missing}"`
  for (const [key, demand] of Object.entries(properties)) {
    const of = Object.hasOwn(value, key) ? (value[key] ?? null) : null
    const missed = of === null ? undefined : unmet(demand, of)
    if (missed !== undefined) return `must have a "${key}" that ${missed}`
  }
  return undefined
}

const ofBranches: Demand = ({ allOf = [], anyOf, oneOf, not }, value) => {
  for (const branch of allOf) {
    const missed = unmet(branch, value)
    if (missed !== undefined) return missed
  }
  for (const branches of [anyOf, oneOf]) {
    const missed = branches?.map((branch) => unmet(branch, value)) ?? []
    const met = missed.filter((each) => each === undefined).length
    if (branches === oneOf && met > 1) return 'must fit one of its alternatives, not several'
    if (met === 0 && missed.length > 0) return [...new Set(missed)].join(', or ')
  }
  return not && unmet(not, value) === undefined ? 'must not be what its schema excludes' : undefined
}

const demands = [ofType, ofEnum, ofText, ofNumber, ofList, ofMap, ofBranches]

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
