import { originsOf } from '../explain/blame.ts'
import { type Explainer, explainTarget } from '../explain/explain.ts'
import type { Location } from '../source/source.ts'
import type { Exhibit, Spot } from './exhibit.ts'

/** Who had a say in a field of a manifest. */
export interface Blame {
  /** The data that decided, the most telling first; then the line of the template. */
  readonly origins: readonly [Location, ...Location[]]
  /** Where the template writes the field's key, if it does. */
  readonly keyAt: Location | undefined
}

/** Finds who wrote what stands in manifests; remembers the target asked about last. */
export function makeBlame(): (spot: Spot) => Blame {
  let last: { exhibit: Exhibit; explainer: Explainer } | undefined
  return ({ exhibit, file, pointer }) => {
    if (last?.exhibit !== exhibit) {
      last = { exhibit, explainer: explainTarget(exhibit.target, exhibit.plan) }
    }
    return blameIn(last.explainer, exhibit, file, pointer)
  }
}

function blameIn(explainer: Explainer, exhibit: Exhibit, file: string, pointer: string): Blame {
  // Of a manifest as a whole the kind says most; of what is not there, what should hold it.
  const parents = pointer === '' ? ['/kind', ''] : [...ancestors(pointer), '/kind']
  for (const at of parents) {
    const explanation = explainer.explain(file, at)
    const [first, ...others] = explanation ? originsOf(explanation) : []
    if (!explanation || !first) continue
    const { keyAt, value } = explanation
    const isStructure = typeof value === 'object' && value !== null && others.length === 0
    return { origins: [isStructure ? (keyAt ?? first) : first, ...others], keyAt }
  }
  return { origins: [exhibit.target.at], keyAt: undefined }
}

/** A pointer and those above it, but for the empty one. */
function ancestors(pointer: string): string[] {
  const found: string[] = []
  for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) found.push(at)
  return found
}
