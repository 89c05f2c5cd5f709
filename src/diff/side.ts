import type { Exhibit } from '../check/exhibit.ts'
import { identityOf } from '../check/fleet/rendered-object.ts'
import type { ValueMap } from '../document/node.ts'
import type { Kubernetes } from '../kubernetes/kubernetes.ts'
import type { Cluster, Fleet } from '../model/fleet.ts'
import { projectOf } from '../model/target.ts'
import type { Snapshot } from '../source/snapshot.ts'
import type { ClusterObject } from './change.ts'

/** One of the two states that are compared. */
export interface Side {
  readonly snapshot: Snapshot
  readonly fleet: Fleet
  readonly kubernetes: Kubernetes | undefined
  /** Project → team. */
  readonly owners: ReadonlyMap<string, string>
  /** The ids of all targets that are rendered, be they compared or not. */
  readonly targets: ReadonlySet<string>
  /** What is compared; empty where files were read that somebody rendered. */
  readonly exhibits: ReadonlyMap<string, Exhibit>
  readonly objects: readonly ClusterObject[]
  /** What is rendered besides and is not compared, because no file of its was edited. */
  readonly unchanged: readonly ClusterObject[]
}

/** What a state is called by: all of a side but what is rendered. */
export type State = Pick<Side, 'snapshot' | 'fleet' | 'kubernetes' | 'owners'>

/** A state as a side of a comparison of some of its targets. */
export function sideOf(
  { snapshot, fleet, kubernetes, owners }: State,
  rendered: Iterable<Exhibit>,
  isCompared: (target: string) => boolean,
): Side {
  const all = [...rendered]
  const compared = all.filter(({ target }) => isCompared(target.id))
  return {
    ...{ snapshot, fleet, kubernetes, owners },
    targets: new Set(all.map(({ target }) => target.id)),
    exhibits: new Map(compared.map((exhibit) => [exhibit.target.id, exhibit])),
    objects: objectsOf(compared),
    unchanged: objectsOf(all.filter(({ target }) => !isCompared(target.id))),
  }
}

/** The objects that targets render, as they are to stand in their clusters. */
export function objectsOf(exhibits: Iterable<Exhibit>): ClusterObject[] {
  return [...exhibits].flatMap(({ target, manifests }) => {
    return manifests.flatMap(({ file, value }) => clusterObject(target.id, file, value) ?? [])
  })
}

/** A manifest of a target as an object; undefined if it has no name. */
export function clusterObject(
  target: string,
  file: string,
  value: ValueMap,
): ClusterObject | undefined {
  const identity = identityOf(value)
  const [region = '', environment = ''] = target.split('/')
  return identity && { region, environment, target, file, value, ...identity }
}

/** The cluster that a target's id stands for; undefined if the fleet has none. */
export function clusterOf({ fleet }: Side, target: string): Cluster | undefined {
  const [region, environment] = target.split('/')
  return fleet.clusters.find((each) => each.region === region && each.environment === environment)
}

/** The team of a target, by name. */
export function teamOf(
  { exhibits, owners }: Pick<Side, 'exhibits' | 'owners'>,
  target: string,
): string | undefined {
  return exhibits.get(target)?.target.team?.name ?? owners.get(projectOf(target))
}
