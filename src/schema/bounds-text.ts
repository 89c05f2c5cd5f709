import { isList, isMap, type Value, type ValueMap } from '../document/node.ts'
import { type Condition, type ConditionalBounds, fieldsRead } from './editor-limits.ts'

/**
 * What bounds say of each field, in words: path of the field, joined by dots → "50m to 8 with
 * runtime container or system; otherwise 500m to 8".
 */
export function textsOfBounds(bounds: readonly ConditionalBounds[]): ReadonlyMap<string, string> {
  const found = new Map<string, { text: string; when: string }[]>()
  for (const { conditions, properties } of bounds) {
    const when = conditions.map(conditionText).join(' and ')
    for (const [path, text] of fieldTexts(properties)) {
      found.set(path, [...(found.get(path) ?? []), { text, when }])
    }
  }
  return new Map([...found].map(([path, parts]) => [path, sentence(parts)]))
}

function sentence(parts: readonly { text: string; when: string }[]): string {
  const isOne = new Set(parts.map(({ text }) => text)).size === 1
  const [first] = parts
  // The same in either case: then the case does not matter.
  if (first && isOne && parts.some(({ when }) => when === otherwise)) return first.text
  return parts
    .map(({ text, when }) => (when === otherwise ? `${when} ${text}` : `${text} ${when}`).trim())
    .join('; ')
}

function fieldTexts(properties: ValueMap): [string, string][] {
  return Object.entries(properties).flatMap(([name, schema]): [string, string][] => {
    if (!isMap(schema)) return schema === false ? [[name, 'not allowed']] : []
    const own = boundText(schema)
    const below = isMap(schema.properties) ? fieldTexts(schema.properties) : []
    return [
      ...(own === '' ? [] : [[name, own] as [string, string]]),
      ...below.map(([path, text]): [string, string] => [`${name}.${path}`, text]),
    ]
  })
}

/** "2 to 50", "at least 512Mi (the heap needs it)"; empty where there is nothing to say. */
function boundText(schema: ValueMap): string {
  const { message } = schema
  const bounds = [...range(schema), ...choice(schema)].join(', ')
  const advice = schema.severity === 'warning' && bounds !== '' ? `better ${bounds}` : bounds
  if (typeof message !== 'string') return advice
  return advice === '' ? message : `${advice} (${message})`
}

function range(schema: ValueMap): string[] {
  const { least, most, above, below } = {
    least: schema.formatMinimum ?? schema.minimum,
    most: schema.formatMaximum ?? schema.maximum,
    above: schema.formatExclusiveMinimum ?? schema.exclusiveMinimum,
    below: schema.formatExclusiveMaximum ?? schema.exclusiveMaximum,
  }
  if (least !== undefined && most !== undefined) return [`${least} to ${most}`]
  return [
    ...(least === undefined ? [] : [`at least ${least}`]),
    ...(most === undefined ? [] : [`at most ${most}`]),
    ...(above === undefined ? [] : [`more than ${above}`]),
    ...(below === undefined ? [] : [`less than ${below}`]),
  ]
}

function choice(schema: ValueMap): string[] {
  if (schema.const !== undefined) return [`only ${written(schema.const)}`]
  return isList(schema.enum) ? [`only ${alternatives(schema.enum)}`] : []
}

const otherwise = 'otherwise'

function conditionText({ schema, holds }: Condition): string {
  if (!holds) return otherwise
  const properties =
    isMap(schema) && isMap(schema.properties) ? Object.entries(schema.properties) : []
  const said = properties.flatMap(([name, each]) => {
    if (!isMap(each)) return []
    if (each.const !== undefined) return [`${name} ${written(each.const)}`]
    if (isList(each.enum)) return [`${name} ${alternatives(each.enum)}`]
    return typeof each.pattern === 'string' ? [`${name} like ${each.pattern}`] : []
  })
  const fields = fieldsRead(schema)
  return said.length === fields.length
    ? `with ${said.join(' and ')}`
    : `depending on ${fields.join(' and ')}`
}

function alternatives(values: readonly Value[]): string {
  return values.map(written).join(' or ')
}

function written(value: Value): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
