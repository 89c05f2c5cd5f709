import { autoscalers, disruptionBudget, ingress, job, networkPolicy, routes } from './kinds.ts'
import { verdict } from './verdict.ts'
import type { WholeRule } from './whole-rule.ts'

/** What it means that an object comes. */
export const created: readonly WholeRule[] = [
  {
    kinds: [ingress, ...routes],
    means: verdict('exposure', 'medium→high', 'The pods can be reached from outside by a new way.'),
  },
  {
    kinds: [networkPolicy],
    means: verdict(
      'traffic',
      'medium',
      'Pods that the policy selects are reached by what it allows only: all else is refused at once.',
    ),
  },
  {
    kinds: autoscalers,
    means: verdict('scale', 'low', 'An autoscaler decides from now on how many pods run.'),
  },
  {
    kinds: [disruptionBudget],
    means: verdict(
      'disruption',
      'low',
      'Draining nodes waits from now on until enough other pods run.',
    ),
  },
  { kinds: [job], means: verdict('next-run', 'low', 'The Job runs as soon as it is applied.') },
  { means: verdict('created', 'low', 'The object is new; nothing that runs is touched.') },
]
