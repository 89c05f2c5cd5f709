import type { Value } from '../../document/node.ts'
import { autoscalers, job, replicated } from './kinds.ts'
import type { Part } from './part.ts'
import type { Rule } from './rule.ts'
import type { Situation } from './situation.ts'
import { verdict } from './verdict.ts'

/** How many pods there are. */
export const numbersOfPods: readonly Rule[] = [
  {
    kinds: replicated,
    at: ['/spec/replicas'],
    // Who applies on the server's side gives the field up instead, and nothing happens.
    // https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
    when: ({ deed, before }, { setting }) =>
      deed === 'removed' && setting.autoscaledAfter && isMore(before, 1),
    means: verdict(
      'capacity-down',
      'medium→high',
      'The replicas are no longer stated: kubectl apply sets them to 1 once, before the autoscaler takes over.',
    ),
  },
  {
    kinds: replicated,
    at: ['/spec/replicas'],
    when: (part, situation) => isFewer(part, situation) && numbers(part, situation)[1] === 0,
    means: verdict('capacity-down', 'high', 'All pods stop: nothing answers any more.'),
  },
  {
    kinds: replicated,
    at: ['/spec/replicas'],
    when: (part, situation) => isFewer(part, situation) && isSteep(numbers(part, situation)),
    means: verdict(
      'capacity-down',
      'medium→high',
      'More than half of the pods stop, or all but one: the rest must carry the load, and one pod alone is no spare.',
    ),
  },
  {
    kinds: replicated,
    at: ['/spec/replicas'],
    when: isFewer,
    means: verdict(
      'capacity-down',
      'low→medium',
      'Some pods stop; those that stay are not restarted, but carry more.',
    ),
  },
  {
    kinds: replicated,
    at: ['/spec/replicas'],
    means: verdict('scale', 'low', 'More pods are started; those that run are not restarted.'),
  },
  {
    kinds: autoscalers,
    at: ['/spec/minReplicas', '/spec/minReplicaCount'],
    when: ({ pattern, before, after }) => {
      const byDefault = pattern.endsWith('Count') ? 0 : 1
      return isMore(before ?? byDefault, after ?? byDefault)
    },
    means: verdict(
      'capacity-down',
      'low→medium',
      'The autoscaler may leave fewer pods than before when there is little to do.',
    ),
  },
  {
    kinds: autoscalers,
    at: ['/spec/maxReplicas', '/spec/maxReplicaCount'],
    when: ({ pattern, before, after }) => {
      const byDefault = pattern.endsWith('Count') ? 100 : Number.POSITIVE_INFINITY
      return isMore(before ?? byDefault, after ?? byDefault)
    },
    means: verdict(
      'capacity-down',
      'low→medium',
      'The autoscaler may no longer start as many pods as before when there is much to do.',
    ),
  },
  {
    kinds: autoscalers,
    at: [
      '/spec/minReplicas',
      '/spec/minReplicaCount',
      '/spec/maxReplicas',
      '/spec/maxReplicaCount',
    ],
    means: verdict('scale', 'low', 'The autoscaler may have more pods run than before.'),
  },
  {
    kinds: autoscalers,
    at: ['/spec/scaleTargetRef'],
    means: verdict(
      'capacity-down',
      'low→medium',
      'The autoscaler looks after another workload: the former one keeps the pods it has, whatever the load.',
    ),
  },
  {
    kinds: autoscalers,
    at: ['/spec'],
    means: verdict(
      'scale',
      'low→medium',
      'The autoscaler decides by other measures, or at another pace: the number of pods may change at once.',
    ),
  },
  {
    kinds: [job],
    at: ['/spec/suspend'],
    when: ({ after }) => after === true,
    means: verdict(
      'capacity-down',
      'medium',
      'The Job is suspended: its pods are deleted, and begin again when it goes on.',
    ),
  },
  {
    kinds: [job],
    at: ['/spec/suspend', '/spec/parallelism', '/spec/completions'],
    means: verdict('scale', 'low', 'The Job has another number of pods at work.'),
  },
]

/** Whether a change of replicas leaves fewer pods. */
export function isFewer(part: Part, situation: Situation): boolean {
  const [before, after] = numbers(part, situation)
  return before !== undefined && after !== undefined && after < before
}

type Numbers = readonly [before: number | undefined, after: number | undefined]

/** How many pods there are; where no replicas are stated, one, or what an autoscaler leaves. */
function numbers({ before, after }: Part, { setting }: Situation): Numbers {
  const { autoscaledBefore, autoscaledAfter, podsBefore, podsAfter } = setting
  return [
    numberOf(before) ?? (autoscaledBefore ? podsBefore : 1),
    numberOf(after) ?? (autoscaledAfter ? podsAfter : 1),
  ]
}

/** Of four pods one is steep, two are not. */
function isSteep([before = 0, after = 0]: Numbers): boolean {
  return after * 2 < before || (after === 1 && before > 1)
}

function isMore(value: Value | undefined, other: Value | undefined): boolean {
  const [one, two] = [numberOf(value), numberOf(other)]
  return one !== undefined && two !== undefined && one > two
}

function numberOf(value: Value | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined
}
