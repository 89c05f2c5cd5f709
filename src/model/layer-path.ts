import type { Report } from '../diagnostics/diagnostic.ts'
import { suggest } from '../diagnostics/suggest.ts'
import type { Node } from '../document/node.ts'
import { fieldNames, type Schema, schemaOfField } from '../schema/schema.ts'
import type { Location } from '../source/source.ts'

/** One line of `layers` in fleet.yaml: a folder under policies/, with data in its name. */
export interface LayerPath {
  readonly at: Location
  /** As written, without the question mark. */
  readonly pattern: string
  /** Whether the folder may be missing. */
  readonly optional: boolean
  readonly parts: readonly (string | PathSlot)[]
}

/** A `${user.runtime}` in a layer's path. */
export interface PathSlot {
  readonly scope: 'user' | 'target'
  readonly path: readonly string[]
}

const slot = /\$\{(user|target)((?:\.[A-Za-z][A-Za-z0-9_]*)+)\}/g

/** Reads a layer path; undefined, with the reason reported, if it is not one. */
export function readLayerPath(node: Node, report: Report): LayerPath | undefined {
  const written = node.kind === 'scalar' ? String(node.value) : ''
  const optional = written.endsWith('?')
  const pattern = optional ? written.slice(0, -1) : written
  const parts: (string | PathSlot)[] = []
  let end = 0
  for (const match of pattern.matchAll(slot)) {
    if (match.index > end) parts.push(pattern.slice(end, match.index))
    const path = (match[2] ?? '').slice(1).split('.')
    parts.push({ scope: match[1] as PathSlot['scope'], path })
    end = match.index + match[0].length
  }
  if (end < pattern.length) parts.push(pattern.slice(end))

  const fixed = parts.filter((part) => typeof part === 'string').join('x')
  const tidy = /^[A-Za-z0-9][A-Za-z0-9._/-]*$/.test(`x${fixed}`) && !/\.\.|\/\/|\/$/.test(pattern)
  if (tidy && !pattern.startsWith('/')) return { at: node.at, pattern, optional, parts }
  report({
    id: 'bad-layer',
    message: `"${written}" is no path of a layer`,
    at: node.at,
    help: 'write a folder under policies/, with ${user.…} or ${target.…} for what differs: runtime/${user.runtime}',
  })
  return undefined
}

/** What a path may read of a target. */
const targetFields: Schema = {
  properties: {
    ...{ id: {}, project: {}, environment: {}, region: {}, cluster: {}, protected: {} },
    kubernetes: { properties: { version: {}, minor: {} } },
  },
}

/** Reports the slots of layer paths that no target can fill, because there is no such field. */
export function checkLayerPaths(paths: readonly LayerPath[], user: Schema, report: Report): void {
  for (const { at, parts } of paths) {
    for (const part of parts) {
      if (typeof part === 'string') continue
      const { scope, path } = part
      const known = unknownField(path, scope === 'user' ? user : targetFields)
      if (!known) continue
      const { name, fields } = known
      const meant = suggest(name, fields)
      const hint = meant === undefined ? '' : `; did you mean "${meant}"?`
      const owner = [scope, ...path.slice(0, path.indexOf(name))].join('.')
      const message = `${owner} has no field "${name}"${hint}`
      report({ id: 'bad-layer', message, at, help: `the fields there are: ${fields.join(', ')}` })
    }
  }
}

/** The first name on a path that a schema does not know, with those that it does. */
function unknownField(
  path: readonly string[],
  root: Schema,
): { name: string; fields: readonly string[] } | undefined {
  let schema: Schema | undefined = root
  for (const name of path) {
    const fields = fieldNames(schema)
    if (!schema || !fields) return undefined
    if (!fields.includes(name)) return { name, fields }
    schema = schemaOfField(schema, name, root)
  }
  return undefined
}

/** A regular expression that matches every folder the path can choose. */
export function matcherOf(path: LayerPath): RegExp {
  const parts = path.parts.map((part) => (typeof part === 'string' ? escapePattern(part) : '[^/]+'))
  return new RegExp(`^${parts.join('')}$`)
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
