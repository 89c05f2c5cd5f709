import type { ClusterContent } from './cluster-content.ts'
import { kindNamed } from './references.ts'
import { fieldAt, type RenderedObject } from './rendered-object.ts'

/** What decides how many replicas a workload has, in place of its author. */
export interface Autoscaler {
  readonly object: RenderedObject
  /** What it scales. */
  readonly kind: string
  readonly name: string
  /** How many replicas it leaves at least. */
  readonly least: number
  readonly leastAt: string
}

export const horizontal = 'HorizontalPodAutoscaler.autoscaling'
export const scaledObject = 'ScaledObject.keda.sh'

/** The autoscalers of a cluster, by the workload that they scale. */
export function autoscalersOf(content: ClusterContent): ReadonlyMap<RenderedObject, Autoscaler[]> {
  const found = new Map<RenderedObject, Autoscaler[]>()
  for (const object of content.ofKinds(horizontal, scaledObject)) {
    const autoscaler = { object, ...scalingOf(object) }
    const target = content.find(autoscaler.kind, object.namespace, autoscaler.name)
    if (target) found.set(target, [...(found.get(target) ?? []), autoscaler])
  }
  return found
}

/** What an autoscaler scales, and how far down. */
export function scalingOf(
  object: Pick<RenderedObject, 'kind' | 'value'>,
): Omit<Autoscaler, 'object'> {
  const isKeda = object.kind === scaledObject
  const { kind, name } = kindNamed(
    fieldAt(object.value, 'spec', 'scaleTargetRef'),
    'Deployment.apps',
  )
  const field = isKeda ? 'minReplicaCount' : 'minReplicas'
  const least = fieldAt(object.value, 'spec', field)
  const byDefault = isKeda ? 0 : 1
  return {
    kind,
    name,
    least: typeof least === 'number' ? least : byDefault,
    leastAt: `/spec/${field}`,
  }
}
