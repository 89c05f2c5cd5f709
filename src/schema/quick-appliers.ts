import { isList, isMap, type Value, type ValueMap } from '../document/node.ts'
import { type Fits, type Keyword, patternOf, tableOf, unsure } from './quick-keyword.ts'

type Build = Parameters<Keyword>[2]

const table = tableOf<Keyword>({
  properties: (_, schema, build) => {
    const fields = fieldsOf(schema, build)
    return (value) => {
      if (!isMap(value)) return true
      for (const key in value) {
        const fits = fields.get(key)
        if (fits && !fits(value[key] as Value)) return false
      }
      return true
    }
  },
  patternProperties: (_, schema, build) => {
    const patterns = patternsOf(schema, build)
    return (value) => {
      const entries = isMap(value) ? Object.entries(value) : []
      return entries.every(([key, each]) => {
        return patterns.every(({ pattern, fits }) => !pattern.test(key) || fits(each))
      })
    }
  },
  additionalProperties: (additional, schema, build) => {
    const rest = build(additional)
    const named = new Set(Object.keys(isMap(schema.properties) ? schema.properties : {}))
    const patterns = patternsOf(schema, build)
    return (value) => {
      if (!isMap(value)) return true
      for (const key in value) {
        if (named.has(key) || patterns.some(({ pattern }) => pattern.test(key))) continue
        if (!rest(value[key] as Value)) return false
      }
      return true
    }
  },
  propertyNames: (names, _, build) => {
    const fits = build(names)
    return (value) => !isMap(value) || Object.keys(value).every(fits)
  },
  items: (items, _, build) => {
    const fits = build(items)
    return (value) => !isList(value) || value.every((item) => fits(item))
  },

  not: (schema, _, build) => {
    const fits = build(schema)
    return (value) => !fits(value)
  },
  allOf: (schemas, _, build) => {
    const checks = several(schemas, build)
    return (value) => checks.every((fits) => fits(value))
  },
  anyOf: (schemas, _, build) => {
    const checks = several(schemas, build)
    return (value) => checks.some((fits) => fits(value))
  },
  oneOf: (schemas, _, build) => {
    const checks = several(schemas, build)
    return (value) => checks.filter((fits) => fits(value)).length === 1
  },
  if: (condition, schema, build) => {
    const isSo = build(condition)
    const then = schema.then === undefined ? always : build(schema.then)
    const otherwise = schema.else === undefined ? always : build(schema.else)
    // Without either the package calls it a mistake.
    if (then === always && otherwise === always) throw unsure
    return (value) => (isSo(value) ? then(value) : otherwise(value))
  },
})

/** The keywords that apply schemas to a value, or to what is in it. */
export const appliers: ReadonlyMap<string, Keyword> = new Map([
  ...table,
  ['then', besideIf],
  ['else', besideIf],
])

function always(): boolean {
  return true
}

/** Applied by the `if` it belongs to. */
function besideIf(_: Value, schema: ValueMap): Fits {
  if (schema.if === undefined) throw unsure
  return always
}

function fieldsOf({ properties, patternProperties }: ValueMap, build: Build): Map<string, Fits> {
  // The package refuses a field that both describe.
  if (!isMap(properties) || patternProperties !== undefined) throw unsure
  return new Map(Object.entries(properties).map(([key, each]) => [key, build(each)]))
}

function patternsOf({ patternProperties }: ValueMap, build: Build) {
  if (patternProperties === undefined) return []
  if (!isMap(patternProperties)) throw unsure
  return Object.entries(patternProperties).map(([text, each]) => {
    return { pattern: patternOf(text), fits: build(each) }
  })
}

function several(schemas: Value, build: Build): Fits[] {
  if (!isList(schemas) || schemas.length === 0) throw unsure
  return schemas.map(build)
}
