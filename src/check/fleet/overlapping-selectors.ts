import { escapePart } from '../../document/pointer.ts'
import type { Accuse, Line, Spot } from '../exhibit.ts'
import type { ClusterContent } from './cluster-content.ts'
import type { Whole } from './fleet-check.ts'
import { othersThan } from './parties.ts'
import { fieldAt, type RenderedObject, spotIn, titleOf } from './rendered-object.ts'
import { isEmpty, type Selector, selectorOf } from './selector.ts'
import type { Workload } from './workload.ts'

/**
 * Refuses a workload whose selector selects the pods of another one: each counts, scales or even
 * adopts what is not its own, and nothing says so. And two budgets for one pod: its eviction fails.
 */
export function checkSelectors({ content }: Whole, accuse: Accuse): void {
  checkWorkloads(content, accuse)
  checkBudgets(content, accuse)
}

function checkWorkloads(content: ClusterContent, accuse: Accuse): void {
  const accused = new Map<Workload, Set<Workload>>()
  for (const workload of content.workloads) {
    const { object, selector } = workload
    if (!selector || isEmpty(selector)) continue
    const foreign = foreignPods(workload, selector, content).filter((other) => {
      // Of two that select each other, the later one has been accused.
      return !accused.get(other)?.has(workload)
    })
    accused.set(workload, new Set(foreign))
    const [first] = foreign
    if (!first) continue
    const label = tellingLabel(workload, first, content)
    const at = spotIn(object, label === '' ? '/spec/selector' : labelsOfSelector(object) + label)
    const places = foreign.map(({ object: other, labelsAt }) => spotIn(other, labelsAt + label))
    accuse({
      id: 'overlapping-selectors',
      message: `the selector of ${nameOf(object, first.object)} selects the pods of ${nameOf(first.object, object)} too`,
      at,
      parties: othersThan(at, [at, ...places], 'those pods', 'and those pods'),
      same: 'selector',
      help: 'give both a label that tells them apart, in the selector and in the pods',
    })
  }
}

/** The other workloads whose pods a selector selects; of very many, only the first. */
function foreignPods(workload: Workload, selector: Selector, content: ClusterContent): Workload[] {
  const foreign: Workload[] = []
  for (const other of content.podsIn(workload.object.namespace).selected(selector)) {
    if (other === workload || !isAdoptable(other)) continue
    foreign.push(other)
    if (foreign.length > enough) break
  }
  return foreign
}

const enough = 20

/** Pods of Jobs bear a label of their controller, and are never taken for somebody else's. */
function isAdoptable({ object, selector }: Workload): boolean {
  return selector !== undefined || object.kind === 'Pod'
}

function labelsOfSelector({ kind }: RenderedObject): string {
  return kind === 'ReplicationController' ? '/spec/selector' : '/spec/selector/matchLabels'
}

/**
 * The pointer of the label that tells most, where data may be behind it. Within a target the template
 * is to blame, whatever the label says.
 */
function tellingLabel(
  { object, selector }: Workload,
  other: Workload,
  { podsIn }: ClusterContent,
): string {
  if (!selector || other.object.exhibit === object.exhibit) return ''
  const key = podsIn(object.namespace).rarest(selector)
  return key === undefined ? '' : `/${escapePart(key)}`
}

function checkBudgets(content: ClusterContent, accuse: Accuse): void {
  const budgetOf = new Map<Workload, RenderedObject>()
  for (const budget of content.ofKinds('PodDisruptionBudget.policy')) {
    const selector = selectorOf(fieldAt(budget.value, 'spec', 'selector'))
    if (!selector) continue
    const taken = new Set<RenderedObject>()
    let pods: Workload | undefined
    for (const workload of content.podsIn(budget.namespace).selected(selector)) {
      const other = budgetOf.get(workload)
      if (!other) budgetOf.set(workload, budget)
      else {
        taken.add(other)
        pods ??= workload
      }
    }
    const [first] = taken
    if (!first || !pods) continue
    const at: Spot | Line = spotIn(budget, '/spec/selector')
    const places = [...taken].map((other) => spotIn(other, '/spec/selector'))
    accuse({
      id: 'overlapping-selectors',
      message: `${nameOf(budget, first)} and ${nameOf(first, budget)} select the same pods, those of ${titleOf(pods.object)}: they cannot be evicted`,
      at,
      parties: othersThan(at, [at, ...places]),
      same: 'budget',
      help: 'let every pod have one PodDisruptionBudget',
    })
  }
}

/** An object with its project, unless that goes without saying. */
function nameOf(object: RenderedObject, other: RenderedObject): string {
  const { project } = object.exhibit.target
  const title = titleOf(object)
  const goesWithout = project === object.name || project === other.exhibit.target.project
  return goesWithout ? title : `${title} of ${project}`
}
