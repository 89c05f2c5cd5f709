import type { Amount, Resource, Resources } from '../../model/resources.ts'
import type { Team } from '../../model/team.ts'
import type { Accuse, Exhibit, Spot } from '../exhibit.ts'
import type { ClusterContent } from './cluster-content.ts'
import type { Whole } from './fleet-check.ts'
import { type Amounts, amountsText, nothing, requestsOf, sum, times } from './pod-requests.ts'
import { replicasIn } from './replicas.ts'

/** What one target requests, and where it says how often. */
interface Requester {
  readonly exhibit: Exhibit
  readonly amounts: Amounts
  readonly replicasAt: Spot
}

/** How many of the largest requesters are named. */
const largest = 3

/**
 * Refuses more requests than a cluster can hold, or than a team may have in it. Counted is what runs
 * all the time: replicas times the requests of a pod, the least of an autoscaler. Not counted are
 * DaemonSets, because nobody says how many nodes there are, and the pods of Jobs, which come and go.
 * Needs all targets: of some of them the sum would be too low.
 */
export function checkCapacity({ content, isComplete }: Whole, accuse: Accuse): void {
  if (!isComplete) return
  const { name, environment, capacity } = content.cluster
  const requesters = requestersIn(content)
  compare(requesters, capacity, name, accuse)
  for (const [team, own] of byTeam(requesters)) {
    compare(own, team.quota.get(environment) ?? new Map(), `${team.name} in ${name}`, accuse)
  }
}

/** What the targets of a cluster request. */
function requestersIn(content: ClusterContent): Requester[] {
  const found = new Map<Exhibit, Requester>()
  for (const [{ object, podSpec }, { count, at }] of replicasIn(content)) {
    const { exhibit } = object
    const own = times(requestsOf(podSpec), count)
    const known = found.get(exhibit)
    const amounts = sum(known?.amounts ?? nothing, own)
    found.set(exhibit, { exhibit, amounts, replicasAt: known?.replicasAt ?? at })
  }
  return [...found.values()]
}

function byTeam(requesters: readonly Requester[]): ReadonlyMap<Team, Requester[]> {
  const found = new Map<Team, Requester[]>()
  for (const requester of requesters) {
    const { team } = requester.exhibit.target
    if (!team) continue
    const known = found.get(team)
    if (known) known.push(requester)
    else found.set(team, [requester])
  }
  return found
}

function compare(
  requesters: readonly Requester[],
  most: Resources,
  who: string,
  accuse: Accuse,
): void {
  if (most.size === 0) return
  const total = requesters.reduce((all, { amounts }) => sum(all, amounts), nothing)
  for (const [resource, amount] of most) {
    const allowed = allowedOf(resource, amount)
    if (total[resource] <= allowed) continue
    const first = [...requesters]
      .sort((a, b) => compareAmounts(b.amounts[resource], a.amounts[resource]))
      .slice(0, largest)
    const [one] = first
    if (!one) continue
    const text = (value: bigint) => amountsText[resource](value)
    const sums = first.map(({ exhibit, amounts }) => {
      return `${exhibit.target.project} (${text(amounts[resource])})`
    })
    accuse({
      id: 'over-capacity',
      message: `${who}: ${text(total[resource])} of ${text(allowed)} ${units[resource]} requested`,
      at: { exhibit: one.exhibit, line: amount.at },
      parties: first.map(({ exhibit, replicasAt }) => ({
        at: replicasAt,
        message: `the replicas of ${exhibit.target.project}`,
      })),
      same: `${who} ${resource}`,
      help: `lower replicas or requests, first of those who request most: ${sums.join(', ')}`,
    })
  }
}

const units: Readonly<Record<Resource, string>> = { cpu: 'cores', memory: 'memory', pods: 'pods' }

function allowedOf(resource: Resource, { quantity }: Amount): bigint {
  return resource === 'cpu' ? quantity.millicores() : quantity.bytes()
}

function compareAmounts(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0
}
