import { isList, type Value } from '../../document/node.ts'
import { isSame } from '../../document/same.ts'
import {
  bindings,
  contents,
  daemonSet,
  deployment,
  job,
  replicaSet,
  statefulSet,
  storageClass,
  volume,
} from './kinds.ts'
import type { Part } from './part.ts'
import { anyDeed, covers, type Rule } from './rule.ts'
import { both, type Situation } from './situation.ts'
import { type Verdict, verdict } from './verdict.ts'

// What the API server refuses to change, by the validation of updates in kubernetes/kubernetes,
// pkg/apis/*/validation. A change is refused with all the others of its manifest.

function refused(sentence: string): Verdict {
  return verdict('immutable', 'high', sentence)
}

/** Fields of a StatefulSet that may change, with the first minor version that lets them. */
const freeInStatefulSets: Readonly<Record<string, number>> = {
  '/spec/replicas': 0,
  '/spec/template': 0,
  '/spec/updateStrategy': 0,
  '/spec/minReadySeconds': 0,
  '/spec/persistentVolumeClaimRetentionPolicy': 23,
  '/spec/ordinals': 26,
  // 1.33 still refused it: https://github.com/kubernetes/kubernetes/issues/130263
  '/spec/revisionHistoryLimit': 34,
}

export const immutableFields: readonly Rule[] = [
  {
    kinds: [deployment, replicaSet, daemonSet],
    at: ['/spec/selector'],
    deeds: anyDeed,
    means: refused(
      'The selector of a workload cannot change: the cluster refuses the manifest until the object is deleted, and deleting it stops its pods.',
    ),
  },
  {
    kinds: [statefulSet],
    at: ['/spec/volumeClaimTemplates'],
    deeds: anyDeed,
    means: refused(
      'The volume claims of a StatefulSet cannot change: the cluster refuses the manifest until the StatefulSet is deleted (its pods may be left running), and claims that exist stay as they are.',
    ),
  },
  {
    kinds: [statefulSet],
    at: ['/spec'],
    deeds: anyDeed,
    when: (part, situation) => !isFreeInStatefulSets(part, situation),
    means: refused(
      'This field of a StatefulSet cannot change: the cluster refuses the manifest until the StatefulSet is deleted; its pods may be left running meanwhile.',
    ),
  },
  {
    kinds: [job],
    at: ['/spec/selector', '/spec/manualSelector', '/spec/completionMode', '/spec/podFailurePolicy']
      .concat(['/spec/successPolicy', '/spec/backoffLimitPerIndex', '/spec/managedBy'])
      .concat(['/spec/template', '/spec/completions']),
    deeds: anyDeed,
    when: (part, situation) => !isFreeInJobs(part, situation),
    means: refused(
      'The pods of a Job cannot change: the cluster refuses the manifest until the Job is deleted or has another name, and then it runs again.',
    ),
  },
  {
    kinds: ['Pod'],
    at: ['/spec'],
    deeds: anyDeed,
    when: (part) => !isFreeInPods(part),
    means: refused(
      'A Pod cannot change but for its images: the cluster refuses the manifest until the Pod is deleted.',
    ),
  },
  {
    kinds: ['Service'],
    at: ['/spec/clusterIP', '/spec/clusterIPs', '/spec/ipFamilies'],
    deeds: anyDeed,
    when: ({ pattern }, situation) => hasOtherAddress(pattern.split('/')[2] ?? '', situation),
    means: refused(
      'The address of a Service in the cluster cannot change, nor be given up for none: the cluster refuses the manifest until the Service is deleted.',
    ),
  },
  {
    kinds: ['Service'],
    at: ['/spec/loadBalancerClass', '/spec/healthCheckNodePort'],
    when: (_, situation) => typesOf(situation).every((type) => type === 'LoadBalancer'),
    means: refused(
      'This field of a load balancer cannot change: the cluster refuses the manifest until the Service is deleted, and deleting it gives its outside address up.',
    ),
  },
  {
    kinds: [volume],
    at: ['/spec'],
    deeds: anyDeed,
    when: ({ pattern }) => !freeInVolumes.some((field) => covers(field, pattern)),
    means: refused(
      'Where a volume keeps its data cannot change: the cluster refuses the manifest until the volume is deleted.',
    ),
  },
  {
    kinds: bindings,
    at: ['/roleRef'],
    means: refused(
      'The role of a binding cannot change: the cluster refuses the manifest until the binding is deleted, and then nobody has its permissions until it is there again.',
    ),
  },
  {
    kinds: contents,
    at: ['/data', '/binaryData', '/stringData', '/immutable'],
    when: (_, situation) => both(situation, 'immutable')[0] === true,
    means: refused(
      'This content is marked immutable: the cluster refuses the manifest. Give the object another name, and name that in its pods.',
    ),
  },
  {
    kinds: ['Secret'],
    at: ['/type'],
    means: refused(
      'The type of a Secret cannot change: the cluster refuses the manifest until the Secret is deleted, and pods that start meanwhile wait for it.',
    ),
  },
  ...fixed([storageClass], 'provisioner', 'parameters', 'reclaimPolicy', 'volumeBindingMode'),
  ...fixed(['PriorityClass.scheduling.k8s.io'], 'value', 'preemptionPolicy'),
  ...fixed(['IngressClass.networking.k8s.io'], 'spec/controller'),
  ...fixed(['EndpointSlice.discovery.k8s.io'], 'addressType'),
  ...fixed(['RuntimeClass.node.k8s.io'], 'handler'),
  ...fixed(['CustomResourceDefinition.apiextensions.k8s.io'], 'spec/group', 'spec/scope'),
]

