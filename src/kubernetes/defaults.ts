import type { Value, ValueMap } from '../document/node.ts'
import {
  autoscaler,
  binding,
  limitRange,
  networkPolicy,
  oldIngress,
  route,
  service,
  webhooks,
} from './defaults/others.ts'
import { podOnItsOwn, podTemplate } from './defaults/pods.ts'
import type { Defaults, Inherited } from './defaults/tree.ts'
import {
  claim,
  cronJob,
  daemonSet,
  deployment,
  job,
  olderDeployment,
  oldestDeployment,
  replicated,
  rollout,
  statefulSet,
} from './defaults/workloads.ts'
import { groupKindOf } from './pod-spec.ts'

/** The fields beside a field without which its default cannot be told; `*` is all of them. */
export const companions: ReadonlyMap<string, readonly string[]> = new Map([
  ['allocateLoadBalancerNodePorts', ['type']],
  ['apiGroup', ['kind']],
  ['backoffLimit', ['backoffLimitPerIndex']],
  ['completions', ['parallelism']],
  ['emptyDir', ['*']],
  ['externalTrafficPolicy', ['type']],
  ['imagePullPolicy', ['image']],
  ['internalTrafficPolicy', ['type']],
  ['ipFamilyPolicy', ['clusterIP', 'selector', 'type']],
  ['policyTypes', ['egress']],
  ['rollingUpdate', ['type']],
  ['serviceAccount', ['serviceAccountName']],
  ['serviceAccountName', ['serviceAccount']],
  ['sessionAffinityConfig', ['sessionAffinity']],
  ['targetPort', ['port']],
])

const specs: Readonly<Record<string, Defaults>> = {
  '/PersistentVolume': {
    filled: { persistentVolumeReclaimPolicy: 'Retain', volumeMode: 'Filesystem' },
    meant: { storageClassName: '' },
  },
  '/PersistentVolumeClaim': claim,
  '/Pod': podOnItsOwn,
  '/ReplicationController': replicated,
  '/Service': service,
  '/LimitRange': limitRange,
  'apps/DaemonSet': daemonSet,
  'apps/Deployment': deployment,
  'apps/ReplicaSet': replicated,
  'apps/StatefulSet': statefulSet,
  'argoproj.io/Rollout': rollout,
  'autoscaling/HorizontalPodAutoscaler': autoscaler,
  'batch/CronJob': cronJob,
  'batch/Job': job,
  'extensions/DaemonSet': daemonSet,
  'extensions/NetworkPolicy': networkPolicy,
  'extensions/ReplicaSet': replicated,
  'gateway.networking.k8s.io/GRPCRoute': route,
  'gateway.networking.k8s.io/HTTPRoute': route,
  'networking.k8s.io/NetworkPolicy': networkPolicy,
  'policy/PodDisruptionBudget': { meant: { unhealthyPodEvictionPolicy: 'IfHealthyBudget' } },
}

const wholes: Readonly<Record<string, Defaults>> = {
  '/Namespace': {
    fields: {
      metadata: {
        meant: { labels: {} },
        fields: {
          labels: {
            each: (key, inherited) => {
              return key === 'kubernetes.io/metadata.name' ? inherited('name') : undefined
            },
          },
        },
      },
    },
  },
  '/PodTemplate': { fields: { template: podTemplate } },
  '/Secret': { filled: { type: 'Opaque' } },
  'admissionregistration.k8s.io/MutatingWebhookConfiguration': webhooks,
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration': webhooks,
  'rbac.authorization.k8s.io/ClusterRoleBinding': binding,
  'rbac.authorization.k8s.io/RoleBinding': binding,
  'scheduling.k8s.io/PriorityClass': {
    filled: { preemptionPolicy: 'PreemptLowerPriority' },
    meant: { globalDefault: false },
  },
  'storage.k8s.io/StorageClass': {
    filled: { reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' },
  },
}

/** Kinds of versions whose defaults are others than those of the newest. */
const versions: Readonly<Record<string, Defaults>> = {
  'apps/v1beta1 Deployment': { fields: { spec: olderDeployment } },
  'autoscaling/v1 HorizontalPodAutoscaler': {
    fields: { spec: { filled: { minReplicas: 1, targetCPUUtilizationPercentage: 80 } } },
  },
  'extensions/v1beta1 Deployment': { fields: { spec: oldestDeployment } },
  'extensions/v1beta1 Ingress': { fields: { spec: oldIngress } },
  'networking.k8s.io/v1beta1 Ingress': { fields: { spec: oldIngress } },
}

/** What nobody who writes a manifest states. */
const books: Defaults = {
  bookkeeping: new Set(['status']),
  meant: { metadata: {}, spec: {} },
}
const booksOfMetadata: Defaults = {
  bookkeeping: new Set([
    'creationTimestamp',
    'generation',
    'managedFields',
    'resourceVersion',
    'selfLink',
    'uid',
  ]),
}
const booksOfAnnotations: Defaults = {
  bookkeeping: new Set([
    'deployment.kubernetes.io/revision',
    'kubectl.kubernetes.io/last-applied-configuration',
    'kubectl.kubernetes.io/restartedAt',
  ]),
}

const cache = new Map<string, Defaults>()

/** What the absence of fields means in objects of a kind; nothing of one that nobody knows. */
export function defaultsOf(apiVersion: string, kind: string): Defaults {
  const key = `${apiVersion} ${kind}`
  const defaults = cache.get(key) ?? withBooks(ownDefaultsOf(apiVersion, kind))
  cache.set(key, defaults)
  return defaults
}

function ownDefaultsOf(apiVersion: string, kind: string): Defaults {
  const ofVersion = versions[`${apiVersion} ${kind}`]
  if (ofVersion) return ofVersion
  const name = groupKindOf({ apiVersion, kind })
  const spec = specs[name]
  return wholes[name] ?? (spec ? { fields: { spec } } : {})
}

function withBooks(own: Defaults): Defaults {
  const { metadata } = own.fields ?? {}
  return {
    ...own,
    ...books,
    meant: { ...books.meant, ...own.meant },
    fields: {
      ...own.fields,
      metadata: {
        ...metadata,
        ...booksOfMetadata,
        fields: { ...metadata?.fields, annotations: booksOfAnnotations },
      },
    },
  }
}

/**
 * What it means that a map lacks a field: the value that the API server fills in or that is taken for
 * granted. Undefined where absence is nothing else.
 */
export function meaningOfAbsence(
  defaults: Defaults,
  key: string,
  owner: ValueMap,
  inherited: Inherited,
): Value | undefined {
  const { filled, meant, each } = defaults
  return valueFrom(filled) ?? valueFrom(meant) ?? each?.(key, inherited)

  function valueFrom(table: Defaults['filled']): Value | undefined {
    const own = table && Object.hasOwn(table, key) ? table[key] : undefined
    return typeof own === 'function' ? own(owner, inherited) : own
  }
}
