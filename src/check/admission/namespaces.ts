import { isMap, type ValueMap } from '../../document/node.ts'
import type { Exhibit } from '../exhibit.ts'

/** The namespaces of a cluster, as the cluster would show them to policies. */
export type Namespaces = (cluster: string, name: string) => Namespace

export interface Namespace {
  readonly labels: ValueMap
  readonly object: ValueMap
}

/** Finds namespaces among what is rendered; one that is not has only the label of its name. */
export function namespacesOf(exhibits: readonly Exhibit[]): Namespaces {
  const rendered = new Map<string, ValueMap>()
  const known = new Map<string, Namespace>()
  for (const { target, manifests } of exhibits) {
    for (const { value } of manifests) {
      if (value.kind !== 'Namespace' || value.apiVersion !== 'v1' || !isMap(value.metadata))
        continue
      rendered.set(`${target.cluster.name} ${value.metadata.name}`, value)
    }
  }
  return (cluster, name) => {
    const key = `${cluster} ${name}`
    const found = known.get(key) ?? describe(name, rendered.get(key) ?? {})
    known.set(key, found)
    return found
  }
}

function describe(name: string, { metadata, spec }: ValueMap): Namespace {
  const own = isMap(metadata) ? metadata : {}
  const labels = {
    ...(isMap(own.labels) ? own.labels : {}),
    'kubernetes.io/metadata.name': name,
  }
  return { labels, object: { metadata: { ...own, name, labels }, ...(isMap(spec) && { spec }) } }
}
