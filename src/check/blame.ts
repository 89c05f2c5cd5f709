import { pointerParts } from '../document/pointer.ts'
import { originsOf } from '../explain/blame.ts'
import { type Explainer, explainTarget } from '../explain/explain.ts'
import type { Target } from '../model/target.ts'
import type { Plan } from '../plan/plan.ts'
import type { Location } from '../source/source.ts'
import type { Exhibit, Line, Spot } from './exhibit.ts'

/** Who had a say in a field of a manifest. */
export interface Blame {
  /** The data that decided, the most telling first; then the line of the template. */
  readonly origins: readonly [Location, ...Location[]]
  /** Where the template writes the field's key, if it does. */
  readonly keyAt: Location | undefined
}

/**
 * Finds who wrote what stands in manifests. Remembers the target asked about last, and what it has
 * said of a spot: the first of many parties is named to all the others.
 */
export function makeBlame(): (at: Spot | Line) => Blame {
  const known = new WeakMap<Spot, Blame>()
  const ofPlans = new WeakMap<Plan, Map<string, Blame>>()
  let last: { exhibit: Exhibit; explainer: Explainer } | undefined
  return (at) => {
    if ('line' in at) return { origins: [at.line], keyAt: undefined }
    const blame = known.get(at) ?? find(at)
    known.set(at, blame)
    return blame
  }

  function find(spot: Spot): Blame {
    const { exhibit, file, pointer } = spot
    if (!isOfPlan(exhibit.plan, file, pointer)) return explain(spot)
    const ofPlan = ofPlans.get(exhibit.plan) ?? new Map<string, Blame>()
    ofPlans.set(exhibit.plan, ofPlan)
    const key = `${file} ${pointer}`
    const blame = ofPlan.get(key) ?? explain(spot)
    ofPlan.set(key, blame)
    return blame
  }

  function explain({ exhibit, file, pointer }: Spot): Blame {
    if (last?.exhibit !== exhibit) {
      last = { exhibit, explainer: explainTarget(exhibit.target, exhibit.plan, exhibit.manifests) }
    }
    return blameIn(last.explainer, exhibit, file, pointer)
  }
}

/**
 * Whether who is answerable for a field is the same for all targets of a plan, because no data of a
 * project come in: a mistake of a template would else be traced a thousand times.
 */
function isOfPlan({ manifests }: Plan, file: string, pointer: string): boolean {
  let node = manifests.find((manifest) => manifest.file === file)?.root
  for (const key of pointerParts(pointer)) {
    // What lies below a constant or an expression lies in its value.
    if (node?.kind !== 'map') break
    node = node.entries.find((entry) => entry.key === key)?.node
    if (node?.kind === 'map' && (node.condition || node.each)) return false
  }
  if (node?.kind !== 'text') return node?.kind === 'constant' || node?.kind === 'map'
  return node.text.parts.every((part) => {
    if (typeof part === 'string') return true
    return part.compiled.reads.every(([scope]) => scope === 'policy' || scope === 'target')
  })
}

function blameIn(explainer: Explainer, exhibit: Exhibit, file: string, pointer: string): Blame {
  // Of a manifest as a whole the kind says most; of what is not there, what should hold it.
  const parents = pointer === '' ? ['/kind', ''] : [...ancestors(pointer), '/kind']
  for (const at of parents) {
    const explanation = explainer.explain(file, at)
    const origins = explanation ? originsOf(explanation) : []
    const [first, ...others] = origins.filter((origin) => !isOfTarget(origin, exhibit.target))
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

/** What a project is called and where it runs nobody would change to mend a manifest. */
function isOfTarget(origin: Location, { file, cluster, at }: Target): boolean {
  return [file, cluster.at, at].some(({ source, start, end }) => {
    return origin.source === source && origin.start === start && origin.end === end
  })
}
