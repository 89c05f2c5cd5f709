import { daemonSet, replacing, replicaSet, replicationController } from './kinds.ts'
import type { Part } from './part.ts'
import { lossOf, replacementIn } from './replacement.ts'
import { anyDeed, type Rule } from './rule.ts'
import { both, type Situation } from './situation.ts'
import { verdict } from './verdict.ts'

// What follows from another template, by how its controller replaces pods.
// https://kubernetes.io/docs/concepts/workloads/controllers/

/** A rule for any field of the template of workloads, order included. */
function template(
  kinds: readonly string[],
  when: (situation: Situation, part: Part) => boolean,
  means: Rule['means'],
): Rule {
  const fits = (part: Part, situation: Situation) => when(situation, part)
  return { kinds, inTemplate: true, at: [''], deeds: anyDeed, when: fits, means }
}

const loses = (loss: string) => (situation: Situation) => lossIn(situation) === loss

export const restarts: readonly Rule[] = [
  template(
    [replicaSet, replicationController],
    () => true,
    verdict(
      'restart',
      'low',
      'The pods that run stay as they are; only pods that are started from now on are other ones.',
    ),
  ),
  template(
    replacing,
    (situation) => both(situation, 'spec', 'paused')[1] === true,
    verdict('rollout', 'low', 'The workload is paused: its pods are replaced once it goes on.'),
  ),
  template(
    replacing,
    (situation) => replacementIn(situation) === undefined,
    verdict(
      'rollout',
      'low',
      'No pod is replaced: none runs, or the partition keeps all as they are.',
    ),
  ),
  template(
    replacing,
    (situation) => replacementIn(situation)?.how === 'when deleted',
    verdict(
      'restart',
      'low',
      'The pods that run stay as they are: each takes the change over when somebody deletes it.',
    ),
  ),
  template(
    replacing,
    (situation, { deed }) => deed === 'reordered' && lossIn(situation) === 'none',
    verdict('restart', 'low→medium', 'Only the order differs, and still all pods are replaced.'),
  ),
  template(
    replacing,
    (_, { deed }) => deed === 'reordered',
    verdict(
      'restart',
      'medium→high',
      'Only the order differs, and still all pods are replaced, with half of them or more missing meanwhile.',
    ),
  ),
  template(
    replacing,
    loses('all'),
    verdict(
      'restart',
      'medium→high',
      'All pods stop before new ones are ready: nothing answers meanwhile.',
    ),
  ),
  template(
    [daemonSet],
    loses('much'),
    verdict(
      'restart',
      'medium→high',
      'The pods on all nodes are replaced, on half of the nodes or more at the same time.',
    ),
  ),
  template(
    replacing,
    loses('much'),
    verdict(
      'restart',
      'medium→high',
      'The pods are replaced with half of them or more missing meanwhile: the rest must carry the load.',
    ),
  ),
  template(
    [daemonSet],
    () => true,
    verdict('restart', 'low→medium', 'The pods on all nodes are replaced, a few nodes at a time.'),
  ),
  template(
    replacing,
    () => true,
    verdict('restart', 'low→medium', 'The pods are replaced one after another.'),
  ),
  {
    kinds: ['Pod'],
    at: ['/spec/containers/*/image', '/spec/initContainers/*/image'],
    means: verdict('restart', 'low→medium', 'The container is restarted in its place.'),
  },
  {
    kinds: ['Pod'],
    at: ['/spec'],
    means: verdict(
      'rollout',
      'low',
      'Only how long the Pod may run, or on which nodes, changes: its containers go on.',
    ),
  },
]

function lossIn(situation: Situation) {
  const restart = replacementIn(situation)
  return restart && lossOf(restart, situation.kind, situation.after?.spec)
}
