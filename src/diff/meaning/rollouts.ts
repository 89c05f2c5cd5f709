import { isMap, type Value } from '../../document/node.ts'
import { deployment, disruptionBudget, job, replacing, rollout, statefulSet } from './kinds.ts'
import type { Part } from './part.ts'
import { percentOf, replacementIn, unavailableStated } from './replacement.ts'
import { anyDeed, type Rule } from './rule.ts'
import { both, type Situation } from './situation.ts'
import { verdict } from './verdict.ts'

/** What restarts nothing, but decides how pods are replaced or evicted later. */
export const laterRollouts: readonly Rule[] = [
  {
    kinds: replacing,
    at: ['/spec/strategy/type', '/spec/updateStrategy/type'],
    when: ({ after }) => after === 'Recreate',
    means: verdict(
      'rollout',
      'medium',
      'From the next rollout on all pods stop before new ones start: each rollout is an outage.',
    ),
  },
  {
    kinds: replacing,
    at: ['/spec/updateStrategy/type'],
    when: ({ after }) => after === 'OnDelete',
    means: verdict(
      'rollout',
      'low→medium',
      'From now on a pod takes changes over only when somebody deletes it.',
    ),
  },
  {
    kinds: [statefulSet],
    at: ['/spec/updateStrategy/rollingUpdate/partition'],
    when: ({ before, after }) => (Number(before) || 0) > (Number(after) || 0),
    means: verdict(
      'restart',
      'low→medium',
      'The partition lets go of pods: those that wait for a change are replaced now.',
    ),
  },
  {
    kinds: replacing,
    at: ['/spec/strategy', '/spec/updateStrategy'],
    when: mayMissMore,
    means: verdict(
      'rollout',
      'medium',
      'More pods than before may be missing at the same time during the next rollout.',
    ),
  },
  {
    kinds: [deployment, rollout],
    at: ['/spec/paused'],
    when: ({ after }) => after !== true,
    means: verdict(
      'rollout',
      'medium',
      'The workload is no longer paused: what changed meanwhile reaches its pods now.',
    ),
  },
  {
    kinds: [deployment, rollout],
    at: ['/spec/paused'],
    means: verdict(
      'rollout',
      'low→medium',
      'The workload is paused: no change reaches its pods until it goes on.',
    ),
  },
  {
    kinds: [rollout],
    at: ['/spec/selector', '/spec/workloadRef'],
    means: verdict(
      'recreate',
      'medium→high',
      'The Rollout takes its pods from elsewhere: it starts others, and does not know those that run.',
    ),
  },
  {
    kinds: ['ReplicationController'],
    at: ['/spec/selector'],
    means: verdict(
      'recreate',
      'medium→high',
      'The controller no longer knows the pods that run: it starts others, and the old ones stay until somebody deletes them.',
    ),
  },
  {
    kinds: [...replacing, 'ReplicaSet.apps', 'ReplicationController'],
    at: ['/spec'],
    deeds: anyDeed,
    means: verdict(
      'rollout',
      'low',
      'No pod is replaced; it only shapes how pods are replaced or kept from the next rollout on.',
    ),
  },
  {
    kinds: [job],
    at: ['/spec'],
    means: verdict(
      'rollout',
      'low',
      'No pod is replaced; it decides how often the Job is tried, how long it may take, or how long it is kept.',
    ),
  },
  {
    kinds: [disruptionBudget],
    at: ['/spec/selector'],
    means: verdict(
      'disruption',
      'low→medium',
      'The budget protects other pods: those it no longer selects may all be evicted at once when nodes are drained.',
    ),
  },
  {
    kinds: [disruptionBudget],
    at: ['/spec/minAvailable', '/spec/maxUnavailable'],
    when: (_, situation) => mayEvictMore(situation),
    means: verdict(
      'disruption',
      'low→medium',
      'More pods than before may be evicted at the same time when nodes are drained.',
    ),
  },
  {
    kinds: [disruptionBudget],
    at: ['/spec'],
    means: verdict(
      'disruption',
      'low',
      'Fewer pods than before may be evicted at the same time: draining nodes takes longer, or stops where none may.',
    ),
  },
]

/** Whether more pods may be missing than before, were there a rollout with either strategy. */
function mayMissMore(part: Part, situation: Situation): boolean {
  if (part.pattern.endsWith('/maxSurge')) return false
  const { kind, before, after, setting } = situation
  const old = replacementIn({
    ...situation,
    after: before,
    setting: { ...setting, podsAfter: setting.podsBefore },
  })
  const now = replacementIn(situation)
  if (old?.unavailable !== undefined && now?.unavailable !== undefined) {
    return now.unavailable > old.unavailable
  }
  const [from, to] = [before?.spec, after?.spec].map((spec) => {
    return isMap(spec) ? percentOf(unavailableStated(kind, spec)) : undefined
  })
  return to !== undefined && to > (from ?? 0)
}

/** Whether a budget allows more evictions; where number and percentage are mixed, it may. */
function mayEvictMore(situation: Situation): boolean {
  const least = numbersOf(both(situation, 'spec', 'minAvailable'))
  if (least) return least[1] < least[0]
  const most = numbersOf(both(situation, 'spec', 'maxUnavailable'))
  return most === undefined || most[1] > most[0]
}

/** Two numbers, or two percentages. */
function numbersOf(values: readonly (Value | undefined)[]): [number, number] | undefined {
  const [before, after] = values
  if (typeof before === 'number' && typeof after === 'number') return [before, after]
  const [from, to] = [percentOf(before), percentOf(after)]
  return from !== undefined && to !== undefined ? [from, to] : undefined
}
