import { isMap, type ValueMap } from '../../document/node.ts'
import { podPathOf } from '../../kubernetes/pod-spec.ts'
import { fieldAt, type RenderedObject } from './rendered-object.ts'
import { type Labels, type Selector, selectorOf, selectorOfLabels } from './selector.ts'

/** An object that has pods, and the labels that they will bear. */
export interface Workload {
  readonly object: RenderedObject
  readonly podSpec: ValueMap
  /** The pointer of the pods' spec. */
  readonly podSpecAt: string
  readonly labels: Labels
  /** The pointer of the pods' labels. */
  readonly labelsAt: string
  /** By what it knows its pods; undefined if it needs no selector of its own. */
  readonly selector: Selector | undefined
}

/** An object as a workload; undefined if it has no pods of its own. */
export function workloadOf(object: RenderedObject): Workload | undefined {
  const path = podPathOf(object.value.apiVersion, object.value.kind)
  const podSpec = path && fieldAt(object.value, ...path)
  if (!path || !isMap(podSpec)) return undefined
  const labelsPath = [...path.slice(0, -1), 'metadata', 'labels']
  const labels = fieldAt(object.value, ...labelsPath)
  return {
    object,
    podSpec,
    podSpecAt: `/${path.join('/')}`,
    labels: isMap(labels) ? labels : {},
    labelsAt: `/${labelsPath.join('/')}`,
    selector: ownSelector(object),
  }
}

const selecting: ReadonlySet<string> = new Set([
  ...['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet'].map((kind) => `${kind}.apps`),
  'Rollout.argoproj.io',
])

function ownSelector({ kind, value }: RenderedObject): Selector | undefined {
  const selector = fieldAt(value, 'spec', 'selector')
  if (kind === 'ReplicationController') return selectorOfLabels(selector)
  return selecting.has(kind) ? selectorOf(selector) : undefined
}
