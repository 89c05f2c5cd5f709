import type { Finding, Report } from '../diagnostics/diagnostic.ts'
import type { Value, ValueMap } from '../document/node.ts'
import type { Context } from '../expression/environment.ts'
import { locateMerged } from '../model/locate.ts'
import type { Target } from '../model/target.ts'
import { contextOf } from './context.ts'
import { type Filling, fill } from './fill.ts'
import type { Plan } from './plan.ts'
import type { PlanList } from './plan-node.ts'

/** A manifest of one target, as a value. */
export interface Manifest {
  readonly file: string
  readonly value: ValueMap
}

/** A target's manifests in the order of their file names, and what its expressions saw. */
export interface RenderedTarget {
  readonly manifests: readonly Manifest[]
  readonly context: Context
}

/** Fills the slots of a target's plan; manifests whose `$if` is false are left out. */
export function renderTarget(target: Target, plan: Plan, report: Report): RenderedTarget {
  const own: Report = (finding) => report({ ...finding, target: target.id })
  const rendered = new Map<string, ValueMap | undefined>()
  const underway: string[] = []
  const context = contextOf(target, plan, render, own)
  const manifests = plan.manifests.flatMap(({ file }) => {
    const value = render(file)
    return value ? [{ file, value }] : []
  })
  return { manifests, context }

  function render(file: string): ValueMap | undefined {
    if (rendered.has(file)) return rendered.get(file)
    const root = plan.manifests.find((manifest) => manifest.file === file)?.root
    if (!root) return undefined
    if (underway.includes(file)) {
      const circle = [...underway.slice(underway.indexOf(file)), file].join(' → ')
      const message = `manifests read each other in a circle: ${circle}`
      own({ id: 'expression', message, at: root.template.at })
      return undefined
    }
    underway.push(file)
    const filling: Filling = {
      context,
      report: own,
      onKeyedList: (list, items) => reportTwins(list, items, target, own),
    }
    const value = fill(root, filling) as ValueMap | undefined
    underway.pop()
    rendered.set(file, value)
    return value
  }
}

/** Two items of one identity in a rendered list: an env variable set by the template and by a user. */
function reportTwins(
  list: PlanList,
  items: readonly Value[],
  target: Target,
  report: Report,
): void {
  const { keys } = list.template
  const seen = new Set<string>()
  for (const item of items) {
    const identity = keys.map((key) => String((item as ValueMap)[key] ?? '')).join('/')
    if (!seen.has(identity)) {
      seen.add(identity)
      continue
    }
    report(twin(identity, list, target))
  }
}

function twin(identity: string, list: PlanList, target: Target): Finding {
  const repeated = list.items.flatMap((item) =>
    item.kind === 'map' && item.each ? [item.each] : [],
  )
  const places = repeated
    .flatMap((each) => each.compiled.reads)
    .filter(([scope]) => scope === 'user')
    .flatMap(([, ...path]) => {
      const locate = (path: readonly string[]) => locateMerged(target.userLayers, path)
      return locate([...path, identity]) ?? locate(path) ?? []
    })
  const own = list.template.items.find((item) => {
    const name =
      item.kind === 'map' ? item.entries.get(list.template.keys[0] ?? '')?.value : undefined
    return name?.kind === 'scalar' && name.value === identity
  })
  const at = places[0]?.keyAt ?? list.template.at
  return {
    id: 'duplicate-item',
    message: `"${identity}" is already set by the manifest's template`,
    at,
    notes: own ? [{ message: 'it is set here', at: own.at }] : [],
    help: 'choose another name',
  }
}
