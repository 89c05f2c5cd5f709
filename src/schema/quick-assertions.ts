import { fullFormats } from 'ajv-formats/dist/formats.js'
import { isList, isMap, type Value } from '../document/node.ts'
import { isSame } from '../document/same.ts'
import { isQuantity, parseQuantity } from '../quantity/quantity.ts'
import { type Fits, type Keyword, patternOf, tableOf, unsure } from './quick-keyword.ts'

/** The keywords that say something of a value as such. */
export const assertions = tableOf<Keyword>({
  type: (types) => {
    const checks = (isList(types) ? types : [types]).map((type) => typeChecks.get(String(type)))
    const [only, ...others] = checks
    if (!only || new Set(checks).size < checks.length) throw unsure
    if (others.length === 0) return only
    return (value) => checks.some((is) => is?.(value))
  },
  const: (wanted) => (value) => isSame(value, wanted),
  enum: (choices) => {
    if (!isList(choices) || choices.length === 0) throw unsure
    return (value) => choices.some((each) => isSame(value, each))
  },

  pattern: (text) => {
    const pattern = patternOf(text)
    return ofText((value) => pattern.test(value))
  },
  minLength: (least) => {
    const count = countOf(least)
    return ofText((text) => lengthOf(text) >= count)
  },
  maxLength: (most) => {
    const count = countOf(most)
    return ofText((text) => text.length <= count || lengthOf(text) <= count)
  },
  format: (name) => {
    const fits = typeof name === 'string' ? formatCheck(name) : undefined
    if (!fits) throw unsure
    return ofText(fits)
  },
  formatMinimum: bound((order) => order >= 0),
  formatMaximum: bound((order) => order <= 0),
  formatExclusiveMinimum: bound((order) => order > 0),
  formatExclusiveMaximum: bound((order) => order < 0),

  minimum: ofNumber((value, limit) => value >= limit),
  maximum: ofNumber((value, limit) => value <= limit),
  exclusiveMinimum: ofNumber((value, limit) => value > limit),
  exclusiveMaximum: ofNumber((value, limit) => value < limit),

  minItems: (least) => {
    const count = countOf(least)
    return (value) => !isList(value) || value.length >= count
  },
  maxItems: (most) => {
    const count = countOf(most)
    return (value) => !isList(value) || value.length <= count
  },
  uniqueItems: (isAsked) => {
    if (typeof isAsked !== 'boolean') throw unsure
    return (value) => !isAsked || !isList(value) || isWithoutTwins(value)
  },

  minProperties: (least) => {
    const count = countOf(least)
    return (value) => !isMap(value) || Object.keys(value).length >= count
  },
  maxProperties: (most) => {
    const count = countOf(most)
    return (value) => !isMap(value) || Object.keys(value).length <= count
  },
  required: (names) => {
    if (!isList(names) || !names.every(isText) || !isWithoutTwins(names)) throw unsure
    return (value) => !isMap(value) || names.every((name) => Object.hasOwn(value, name))
  },
})

const typeChecks = tableOf<Fits>({
  string: isText,
  number: (value) => typeof value === 'number' && Number.isFinite(value),
  integer: (value) => typeof value === 'number' && Number.isInteger(value),
  boolean: (value) => typeof value === 'boolean',
  null: (value) => value === null,
  array: isList,
  object: isMap,
})

function isText(value: Value): value is string {
  return typeof value === 'string'
}

function ofText(fits: (text: string) => boolean): Fits {
  return (value) => typeof value !== 'string' || fits(value)
}

function ofNumber(fits: (value: number, limit: number) => boolean): Keyword {
  return (limit) => {
    if (typeof limit !== 'number' || !Number.isFinite(limit)) throw unsure
    return (value) => typeof value !== 'number' || fits(value, limit)
  }
}

function bound(fits: (order: number) => boolean): Keyword {
  return (limit, schema) => {
    const edge = isText(limit) && schema.format === 'quantity' ? parseQuantity(limit) : undefined
    if (!edge) throw unsure
    return ofText((text) => {
      const quantity = parseQuantity(text)
      return quantity !== undefined && fits(quantity.compareTo(edge))
    })
  }
}

const formats = tableOf(fullFormats)

function formatCheck(name: string): ((text: string) => boolean) | undefined {
  if (name === 'quantity') return isQuantity
  const format = formats.get(name)
  if (format instanceof RegExp) return (text) => format.test(text)
  if (typeof format === 'function') return (text) => format(text) === true
  const isForTexts = typeof format === 'object' && !('type' in format)
  const { validate } = isForTexts ? format : {}
  return typeof validate === 'function' ? (text) => validate(text as never) === true : undefined
}

function countOf(value: Value): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value
  throw unsure
}

/** In characters, of which some are two units of a text. */
function lengthOf(text: string): number {
  let length = 0
  for (const _ of text) length++
  return length
}

function isWithoutTwins(items: readonly Value[]): boolean {
  const isPlain = items.every((item) => typeof item !== 'object' || item === null)
  if (isPlain) return new Set(items).size === items.length
  return items.every((item, index) => !items.slice(0, index).some((other) => isSame(item, other)))
}
