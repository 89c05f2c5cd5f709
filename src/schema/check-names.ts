import type { Report } from '../diagnostics/diagnostic.ts'
import { suggest } from '../diagnostics/suggest.ts'
import type { Node } from '../document/node.ts'
import type { Location } from '../source/source.ts'
import { fieldNames, type Schema, schemaOfField, schemaOfItems } from './schema.ts'

/** Keywords whose schemas are about the same value as the schema they stand in. */
const sameValue = ['if', 'then', 'else', 'not', 'allOf', 'anyOf', 'oneOf']

/**
 * Reports the fields that limits speak of and the data cannot have: JSON Schema would take a
 * misspelt limit for one that is always met.
 */
export function checkNames(limits: Node, data: Schema, report: Report): void {
  visit(limits, data)

  function visit(node: Node | undefined, schema: Schema | undefined): void {
    if (node?.kind === 'list') for (const item of node.items) visit(item, schema)
    if (node?.kind !== 'map' || schema === undefined) return
    const unique = node.entries.get('unique')
    if (unique) {
      const help = 'write it into schemas/user.schema.json or schemas/pipeline.schema.json'
      const message = '"unique" says nothing in limits'
      report({ id: 'bad-schema', message, at: unique.keyAt, help })
    }
    for (const keyword of sameValue) visit(node.entries.get(keyword)?.value, schema)
    visit(node.entries.get('items')?.value, schemaOfItems(schema, data))
    const properties = node.entries.get('properties')?.value
    if (properties?.kind === 'map') {
      for (const { key, keyAt, value } of properties.entries.values()) {
        check(key, keyAt, schema)
        visit(value, schemaOfField(schema, key, data))
      }
    }
    const required = node.entries.get('required')?.value
    for (const item of required?.kind === 'list' ? required.items : []) {
      if (item.kind === 'scalar') check(String(item.value), item.at, schema)
    }
  }

  function check(name: string, at: Location, schema: Schema): void {
    const known = fieldNames(schema)
    if (!known || known.includes(name)) return
    const meant = suggest(name, known)
    const hint = meant === undefined ? '' : `; did you mean "${meant}"?`
    const message = `a limit on "${name}", which is no field of the data${hint}`
    report({ id: 'unknown-field', message, at, help: `the fields there are: ${known.join(', ')}` })
  }
}
