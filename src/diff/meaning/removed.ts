import { fieldAt } from '../../check/fleet/rendered-object.ts'
import {
  admission,
  autoscalers,
  bindings,
  claim,
  contents,
  cronJob,
  customKind,
  disruptionBudget,
  job,
  monitors,
  networkPolicy,
  roles,
  services,
  statefulSet,
  volume,
  ways,
} from './kinds.ts'
import type { Situation } from './situation.ts'
import { verdict } from './verdict.ts'
import type { WholeRule } from './whole-rule.ts'

/** What it means that an object goes. */
export const removed: readonly WholeRule[] = [
  {
    when: isKept,
    means: verdict(
      'removed',
      'low→medium',
      'The object stays in the cluster, for its annotations forbid to prune it; nobody looks after it any more.',
    ),
  },
  {
    kinds: [claim],
    means: verdict(
      'data-at-risk',
      'high',
      'The volume claim is deleted, and its volume with all data, unless the volume is one to be retained.',
    ),
  },
  {
    kinds: [volume],
    means: verdict(
      'data-at-risk',
      'high',
      'The cluster no longer knows the volume: the claim on it is lost, and pods that use it no longer start.',
    ),
  },
  {
    kinds: ['Namespace'],
    means: verdict(
      'data-at-risk',
      'high',
      'The namespace is deleted with everything in it, whoever made it: pods, secrets and volumes.',
    ),
  },
  {
    kinds: [customKind],
    means: verdict(
      'data-at-risk',
      'high',
      'The kind is deleted, and with it all objects of that kind in the cluster, whoever made them.',
    ),
  },
  {
    kinds: [statefulSet],
    when: ({ before }) => deletesClaims(before),
    means: verdict('data-at-risk', 'high', 'All pods stop, and their volumes are deleted.'),
  },
  {
    kinds: [statefulSet],
    when: ({ before }) => fieldAt(before, 'spec', 'volumeClaimTemplates') !== undefined,
    means: verdict(
      'data-at-risk',
      'high',
      'All pods stop; their volume claims stay, but nothing uses them, and whoever tidies up deletes the data.',
    ),
  },
  {
    kinds: services,
    when: ({ setting }) => setting.podsBefore === 0,
    means: verdict('removed', 'low→medium', 'The workload is deleted; it has no pods.'),
  },
  {
    kinds: services,
    means: verdict('removed', 'medium→high', 'All pods of the workload stop and are deleted.'),
  },
  {
    kinds: [cronJob, job],
    means: verdict(
      'removed',
      'low→medium',
      'Nothing is run any more; what runs now is deleted with its pods.',
    ),
  },
  {
    kinds: ['Service'],
    means: verdict(
      'removed',
      'medium→high',
      'The name and address of the Service are gone at once: who calls it fails.',
    ),
  },
  {
    kinds: ways,
    means: verdict(
      'removed',
      'medium→high',
      'Requests from outside no longer come this way to the pods.',
    ),
  },
  {
    kinds: [networkPolicy],
    means: verdict(
      'exposure',
      'medium→high',
      'The policy protects its pods no longer: what no other policy refuses reaches them.',
    ),
  },
  {
    kinds: [disruptionBudget],
    means: verdict(
      'disruption',
      'low→medium',
      'All pods may be evicted at the same time when nodes are drained.',
    ),
  },
  {
    kinds: autoscalers,
    means: verdict(
      'capacity-down',
      'low→medium',
      'Nothing adds pods any more when there is much to do: their number stays, or becomes the stated replicas.',
    ),
  },
  {
    kinds: contents,
    means: verdict(
      'removed',
      'low→medium',
      'Pods that cannot do without the content no longer start; those that run go on.',
    ),
  },
  {
    kinds: [...roles, ...bindings, 'ServiceAccount'],
    means: verdict(
      'permissions',
      'low→medium',
      'Who acts by these permissions is refused at once.',
    ),
  },
  {
    kinds: admission,
    means: verdict(
      'permissions',
      'medium→high',
      'What is applied to the cluster is no longer checked or changed by this.',
    ),
  },
  {
    kinds: monitors,
    means: verdict(
      'removed',
      'low→medium',
      'Nothing is measured or alerted at by this any more: trouble goes unnoticed.',
    ),
  },
  { means: verdict('removed', 'low→medium', 'The object is deleted from the cluster.') },
]

/** https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/ and those of Flux and Helm. */
function isKept({ before }: Situation): boolean {
  const annotations = (key: string) => fieldAt(before, 'metadata', 'annotations', key)
  const options = String(annotations('argocd.argoproj.io/sync-options') ?? '').split(',')
  return (
    options.some((option) => option.trim() === 'Prune=false') ||
    annotations('kustomize.toolkit.fluxcd.io/prune') === 'disabled' ||
    annotations('helm.sh/resource-policy') === 'keep'
  )
}

function deletesClaims(statefulSet: Situation['before']): boolean {
  const policy = fieldAt(statefulSet, 'spec', 'persistentVolumeClaimRetentionPolicy', 'whenDeleted')
  return policy === 'Delete'
}
