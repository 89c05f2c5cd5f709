import type { Node, ScalarNode } from '../document/node.ts'
import type { Location } from '../source/source.ts'
import type { KeyedItems } from './merge-types.ts'

/** A manifest template as merged so far: each node where it was written, with what it displaced. */
export type Template = TemplateScalar | TemplateMap | TemplateList

interface History {
  readonly at: Location
  /** What lower layers said here, the one displaced last first. */
  readonly overridden: readonly Node[]
}

export interface TemplateScalar extends History {
  readonly kind: 'scalar'
  readonly value: ScalarNode['value']
}

export interface TemplateMap extends History {
  readonly kind: 'map'
  readonly entries: ReadonlyMap<string, TemplateEntry>
  /** What a higher layer took away, and where it did so. */
  readonly removed: ReadonlyMap<string, Removal>
}

export interface TemplateEntry {
  readonly keyAt: Location
  readonly value: Template
}

export interface TemplateList extends History {
  readonly kind: 'list'
  readonly items: readonly Template[]
  /** The fields that tell the items apart, for a list that merges by key. */
  readonly keys: KeyedItems['keys']
  readonly removed: readonly Removal[]
}

export interface Removal {
  readonly by: Location
  readonly was: Template
}

/** A template node as the source node it was written as, to be remembered when it is displaced. */
export function displaced(template: Template): readonly Node[] {
  return [asNode(template), ...template.overridden]
}

function asNode(template: Template): Node {
  const { at } = template
  if (template.kind === 'scalar') {
    const text = at.source.text.slice(at.start, at.end)
    return { kind: 'scalar', value: template.value, at, text, plain: !/^['"]/.test(text) }
  }
  if (template.kind === 'list') return { kind: 'list', items: template.items.map(asNode), at }
  const entries = [...template.entries].map(
    ([key, entry]) => [key, { key, keyAt: entry.keyAt, value: asNode(entry.value) }] as const,
  )
  return { kind: 'map', entries: new Map(entries), at }
}
