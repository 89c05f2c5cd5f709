import type { Location } from '../source/source.ts'

/** A value read from YAML, with the place it was read from. */
export type Node = ScalarNode | MapNode | ListNode

export interface ScalarNode {
  readonly kind: 'scalar'
  readonly value: string | number | boolean | null
  readonly at: Location
  /** The value as its author wrote it: for `1.10` the text is "1.10" while the value is 1.1. */
  readonly text: string
  /** Whether it was written without quotes. */
  readonly plain: boolean
}

export interface MapNode {
  readonly kind: 'map'
  readonly entries: ReadonlyMap<string, Entry>
  readonly at: Location
}

export interface Entry {
  readonly key: string
  readonly keyAt: Location
  readonly value: Node
}

export interface ListNode {
  readonly kind: 'list'
  readonly items: readonly Node[]
  readonly at: Location
}

/** What a node means, without places: what JSON can say. */
export type Value = string | number | boolean | null | readonly Value[] | ValueMap
export interface ValueMap {
  readonly [key: string]: Value
}

/** The plain value of a node. Keys are safe: the loader lets none through that reach a prototype. */
export function toValue(node: Node): Value {
  if (node.kind === 'scalar') return node.value
  if (node.kind === 'list') return node.items.map(toValue)
  const map: Record<string, Value> = {}
  for (const [key, entry] of node.entries) map[key] = toValue(entry.value)
  return map
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value)
}

export function isMap(value: Value | undefined): value is ValueMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
