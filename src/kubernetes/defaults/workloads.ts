import { isMap, type Value, type ValueMap } from '../../document/node.ts'
import { podTemplate } from './pods.ts'
import type { Defaults } from './tree.ts'

const unlimited = 2_147_483_647
const nobodysNumber = { minReadySeconds: 0 }

/** The strategies of workloads: the numbers belong to rolling updates only. */
function rolling(numbers: Readonly<Record<string, Value>>): Defaults {
  return {
    filled: {
      type: 'RollingUpdate',
      rollingUpdate: ({ type }) => ((type ?? 'RollingUpdate') === 'RollingUpdate' ? {} : undefined),
    },
    fields: { rollingUpdate: { filled: numbers } },
  }
}

const quarter = { maxSurge: '25%', maxUnavailable: '25%' }
export const deployment: Defaults = {
  filled: { progressDeadlineSeconds: 600, replicas: 1, revisionHistoryLimit: 10, strategy: {} },
  meant: { paused: false, ...nobodysNumber },
  fields: { strategy: rolling(quarter), template: podTemplate },
}
/** As apps/v1beta1 has it. */
export const olderDeployment: Defaults = {
  ...deployment,
  filled: { ...deployment.filled, revisionHistoryLimit: 2, selector: labelsOfTemplate },
}
/** As extensions/v1beta1 has it. */
export const oldestDeployment: Defaults = {
  filled: {
    ...deployment.filled,
    progressDeadlineSeconds: unlimited,
    revisionHistoryLimit: unlimited,
    selector: labelsOfTemplate,
  },
  meant: deployment.meant ?? {},
  fields: { ...deployment.fields, strategy: rolling({ maxSurge: 1, maxUnavailable: 1 }) },
}

function labelsOfTemplate({ template }: ValueMap): Value | undefined {
  const metadata = isMap(template) ? template.metadata : undefined
  const labels = isMap(metadata) ? metadata.labels : undefined
  return isMap(labels) ? { matchLabels: labels } : undefined
}

export const claim: Defaults = { filled: { volumeMode: 'Filesystem' }, meant: { volumeName: '' } }
export const statefulSet: Defaults = {
  filled: {
    persistentVolumeClaimRetentionPolicy: {},
    podManagementPolicy: 'OrderedReady',
    replicas: 1,
    revisionHistoryLimit: 10,
    updateStrategy: {},
  },
  meant: { serviceName: '', ...nobodysNumber },
  fields: {
    ordinals: { meant: { start: 0 } },
    persistentVolumeClaimRetentionPolicy: {
      filled: { whenDeleted: 'Retain', whenScaled: 'Retain' },
    },
    template: { ...podTemplate, stored: true },
    updateStrategy: rolling({ partition: 0 }),
    volumeClaimTemplates: {
      items: {
        filled: { apiVersion: 'v1', kind: 'PersistentVolumeClaim' },
        meant: { metadata: {}, status: {} },
        fields: { spec: claim },
      },
    },
  },
}
export const daemonSet: Defaults = {
  filled: { revisionHistoryLimit: 10, updateStrategy: {} },
  meant: nobodysNumber,
  fields: {
    template: { ...podTemplate, stored: true },
    updateStrategy: rolling({ maxSurge: 0, maxUnavailable: 1 }),
  },
}
export const replicated: Defaults = {
  filled: { replicas: 1 },
  meant: nobodysNumber,
  fields: { template: podTemplate },
}
const podFailurePolicy: Defaults = {
  fields: {
    rules: {
      items: { fields: { onPodConditions: { items: { filled: { status: 'True' } } } } },
    },
  },
}
export const job: Defaults = {
  filled: {
    backoffLimit: ({ backoffLimitPerIndex: own }) => (own === undefined ? 6 : unlimited),
    completionMode: 'NonIndexed',
    completions: ({ parallelism }) => (parallelism === undefined ? 1 : undefined),
    parallelism: 1,
    suspend: false,
  },
  meant: {
    manualSelector: false,
    podReplacementPolicy: ({ podFailurePolicy: policy }) => {
      return policy === undefined ? 'TerminatingOrFailed' : 'Failed'
    },
  },
  fields: { podFailurePolicy, template: podTemplate },
}
export const cronJob: Defaults = {
  filled: {
    concurrencyPolicy: 'Allow',
    failedJobsHistoryLimit: 1,
    successfulJobsHistoryLimit: 3,
    suspend: false,
  },
  fields: {
    // Filled in only when a Job is made of it.
    jobTemplate: {
      meant: { metadata: {} },
      fields: { spec: { ...job, filled: {}, meant: { ...job.filled, ...job.meant } } },
    },
  },
}

export const rollout: Defaults = {
  meant: {
    minReadySeconds: 0,
    paused: false,
    progressDeadlineSeconds: 600,
    replicas: 1,
    revisionHistoryLimit: 10,
  },
  fields: {
    strategy: {
      fields: {
        canary: { meant: quarter },
        blueGreen: { meant: { autoPromotionEnabled: true, scaleDownDelaySeconds: 30 } },
      },
    },
    template: podTemplate,
  },
}
