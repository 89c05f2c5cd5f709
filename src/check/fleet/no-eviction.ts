import type { Value } from '../../document/node.ts'
import type { Accuse } from '../exhibit.ts'
import type { ClusterContent } from './cluster-content.ts'
import type { Whole } from './fleet-check.ts'
import { othersThan } from './parties.ts'
import { fieldAt, type RenderedObject, spotIn, titleOf } from './rendered-object.ts'
import { type Replicas, replicasIn } from './replicas.ts'
import { selectorOf } from './selector.ts'
import type { Workload } from './workload.ts'

/**
 * Warns of a budget that never lets a pod go: who drains a node waits for ever, or uses force. Needs
 * all workloads, because a budget counts the pods of all that it selects.
 */
export function checkEvictions({ content, isComplete }: Whole, accuse: Accuse): void {
  if (!isComplete) return
  const replicas = replicasIn(content)
  for (const budget of content.ofKinds('PodDisruptionBudget.policy')) {
    const pods = podsOf(budget, content, replicas)
    const count = pods?.reduce((total, each) => total + each.count, 0)
    const refusal = count ? refusalOf(budget, count) : undefined
    if (!pods || !refusal) continue
    const at = spotIn(budget, refusal.pointer)
    const places = pods.map((each) => each.at)
    accuse({
      id: 'no-eviction',
      severity: 'warning',
      message: `${titleOf(budget)} lets none of its pods be evicted: ${refusal.because}`,
      at,
      parties: othersThan(at, [at, ...places], 'how many there are', 'how many there are'),
      same: 'no-eviction',
      help: 'leave room for one pod, or have no budget where there is only one',
    })
  }
}

/** The workloads that a budget counts; undefined if it is not known of one how many pods it has. */
function podsOf(
  budget: RenderedObject,
  content: ClusterContent,
  replicas: ReadonlyMap<Workload, Replicas>,
): Replicas[] | undefined {
  const selector = selectorOf(fieldAt(budget.value, 'spec', 'selector'))
  if (!selector) return undefined
  const pods: Replicas[] = []
  for (const workload of content.podsIn(budget.namespace).selected(selector)) {
    const known = replicas.get(workload)
    if (!known) return undefined
    pods.push(known)
  }
  return pods
}

function refusalOf(
  { value }: RenderedObject,
  count: number,
): { readonly pointer: string; readonly because: string } | undefined {
  const most = fieldAt(value, 'spec', 'maxUnavailable')
  const least = fieldAt(value, 'spec', 'minAvailable')
  if (most !== undefined) {
    if (podsFrom(most, count) !== 0) return undefined
    return { pointer: '/spec/maxUnavailable', because: `maxUnavailable is ${String(most)}` }
  }
  const needed = podsFrom(least, count)
  if (needed === undefined || needed < count) return undefined
  const because = `minAvailable is ${String(least)} of ${count} ${count === 1 ? 'pod' : 'pods'}`
  return { pointer: '/spec/minAvailable', because }
}

/** A number of pods or a share of them, rounded up as the disruption controller does. */
function podsFrom(value: Value | undefined, count: number): number | undefined {
  if (typeof value === 'number') return value
  const percent = typeof value === 'string' ? /^(\d+)%$/.exec(value)?.[1] : undefined
  return percent === undefined ? undefined : Math.ceil((Number(percent) * count) / 100)
}
