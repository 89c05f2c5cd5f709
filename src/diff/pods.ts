import { horizontal, scaledObject, scalingOf } from '../check/fleet/autoscalers.ts'
import { kindNamed } from '../check/fleet/references.ts'
import { fieldAt } from '../check/fleet/rendered-object.ts'
import { countedKinds } from '../check/fleet/replicas.ts'
import type { ClusterObject } from './change.ts'

/** How many pods a workload has, and whether an autoscaler decides that. */
export interface Pods {
  /** The least of its autoscaler, else its replicas; undefined of what has no number of its own. */
  readonly count: number | undefined
  readonly autoscaled: boolean
}

const noPods: Pods = { count: undefined, autoscaled: false }

/** How many pods the workloads of one side have, by object. */
export function podsOf(objects: readonly ClusterObject[]): (object: ClusterObject) => Pods {
  const least = new Map<string, number>()
  const borrowing = new Map<string, ClusterObject>()
  for (const object of objects) {
    if (object.kind === horizontal || object.kind === scaledObject) {
      const { kind, name, least: count } = scalingOf(object)
      least.set(keyOf(object, kind, name), count)
    }
    if (object.kind === 'Rollout.argoproj.io') {
      const { kind, name } = kindNamed(fieldAt(object.value, 'spec', 'workloadRef'), '')
      borrowing.set(keyOf(object, kind, name), object)
    }
  }
  return (object) => {
    if (object.kind === 'Pod') return { count: 1, autoscaled: false }
    if (!countedKinds.has(object.kind)) return noPods
    const scaled = borrowing.get(keyOf(object, object.kind, object.name)) ?? object
    const count = least.get(keyOf(scaled, scaled.kind, scaled.name))
    if (count !== undefined) return { count, autoscaled: true }
    const stated = fieldAt(scaled.value, 'spec', 'replicas') ?? 1
    return { count: typeof stated === 'number' ? stated : undefined, autoscaled: false }
  }
}

function keyOf(
  { region, environment, namespace }: ClusterObject,
  kind: string,
  name: string,
): string {
  return `${region}/${environment}/${namespace}/${kind}/${name}`
}
