import type { Node } from '../document/node.ts'
import type { Location } from '../source/source.ts'
import type { Layer } from './layer.ts'

/** Where the platform team decides something, and which user data it goes by. */
export interface Decision {
  readonly at: Location
  /** Fields of user data, as far as they stand in the expressions below. */
  readonly reads: readonly string[]
}

/**
 * The place in some layers, lowest first, that decides what is called so: a value, else the field
 * of a manifest that lies least deep, else a variable.
 */
export function findDecision(key: string, layers: readonly Layer[]): Decision | undefined {
  const values = layers.flatMap(({ policy }) => policy.values?.node ?? [])
  const templates = layers.flatMap(({ all, templates }) => [
    ...(all ? [all] : []),
    ...templates.values(),
  ])
  const variables = layers.flatMap(({ policy }) => policy.variables ?? [])
  // In the lists of values each item has a name and a type of its own.
  return (
    shallowest(key, values, fieldsOf) ?? shallowest(key, templates) ?? shallowest(key, variables)
  )
}

/** Level by level, so that `metadata.name` comes before the name of a container. */
function shallowest(
  key: string,
  roots: readonly Node[],
  below: (node: Node) => readonly Node[] = partsOf,
): Decision | undefined {
  let level = roots
  while (level.length > 0) {
    for (const node of level) {
      const entry = node.kind === 'map' ? node.entries.get(key) : undefined
      if (entry) return { at: entry.keyAt, reads: [...new Set(readsOf(entry.value))] }
    }
    level = level.flatMap(below)
  }
  return undefined
}

function partsOf(node: Node): readonly Node[] {
  return node.kind === 'list' ? node.items : fieldsOf(node)
}

function fieldsOf(node: Node): readonly Node[] {
  return node.kind === 'map' ? [...node.entries.values()].map(({ value }) => value) : []
}

function readsOf(node: Node): string[] {
  if (node.kind !== 'scalar') return partsOf(node).flatMap(readsOf)
  if (typeof node.value !== 'string' || !node.value.includes('${')) return []
  return [...node.value.matchAll(/\buser\.\??(\w+)/g)].map(([, field = '']) => field)
}
