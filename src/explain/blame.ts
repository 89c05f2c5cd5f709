import type { Node, ValueMap } from '../document/node.ts'
import { locateIn } from '../model/locate.ts'
import { pointersOfLines } from '../print/lines.ts'
import type { Location } from '../source/source.ts'
import type { Explainer } from './explain.ts'
import type { BlameLine, Explanation, Reading } from './explanation.ts'

/** A rendered manifest line by line, with the origin of each; `text` is what was printed of it. */
export function blame(file: string, text: string, explainer: Explainer): BlameLine[] {
  return linesToBlame(file, text, explainer).map((line, index) => {
    return { number: index + 1, text: line.text, pointer: line.pointer, origins: line.origins() }
  })
}

/** A line of which it is found out only when asked where it is from. */
export interface LineToBlame {
  readonly text: string
  readonly pointer: string | undefined
  readonly origins: () => readonly Location[]
}

/** A rendered manifest line by line; `text` is what was printed of it. */
export function linesToBlame(file: string, text: string, explainer: Explainer): LineToBlame[] {
  const lines = text.endsWith('\n') ? text.slice(0, -1).split('\n') : text.split('\n')
  const pointers = pointersByLine(explainer.manifest(file), lines.length)
  return lines.map((line, index) => {
    const pointer = pointers[index]
    const origins = () => {
      const explanation = pointer === undefined ? undefined : explainer.explain(file, pointer)
      return explanation ? originsOf(explanation) : []
    }
    return { text: line, pointer, origins }
  })
}

/** The pointer of each line of a manifest's text; undefined in its header. */
export function pointersByLine(
  manifest: ValueMap | undefined,
  lineCount: number,
): readonly (string | undefined)[] {
  const pointers = manifest ? pointersOfLines(manifest) : []
  return [...Array<undefined>(Math.max(0, lineCount - pointers.length)), ...pointers]
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
