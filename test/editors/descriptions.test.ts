import { describe, expect, test } from 'vitest'
import { isList, isMap, type Value } from '../../src/document/node.ts'
import { derivedSchemas } from '../../src/model/derived-files.ts'
import { compilation } from '../fleet/fleet.ts'

const schemas = compilation.ground ? [...derivedSchemas(compilation.ground)] : []

describe('an editor has words for every field', () => {
  test.each(schemas)('of %s', (_, text) => {
    const fields = fieldsOf(JSON.parse(text) as Value, '')
    expect(fields.length).toBeGreaterThan(4)
    expect(fields.filter(({ described }) => !described).map(({ path }) => path)).toEqual([])
  })

  test('of four kinds of files', () => {
    expect(schemas).toHaveLength(4)
  })
})

interface Field {
  readonly path: string
  readonly described: boolean
}

/** Every field that a schema names, however deep. */
function fieldsOf(schema: Value, path: string): Field[] {
  if (isList(schema)) return schema.flatMap((each, index) => fieldsOf(each, `${path}/${index}`))
  if (!isMap(schema)) return []
  const properties = isMap(schema.properties) ? Object.entries(schema.properties) : []
  const own = properties.map(([name, field]) => {
    const text = isMap(field) ? field.description : undefined
    return { path: `${path}/${name}`, described: typeof text === 'string' && text !== '' }
  })
  const conditions = new Set(['if', 'not', 'enum', 'const', 'examples', 'default'])
  const below = Object.entries(schema).filter(([key]) => !conditions.has(key))
  return [...own, ...below.flatMap(([key, each]) => fieldsOf(each, `${path}/${key}`))]
}
