import type { Exhibit } from '../check/exhibit.ts'
import type { Kubernetes } from '../kubernetes/kubernetes.ts'
import type { Cluster, Fleet } from '../model/fleet.ts'
import { projectOf } from '../model/target.ts'
import type { Snapshot } from '../source/snapshot.ts'
import type { ClusterObject } from './change.ts'
import { objectsOf } from './cluster-object.ts'
import { type Standing, standingOf } from './standing.ts'

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
  /** The targets that are rendered besides and not compared, because no file of theirs was edited. */
  readonly unchanged: () => readonly Standing[]
}

/** What a state is called by: all of a side but what is rendered. */
export type State = Pick<Side, 'snapshot' | 'fleet' | 'kubernetes' | 'owners'>

/**
 * A state as a side of a comparison of some of its targets; of others nothing more is known than what
 * they need.
 */
export function sideOf(
  { snapshot, fleet, kubernetes, owners }: State,
  rendered: Iterable<Exhibit>,
  isCompared: (target: string) => boolean,
  others: readonly Standing[] = [],
): Side {
  const all = [...rendered]
  const compared = all.filter(({ target }) => isCompared(target.id))
  const unchanged = all.filter(({ target }) => !isCompared(target.id))
  return {
    ...{ snapshot, fleet, kubernetes, owners },
    targets: new Set([
      ...all.map(({ target }) => target.id),
      ...others.map(({ target }) => target),
    ]),
    exhibits: new Map(compared.map((exhibit) => [exhibit.target.id, exhibit])),
    objects: objectsOf(compared),
    unchanged: () => [...unchanged.map(standingOf), ...others],
  }
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
