import { expect, test } from 'vitest'
import type { ValueMap } from '../../src/document/node.ts'
import { uniqueFields } from '../../src/schema/unique-fields.ts'

function pathsOf(schema: ValueMap): string[] {
  return uniqueFields(schema).map(({ path, within }) => `${path.join('.')} in ${within}`)
}

test('fields, items and the values of maps are found', () => {
  const schema = {
    properties: {
      name: { unique: 'fleet' },
      domains: { items: { unique: 'region' } },
      ports: { additionalProperties: { properties: { node: { unique: 'cluster' } } } },
    },
  }
  expect(pathsOf(schema)).toEqual([
    'name in fleet',
    'domains.* in region',
    'ports.*.node in cluster',
  ])
})

test('definitions and alternatives are followed', () => {
  const schema = {
    properties: { a: { $ref: '#/$defs/host' }, b: { anyOf: [{ $ref: '#/$defs/host' }, {}] } },
    $defs: { host: { unique: 'environment', format: 'hostname' } },
  }
  expect(pathsOf(schema)).toEqual(['a in environment', 'b in environment'])
  expect(uniqueFields(schema).every(({ isHost }) => isHost)).toBe(true)
})

test('a schema that refers to itself comes to an end', () => {
  const schema = {
    properties: { tree: { $ref: '#/$defs/tree' } },
    $defs: {
      tree: { properties: { host: { unique: 'fleet' }, below: { $ref: '#/$defs/tree' } } },
    },
  }
  expect(pathsOf(schema)).toContain('tree.host in fleet')
})
