import { placeOf } from '../../model/target.ts'
import type { Exhibit } from '../exhibit.ts'
import type { Rendered } from './checks.ts'
import type { TargetSummary } from './summary.ts'

type WitnessOf = (summary: TargetSummary) => Exhibit | readonly never[]

/** Targets of one cluster. */
interface Group {
  readonly own: Exhibit[]
  readonly others: TargetSummary[]
}

/** What is known of targets that were not rendered. */
export interface KnownOthers {
  readonly targets: readonly TargetSummary[]
  /** The clusters (`<region>/<environment>`) in which nothing is wrong, with what was rendered now. */
  readonly inOrder: ReadonlySet<string>
}

/**
 * What was rendered, and what is known of others, cluster by cluster in the order in which they first
 * occur: what stands for the others is made when it is asked for, so that it need not be held. Clusters
 * that are in order are left out.
 */
export function withWitnesses(
  own: readonly Exhibit[],
  { targets: others, inOrder }: KnownOthers,
  witnessOf: WitnessOf,
): Pick<Rendered, 'clusters' | 'claimants'> {
  const groups = new Map<string, Group>()
  for (const exhibit of own) groupOf(exhibit.target.id).own.push(exhibit)
  for (const summary of others) groupOf(summary.id).others.push(summary)
  return {
    *clusters() {
      for (const [cluster, { own, others }] of groups) {
        if (!inOrder.has(cluster)) yield [...own, ...others.flatMap(witnessOf)]
      }
    },
    claimants: [...own, ...others.filter(hasData).map(withoutManifests).flatMap(witnessOf)],
  }

  function groupOf(id: string): Group {
    const cluster = placeOf(id)
    const group = groups.get(cluster) ?? { own: [], others: [] }
    groups.set(cluster, group)
    return group
  }
}

function hasData({ user, pipeline }: TargetSummary): boolean {
  return Object.keys(user).length + Object.keys(pipeline).length > 0
}

function withoutManifests(summary: TargetSummary): TargetSummary {
  return { ...summary, manifests: '[]' }
}
