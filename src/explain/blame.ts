import { loadDocument } from '../document/load.ts'
import type { Node } from '../document/node.ts'
import { escapePart } from '../document/pointer.ts'
import { locateIn } from '../model/locate.ts'
import { type Location, positionOf } from '../source/source.ts'
import type { Explainer } from './explain.ts'
import type { BlameLine, Explanation, Reading } from './explanation.ts'

/** A rendered manifest line by line, with the origin of each. */
export function blame(file: string, text: string, explainer: Explainer): BlameLine[] {
  return linesToBlame(file, text, explainer).map((line, index) => {
    return { number: index + 1, text: line.text, pointer: line.pointer(), origins: line.origins() }
  })
}

/** A line of which it is found out only when asked which field it is and where that is from. */
export interface LineToBlame {
  readonly text: string
  readonly pointer: () => string | undefined
  readonly origins: () => readonly Location[]
}

/**
 * A rendered manifest line by line. The text is read back with places, so that the printer need not
 * know about pointers.
 */
export function linesToBlame(file: string, text: string, explainer: Explainer): LineToBlame[] {
  const lines = text.endsWith('\n') ? text.slice(0, -1).split('\n') : text.split('\n')
  let known: readonly (string | undefined)[] | undefined
  const pointerAt = (index: number) => {
    known ??= pointersOf(lines, pointersByLine(text))
    return known[index]
  }
  return lines.map((line, index) => ({
    text: line,
    pointer: () => pointerAt(index),
    origins: () => {
      const pointer = pointerAt(index)
      const explanation = pointer === undefined ? undefined : explainer.explain(file, pointer)
      return explanation ? originsOf(explanation) : []
    },
  }))
}

/** The pointer of each line: the further lines of a literal block belong to the key above them. */
function pointersOf(
  lines: readonly string[],
  pointers: ReadonlyMap<number, string>,
): (string | undefined)[] {
  let last: string | undefined
  return lines.map((_, index) => {
    last = pointers.get(index + 1) ?? last
    return last
  })
}

/** The pointer of the innermost field that begins on each line of a YAML text. */
export function pointersByLine(text: string): ReadonlyMap<number, string> {
  const { root, source } = loadDocument('', new TextEncoder().encode(text), () => {})
  const pointers = new Map<number, string>()
  if (root) visit(root, '')
  return pointers

  function visit(node: Node, pointer: string): void {
    if (node.kind === 'map') {
      for (const { key, keyAt, value } of node.entries.values()) {
        const own = `${pointer}/${escapePart(key)}`
        pointers.set(positionOf(source, keyAt.start).line, own)
        visit(value, own)
      }
    }
    if (node.kind === 'list') {
      for (const [index, item] of node.items.entries()) {
        const own = `${pointer}/${index}`
        pointers.set(positionOf(source, item.at.start).line, own)
        visit(item, own)
      }
    }
  }
}

/**
 * The places that decided a field: the data its expressions read, then the template. A datum that
 * is the field's value comes first, before those that merely had an influence.
 */
export function originsOf(explanation: Explanation): Location[] {
  const { reads, within, value, at } = explanation
  const data = reads.flatMap((reading) => decisive(reading, within))
  const [same, others] = [data.filter(isValue), data.filter((node) => !isValue(node))]
  return [...same, ...others].map((node) => node.at).concat(at)

  function isValue(node: Pick<Node, 'at'>): boolean {
    return 'value' in node && String(node.value) === String(value)
  }
}

function decisive(reading: Reading, within: readonly string[]): Pick<Node, 'at'>[] {
  const inForce = reading.steps.at(-1)
  if (inForce) return [locateIn(inForce.node, within)?.node ?? inForce]
  const below = reading.reads.flatMap((each) => decisive(each, within))
  if (below.length > 0) return below
  return reading.definedAt ? [{ at: reading.definedAt }] : []
}
