import type { Exhibit } from '../exhibit.ts'
import type { Rendered } from './checks.ts'
import type { TargetSummary } from './summary.ts'

type WitnessOf = (summary: TargetSummary) => Exhibit | readonly never[]

/** Targets of one cluster. */
interface Group {
  readonly own: Exhibit[]
  readonly others: TargetSummary[]
}

/**
 * What was rendered, and what is known of others, cluster by cluster in the order in which they first
 * occur: what stands for the others is made when it is asked for, so that it need not be held.
 */
export function withWitnesses(
  own: readonly Exhibit[],
  others: readonly TargetSummary[],
  witnessOf: WitnessOf,
): Pick<Rendered, 'clusters' | 'claimants'> {
  const groups = new Map<string, Group>()
  for (const exhibit of own) groupOf(exhibit.target.id).own.push(exhibit)
  for (const summary of others) groupOf(summary.id).others.push(summary)
  return {
    *clusters() {
      for (const { own, others } of groups.values()) yield [...own, ...others.flatMap(witnessOf)]
    },
    claimants: [...own, ...others.filter(hasData).map(withoutManifests).flatMap(witnessOf)],
  }

  function groupOf(id: string): Group {
    const cluster = id.slice(0, id.lastIndexOf('/'))
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
