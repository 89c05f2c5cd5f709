import type { Cluster } from '../../model/fleet.ts'
import type { Exhibit } from '../exhibit.ts'
import { LabelIndex } from './label-index.ts'
import { type RenderedObject, renderedObject } from './rendered-object.ts'
import { type Workload, workloadOf } from './workload.ts'

/** All that is rendered for one cluster. */
export interface ClusterContent {
  readonly cluster: Cluster
  readonly objects: readonly RenderedObject[]
  /** Objects of one identity (kind and group, namespace, name) where there should be one. */
  readonly duplicates: readonly (readonly RenderedObject[])[]
  readonly workloads: readonly Workload[]
  /** An object as one that has pods; undefined if it has none. */
  readonly workloadOf: (object: RenderedObject) => Workload | undefined
  /** The objects of kinds, each as `Kind.group`. */
  readonly ofKinds: (...kinds: readonly string[]) => RenderedObject[]
  readonly has: (kind: string, namespace: string, name: string) => boolean
  readonly find: (kind: string, namespace: string, name: string) => RenderedObject | undefined
  /** The pods of a namespace. */
  readonly podsIn: (namespace: string) => LabelIndex<Workload>
  /** The namespaces that have pods or were asked about. */
  readonly namespaces: () => string[]
}

/** Sorts what is rendered by cluster, in the order in which the clusters first occur. */
export function contentOf(exhibits: readonly Exhibit[]): ClusterContent[] {
  const byCluster = new Map<Cluster, Exhibit[]>()
  for (const exhibit of exhibits) {
    const { cluster } = exhibit.target
    const known = byCluster.get(cluster)
    if (known) known.push(exhibit)
    else byCluster.set(cluster, [exhibit])
  }
  return [...byCluster].map(([cluster, those]) => clusterContent(cluster, those))
}

function clusterContent(cluster: Cluster, exhibits: readonly Exhibit[]): ClusterContent {
  const identities = new Map<string, Map<string, Map<string, RenderedObject[]>>>()
  const duplicates: RenderedObject[][] = []
  const byKind = new Map<string, RenderedObject[]>()
  const objects: RenderedObject[] = []
  const workloads = new Map<RenderedObject, Workload>()
  const pods = new Map<string, LabelIndex<Workload>>()
  for (const exhibit of exhibits) {
    for (const { file, value } of exhibit.manifests) {
      const object = renderedObject(exhibit, file, value)
      if (!object) continue
      objects.push(object)
      const same = addTo(namesIn(object.kind, object.namespace), object.name, object)
      if (same.length === 2) duplicates.push(same)
      addTo(byKind, object.kind, object)
      const workload = workloadOf(object)
      if (workload) workloads.set(object, workload)
    }
  }
  for (const workload of workloads.values()) podsIn(workload.object.namespace).add(workload)

  function podsIn(namespace: string): LabelIndex<Workload> {
    const known = pods.get(namespace) ?? new LabelIndex<Workload>()
    pods.set(namespace, known)
    return known
  }
  function namesIn(kind: string, namespace: string): Map<string, RenderedObject[]> {
    const ofKind = identities.get(kind) ?? new Map<string, Map<string, RenderedObject[]>>()
    identities.set(kind, ofKind)
    const names = ofKind.get(namespace) ?? new Map<string, RenderedObject[]>()
    ofKind.set(namespace, names)
    return names
  }
  const find = (kind: string, namespace: string, name: string) =>
    identities.get(kind)?.get(namespace)?.get(name)?.[0]

  return {
    cluster,
    objects,
    duplicates,
    workloads: [...workloads.values()],
    workloadOf: (object) => workloads.get(object),
    ofKinds: (...kinds) => kinds.flatMap((kind) => byKind.get(kind) ?? []),
    find,
    has: (...identified) => find(...identified) !== undefined,
    podsIn,
    namespaces: () => [...pods.keys()],
  }
}

function addTo<T>(map: Map<string, T[]>, key: string, item: T): T[] {
  const known = map.get(key)
  if (!known) {
    const begun = [item]
    map.set(key, begun)
    return begun
  }
  known.push(item)
  return known
}
