import type { Spot } from '../exhibit.ts'
import { autoscalersOf } from './autoscalers.ts'
import type { ClusterContent } from './cluster-content.ts'
import { kindNamed } from './references.ts'
import { fieldAt, type RenderedObject, spotIn } from './rendered-object.ts'
import type { Workload } from './workload.ts'

/** How many pods a workload has at least, and the field that says so. */
export interface Replicas {
  readonly count: number
  readonly at: Spot
}

/** The kinds that say how many pods they have. */
export const countedKinds: ReadonlySet<string> = new Set([
  ...['Deployment', 'ReplicaSet', 'StatefulSet'].map((kind) => `${kind}.apps`),
  ...['ReplicationController', 'Rollout.argoproj.io'],
])

const known = new WeakMap<ClusterContent, ReadonlyMap<Workload, Replicas>>()

/**
 * How many pods the workloads of a cluster have: the least of their autoscaler, else their replicas,
 * of which there is one where none are stated. Not known of DaemonSets, Jobs and the like.
 */
export function replicasIn(content: ClusterContent): ReadonlyMap<Workload, Replicas> {
  const found = known.get(content) ?? countIn(content)
  known.set(content, found)
  return found
}

function countIn(content: ClusterContent): ReadonlyMap<Workload, Replicas> {
  const autoscalers = autoscalersOf(content)
  const rollouts = rolloutsOf(content)
  const found = new Map<Workload, Replicas>()
  for (const workload of content.workloads) {
    const { object } = workload
    if (object.kind === 'Pod') found.set(workload, { count: 1, at: spotIn(object, '') })
    if (!countedKinds.has(object.kind)) continue
    const scaled = rollouts.get(object) ?? object
    const [autoscaler] = autoscalers.get(scaled) ?? []
    const stated = fieldAt(scaled.value, 'spec', 'replicas') ?? 1
    if (autoscaler) {
      const at = spotIn(autoscaler.object, autoscaler.leastAt)
      found.set(workload, { count: autoscaler.least, at })
    } else if (typeof stated === 'number') {
      found.set(workload, { count: stated, at: spotIn(scaled, '/spec/replicas') })
    }
  }
  return found
}

/** The Rollouts that borrow the pods of a Deployment, and scale it down to nothing. */
function rolloutsOf(content: ClusterContent): ReadonlyMap<RenderedObject, RenderedObject> {
  return new Map(
    content.ofKinds('Rollout.argoproj.io').flatMap((rollout) => {
      const { kind, name } = kindNamed(fieldAt(rollout.value, 'spec', 'workloadRef'), '')
      const workload = content.find(kind, rollout.namespace, name)
      return workload ? [[workload, rollout] as const] : []
    }),
  )
}
