import type { MapNode, Node } from '../document/node.ts'
import type { Source } from '../source/source.ts'
import { customaryQuote } from './scalar-text.ts'
import { countUses, type Uses } from './sharing.ts'
import { type Style, styleOf } from './style.ts'
import type { Manner } from './value-text.ts'

/** A file that is being edited. */
export interface Sheet {
  readonly source: Source
  readonly text: string
  readonly root: Node | undefined
  readonly uses: Uses
  readonly style: Style
}

export function sheetOf(source: Source, root: Node | undefined): Sheet {
  const { text } = source
  const uses = root ? countUses(root) : new Map<Node, number>()
  return { source, text, root, uses, style: styleOf(text, root) }
}

/** How values are written in a map of a file. */
export function mannerIn(map: MapNode | undefined, { style }: Sheet): Manner {
  const siblings = map ? [...map.entries.values()].map(({ value }) => value) : []
  return { style, quote: customaryQuote(siblings) }
}