function fixed(kinds: readonly string[], ...fields: readonly string[]): Rule[] {
  const means = refused(
    'This field cannot change: the cluster refuses the manifest until the object is deleted.',
  )
  return [{ kinds, at: fields.map((field) => `/${field}`), deeds: anyDeed, means }]
}

function isFreeInStatefulSets({ pattern }: Part, { setting }: Situation): boolean {
  return Object.entries(freeInStatefulSets).some(([field, since]) => {
    return covers(field, pattern) && (setting.minorAfter ?? since) >= since
  })
}

/** Where pods of a suspended Job may be scheduled is free, and how many an indexed one needs. */
function isFreeInJobs({ pattern }: Part, situation: Situation): boolean {
  if (pattern === '/spec/completions') {
    const [, mode] = both(situation, 'spec', 'completionMode')
    const [, completions] = both(situation, 'spec', 'completions')
    const [, parallelism] = both(situation, 'spec', 'parallelism')
    return mode === 'Indexed' && completions === parallelism
  }
  const [suspended] = both(situation, 'spec', 'suspend')
  return suspended === true && scheduling.some((field) => covers(field, pattern))
}

const scheduling = ['metadata/labels', 'metadata/annotations', 'spec/nodeSelector', 'spec/affinity']
  .concat(['spec/tolerations', 'spec/schedulingGates'])
  .map((field) => `/spec/template/${field}`)

function isFreeInPods({ deed, pattern }: Part): boolean {
  if (covers('/spec/tolerations', pattern)) return deed === 'added'
  if (deed === 'changed' && /^\/spec\/(?:initC|c)ontainers\/\*\/image$/.test(pattern)) return true
  return pattern === '/spec/activeDeadlineSeconds'
}

/** Whether a Service states another first address, or family, than before. */
function hasOtherAddress(field: string, situation: Situation): boolean {
  if (typesOf(situation)[1] === 'ExternalName') return false
  const [before, after] = both(situation, 'spec', field).map(firstOf)
  // An address that is no longer stated stays what it is.
  if (after === undefined) return false
  // Which one the cluster gave is not known; but one of its own is not what was asked for.
  return before !== undefined ? !isSame(before, after) : field !== 'ipFamilies'
}

function firstOf(value: Value | undefined): Value | undefined {
  return isList(value) ? value[0] : value
}

function typesOf(situation: Situation): readonly (Value | undefined)[] {
  return both(situation, 'spec', 'type')
}

const freeInVolumes = ['capacity', 'accessModes', 'mountOptions', 'claimRef', 'storageClassName']
  .concat(['persistentVolumeReclaimPolicy', 'volumeAttributesClassName'])
  .map((field) => `/spec/${field}`)
