import type { Note } from '../diagnostics/diagnostic.ts'
import { originsOf } from '../explain/blame.ts'
import { type Explainer, explainTarget } from '../explain/explain.ts'
import type { Location } from '../source/source.ts'
import type { Exhibit, Spot } from './exhibit.ts'

/** Who is answerable for a field of a manifest. */
export interface Blame {
  /** The line that can be edited to mend it. */
  readonly at: Location
  /** Where else it was decided. */
  readonly notes: readonly Note[]
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
  // Of a manifest as a whole the kind says most.
  for (let at = pointer || '/kind'; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const explanation = explainer.explain(file, at)
    if (explanation) return toBlame(originsOf(explanation), explanation.keyAt)
  }
  return pointer === '' || pointer === '/kind'
    ? { at: exhibit.target.at, notes: [] }
    : blameIn(explainer, exhibit, file, '')
}

/** Data come first: where a datum decided, the template that reads it is only the other party. */
function toBlame(origins: readonly Location[], keyAt: Location | undefined): Blame {
  const [first, ...others] = origins
  if (!first) throw new Error('a field without an origin')
  if (others.length === 0) return { at: keyAt ?? first, notes: [] }
  const last = others.length - 1
  const notes = others.map((at, index) => {
    return { message: index === last ? 'the template writes it here' : 'this has a say in it', at }
  })
  return { at: first, notes }
}
