import { describe, expect, test } from 'vitest'
import type { ObjectPair } from '../../src/diff/change.ts'
import { meaningsOf } from '../../src/diff/meaning/meanings-of.ts'
import type { Setting } from '../../src/diff/meaning/situation.ts'
import { compareGravity, type Risks } from '../../src/diff/meaning/verdict.ts'
import type { MeaningId } from '../../src/diff/meaning.ts'
import type { ValueMap } from '../../src/document/node.ts'
import { calm, change, changesOf, object } from './objects.ts'

/** Before and after, what it is, its risks, how the sentence begins, and what else is known. */
type Row = [
  title: string,
  type: string,
  before: ValueMap | undefined,
  after: ValueMap | undefined,
  id: MeaningId,
  risks: Risks,
  sentence: string,
  setting?: Partial<Setting>,
]

function hold(rows: readonly Row[]): void {
  test.each(rows)('%s', (_, type, before, after, id, risks, sentence, setting = {}) => {
    const pair = {
      before: before && object(type, before),
      after: after && object(type, after),
    } as ObjectPair
    const [ordinary, guarded] = [false, true].map((isProtected) => {
      const meant = meaningsOf(pair, changesOf(pair), {
        ...calm,
        ...setting,
        protected: isProtected,
      })
      return meant.map(({ meaning }) => meaning).sort(compareGravity)[0]
    })
    expect(ordinary?.id).toBe(id)
    expect(ordinary?.sentence.slice(0, sentence.length)).toBe(sentence)
    const [low, high = low] = risks.split('→')
    expect([ordinary?.risk, guarded?.risk]).toEqual([low, high])
  })
}

const spec = (value: ValueMap): ValueMap => ({ spec: value })
const container = (value: ValueMap): ValueMap => {
  return spec({ template: { spec: { containers: [{ name: 'app', image: 'a:1', ...value }] } } })
}
const pod = (value: ValueMap): ValueMap => spec({ template: { spec: value } })
const four = { podsBefore: 4, podsAfter: 4 }
const Deployment = 'apps/v1 Deployment'
const StatefulSet = 'apps/v1 StatefulSet'
const DaemonSet = 'apps/v1 DaemonSet'
const Rollout = 'argoproj.io/v1alpha1 Rollout'
const Job = 'batch/v1 Job'
const CronJob = 'batch/v1 CronJob'
const Claim = 'v1 PersistentVolumeClaim'
const selector = (app: string) => spec({ selector: { matchLabels: { app } } })
const theSelector = 'The selector of a workload cannot change'
const theStatefulSet = 'This field of a StatefulSet cannot change'
const theJob = 'The pods of a Job cannot change'
const theAddress = 'The address of a Service in the cluster cannot change'
const theField = 'This field cannot change'

describe('what the cluster refuses', () => {
  hold([
    ...[Deployment, DaemonSet, 'apps/v1 ReplicaSet'].map((type): Row => {
      const [a, b] = [selector('a'), selector('b')]
      return [`selector of ${type}`, type, a, b, 'immutable', 'high', theSelector]
    }),
    ...[
      ['serviceName', 'a', 'b'],
      ['podManagementPolicy', 'OrderedReady', 'Parallel'],
      ['selector', { matchLabels: { a: '1' } }, { matchLabels: { a: '2' } }],
    ].map(([field, a, b]): Row => {
      const [before, after] = [
        spec({ [String(field)]: a ?? '' }),
        spec({ [String(field)]: b ?? '' }),
      ]
      return [
        `${field} of a StatefulSet`,
        StatefulSet,
        before,
        after,
        'immutable',
        'high',
        theStatefulSet,
      ]
    }),
    [
      'claims of a StatefulSet',
      StatefulSet,
      spec({ volumeClaimTemplates: [{ spec: { resources: { requests: { storage: '1Gi' } } } }] }),
      spec({ volumeClaimTemplates: [{ spec: { resources: { requests: { storage: '2Gi' } } } }] }),
      'immutable',
      'high',
      'The volume claims of a StatefulSet cannot change',
    ],
    ...(
      [
        ['revisionHistoryLimit', 33, 'immutable'],
        ['revisionHistoryLimit', 34, 'rollout'],
        ['revisionHistoryLimit', undefined, 'rollout'],
        ['ordinals', 25, 'immutable'],
        ['persistentVolumeClaimRetentionPolicy', 22, 'immutable'],
        ['persistentVolumeClaimRetentionPolicy', 23, 'rollout'],
        ['minReadySeconds', 20, 'rollout'],
      ] as const
    ).map(([field, minorAfter, id]): Row => {
      const value = field === 'persistentVolumeClaimRetentionPolicy' ? { whenScaled: 'Delete' } : 3
      const setting = minorAfter === undefined ? {} : { minorAfter }
      const risk = id === 'immutable' ? 'high' : 'low'
      const title = `${field} of a StatefulSet in 1.${minorAfter}`
      return [title, StatefulSet, spec({ [field]: value }), spec({}), id, risk, '', setting]
    }),
    ...[
      ['selector', { matchLabels: { a: '2' } }],
      ['template', { spec: { restartPolicy: 'Never' } }],
      ['completionMode', 'Indexed'],
      ['completions', 3],
      ['podFailurePolicy', { rules: [] }],
      ['successPolicy', { rules: [] }],
      ['backoffLimitPerIndex', 1],
      ['managedBy', 'example.com/queue'],
    ].map(([field, value]): Row => {
      const after = spec({ [String(field)]: value ?? '' })
      return [`${field} of a Job`, Job, spec({}), after, 'immutable', 'high', theJob]
    }),
    [
      'completions of an indexed Job that equal its parallelism',
      Job,
      spec({ completionMode: 'Indexed', completions: 2, parallelism: 2 }),
      spec({ completionMode: 'Indexed', completions: 3, parallelism: 3 }),
      'scale',
      'low',
      'The Job has another number of pods at work.',
    ],
    [
      'where the pods of a suspended Job may be scheduled',
      Job,
      spec({ suspend: true, template: { spec: { nodeSelector: { disk: 'hdd' } } } }),
      spec({ suspend: true, template: { spec: { nodeSelector: { disk: 'ssd' } } } }),
      'next-run',
      'low',
      'It holds once the suspended Job goes on.',
    ],
    [
      'a Pod',
      'v1 Pod',
      spec({ nodeName: 'a' }),
      spec({ nodeName: 'b' }),
      'immutable',
      'high',
      'A Pod cannot change',
    ],
    [
      'the image of a Pod',
      'v1 Pod',
      spec({ containers: [{ name: 'app', image: 'a:1' }] }),
      spec({ containers: [{ name: 'app', image: 'a:2' }] }),
      'restart',
      'low→medium',
      'The container is restarted in its place.',
    ],
    [
      'another toleration of a Pod',
      'v1 Pod',
      spec({ tolerations: [{ key: 'a' }] }),
      spec({ tolerations: [{ key: 'a' }, { key: 'b' }] }),
      'rollout',
      'low',
      'Only how long the Pod may run',
    ],
    [
      'clusterIP',
      'v1 Service',
      spec({ clusterIP: '10.0.0.1' }),
      spec({ clusterIP: 'None' }),
      'immutable',
      'high',
      theAddress,
    ],
    [
      'clusterIP from the cluster to None',
      'v1 Service',
      spec({}),
      spec({ clusterIP: 'None' }),
      'immutable',
      'high',
      theAddress,
    ],
    [
      'first of clusterIPs',
      'v1 Service',
      spec({ clusterIPs: ['10.0.0.1'] }),
      spec({ clusterIPs: ['10.0.0.2'] }),
      'immutable',
      'high',
      theAddress,
    ],
    [
      'first of ipFamilies',
      'v1 Service',
      spec({ ipFamilies: ['IPv4'] }),
      spec({ ipFamilies: ['IPv6'] }),
      'immutable',
      'high',
      theAddress,
    ],
    [
      'order of ipFamilies',
      'v1 Service',
      spec({ ipFamilies: ['IPv4', 'IPv6'] }),
      spec({ ipFamilies: ['IPv6', 'IPv4'] }),
      'immutable',
      'high',
      theAddress,
    ],
    [
      'second of ipFamilies',
      'v1 Service',
      spec({ ipFamilies: ['IPv4'] }),
      spec({ ipFamilies: ['IPv4', 'IPv6'] }),
      'traffic',
      'low→medium',
      'How the Service chooses',
    ],
    [
      'clusterIP no longer stated',
      'v1 Service',
      spec({ clusterIP: '10.0.0.1' }),
      spec({}),
      'traffic',
      'low',
      'The address of the Service is no longer stated',
    ],
    [
      'clusterIP of a Service that becomes a name',
      'v1 Service',
      spec({ clusterIP: '10.0.0.1' }),
      spec({ type: 'ExternalName', externalName: 'example.com' }),
      'traffic',
      'medium→high',
      'The name of the Service leads elsewhere at once.',
    ],
    ...['healthCheckNodePort', 'loadBalancerClass'].map((field): Row => {
      const type = { type: 'LoadBalancer' }
      const [a, b] = [spec({ ...type, [field]: 1 }), spec({ ...type, [field]: 2 })]
      return [
        field,
        'v1 Service',
        a,
        b,
        'immutable',
        'high',
        'This field of a load balancer cannot change',
      ]
    }),
    [
      'spec of a claim',
      Claim,
      spec({ storageClassName: 'a' }),
      spec({ storageClassName: 'b' }),
      'data-at-risk',
      'high',
      'A volume claim cannot change',
    ],
    [
      'a claim that shrinks',
      Claim,
      spec({ resources: { requests: { storage: '10Gi' } } }),
      spec({ resources: { requests: { storage: '9000Mi' } } }),
      'data-at-risk',
      'high',
      'A volume cannot shrink',
    ],
    [
      'a claim that grows',
      Claim,
      spec({ resources: { requests: { storage: '1000Mi' } } }),
      spec({ resources: { requests: { storage: '1Gi' } } }),
      'scale',
      'low',
      'The volume grows',
    ],
    [
      'volumeAttributesClassName',
      Claim,
      spec({ volumeAttributesClassName: 'a' }),
      spec({ volumeAttributesClassName: 'b' }),
      'configuration',
      'low',
      'The storage gives',
    ],
    ...['RoleBinding', 'ClusterRoleBinding'].map((kind): Row => {
      const type = `rbac.authorization.k8s.io/v1 ${kind}`
      const [a, b] = [{ roleRef: { name: 'view' } }, { roleRef: { name: 'edit' } }]
      return [
        `roleRef of a ${kind}`,
        type,
        a,
        b,
        'immutable',
        'high',
        'The role of a binding cannot change',
      ]
    }),
    ...['ConfigMap', 'Secret'].map((kind): Row => {
      const [a, b] = [
        { immutable: true, data: { a: '1' } },
        { immutable: true, data: { a: '2' } },
      ]
      return [
        `immutable ${kind}`,
        `v1 ${kind}`,
        a,
        b,
        'immutable',
        'high',
        'This content is marked immutable',
      ]
    }),
    [
      'immutable, unset',
      'v1 ConfigMap',
      { immutable: true },
      {},
      'immutable',
      'high',
      'This content is marked immutable',
    ],
    [
      'immutable, set',
      'v1 ConfigMap',
      {},
      { immutable: true },
      'configuration',
      'low',
      'From now on the content',
    ],
    [
      'type of a Secret',
      'v1 Secret',
      { type: 'Opaque' },
      { type: 'a/b' },
      'immutable',
      'high',
      'The type of a Secret cannot change',
    ],
    ...(
      [
        ['storage.k8s.io/v1 StorageClass', 'provisioner'],
        ['storage.k8s.io/v1 StorageClass', 'parameters'],
        ['storage.k8s.io/v1 StorageClass', 'reclaimPolicy'],
        ['storage.k8s.io/v1 StorageClass', 'volumeBindingMode'],
        ['scheduling.k8s.io/v1 PriorityClass', 'value'],
        ['discovery.k8s.io/v1 EndpointSlice', 'addressType'],
        ['node.k8s.io/v1 RuntimeClass', 'handler'],
      ] as const
    ).map(([type, field]): Row => {
      return [
        `${field} of a ${type}`,
        type,
        { [field]: 'a' },
        { [field]: 'b' },
        'immutable',
        'high',
        theField,
      ]
    }),
    [
      'controller of an IngressClass',
      'networking.k8s.io/v1 IngressClass',
      spec({ controller: 'a' }),
      spec({ controller: 'b' }),
      'immutable',
      'high',
      theField,
    ],
    [
      'where a volume keeps its data',
      'v1 PersistentVolume',
      spec({ nfs: { path: '/a' } }),
      spec({ nfs: { path: '/b' } }),
      'immutable',
      'high',
      'Where a volume',
    ],
  ])
})

describe('what may change', () => {
  hold([
    [
      'an Ingress',
      'networking.k8s.io/v1 Ingress',
      spec({ rules: [{ host: 'a', http: { paths: [{ path: '/' }] } }] }),
      spec({ rules: [{ host: 'a', http: { paths: [{ path: '/b' }] } }] }),
      'traffic',
      'medium',
      'Requests from outside are led',
    ],
    [
      'a LimitRange',
      'v1 LimitRange',
      spec({ limits: [{ max: { cpu: '2' } }] }),
      spec({ limits: [{ max: { cpu: '1' } }] }),
      'configuration',
      'low→medium',
      'Pods that run stay',
    ],
    [
      'a ResourceQuota that grows',
      'v1 ResourceQuota',
      spec({ hard: { pods: '10' } }),
      spec({ hard: { pods: '20' } }),
      'configuration',
      'low',
      'Kubernetes itself restarts nothing',
    ],
    [
      'a CronJob',
      CronJob,
      spec({ jobTemplate: { spec: { template: { spec: { a: 1 } } } } }),
      spec({ jobTemplate: { spec: { template: { spec: { a: 2 } } } } }),
      'next-run',
      'low',
      'It holds from the next run on',
    ],
    [
      'the schedule of a CronJob',
      CronJob,
      spec({ schedule: '0 1 * * *' }),
      spec({ schedule: '0 2 * * *' }),
      'next-run',
      'low→medium',
      'Runs start at other times',
    ],
    [
      'a suspended CronJob',
      CronJob,
      spec({}),
      spec({ suspend: true }),
      'next-run',
      'medium',
      'No run starts',
    ],
    [
      'a custom resource',
      'example.com/v1 Thing',
      spec({ a: 1 }),
      spec({ a: 2 }),
      'configuration',
      'low',
      'Kubernetes itself restarts nothing',
    ],
    [
      'alerts',
      'monitoring.coreos.com/v1 PrometheusRule',
      spec({ groups: [] }),
      spec({ groups: [{}] }),
      'configuration',
      'low',
      'Other things are measured',
    ],
  ])
})

describe('what becomes of the pods', () => {
  const template = (image: string, more: ValueMap = {}) =>
    spec({ ...more, template: { spec: { containers: [{ name: 'app', image }] } } })
  const row = (
    title: string,
    type: string,
    more: ValueMap,
    id: MeaningId,
    risks: Risks,
    sentence: string,
    setting: Partial<Setting> = four,
  ): Row => {
    return [title, type, template('a:1', more), template('a:2', more), id, risks, sentence, setting]
  }
  const oneAfterAnother = 'The pods are replaced one after another.'
  const allStop = 'All pods stop before new ones are ready: nothing answers meanwhile.'
  const half = 'The pods are replaced with half of them or more missing'
  const rolling = (more: ValueMap) => ({ strategy: { rollingUpdate: more } })
  hold([
    [
      'labels and annotations',
      Deployment,
      { metadata: { labels: { a: '1' } } },
      { metadata: { labels: { a: '2' }, annotations: { b: '1' } } },
      'metadata',
      'low',
      'Only labels and annotations change',
    ],
    ...(
      [
        ['minReadySeconds', 10],
        ['revisionHistoryLimit', 3],
        ['progressDeadlineSeconds', 300],
      ] as const
    ).map(
      ([field, value]): Row => [
        field,
        Deployment,
        spec({}),
        spec({ [field]: value }),
        'rollout',
        'low',
        'No pod is replaced; it only shapes',
      ],
    ),
    [
      'paused',
      Deployment,
      spec({}),
      spec({ paused: true }),
      'rollout',
      'low→medium',
      'The workload is paused: no change',
    ],
    [
      'no longer paused',
      Deployment,
      spec({ paused: true }),
      spec({}),
      'rollout',
      'medium',
      'The workload is no longer paused',
    ],
    [
      'maxSurge',
      Deployment,
      spec(rolling({ maxSurge: 1 })),
      spec(rolling({ maxSurge: 2 })),
      'rollout',
      'low',
      'No pod is replaced',
      four,
    ],
    [
      'a greater maxUnavailable',
      Deployment,
      spec(rolling({ maxUnavailable: 0 })),
      spec(rolling({ maxUnavailable: 1 })),
      'rollout',
      'medium',
      'More pods than before may be missing',
      four,
    ],
    [
      'a maxUnavailable that comes to the same',
      Deployment,
      spec(rolling({ maxUnavailable: '25%' })),
      spec(rolling({ maxUnavailable: '30%' })),
      'rollout',
      'low',
      'No pod is replaced',
      four,
    ],
    [
      'Recreate',
      Deployment,
      spec({ strategy: { type: 'RollingUpdate' } }),
      spec({ strategy: { type: 'Recreate' } }),
      'rollout',
      'medium',
      'From the next rollout on all pods stop',
      four,
    ],
    [
      'OnDelete',
      StatefulSet,
      spec({}),
      spec({ updateStrategy: { type: 'OnDelete' } }),
      'rollout',
      'low→medium',
      'From now on a pod takes changes over only',
      four,
    ],
    [
      'a lower partition',
      StatefulSet,
      spec({ updateStrategy: { rollingUpdate: { partition: 3 } } }),
      spec({ updateStrategy: { rollingUpdate: { partition: 1 } } }),
      'restart',
      'low→medium',
      'The partition lets go',
      four,
    ],
    row('a template', Deployment, {}, 'restart', 'low→medium', oneAfterAnother),
    row('a template of a StatefulSet', StatefulSet, {}, 'restart', 'low→medium', oneAfterAnother),
    row('a template of a Rollout', Rollout, {}, 'restart', 'low→medium', oneAfterAnother),
    row(
      'a template of a DaemonSet',
      DaemonSet,
      {},
      'restart',
      'low→medium',
      'The pods on all nodes are replaced, a few',
      {},
    ),
    row(
      'a DaemonSet with half of its nodes at a time',
      DaemonSet,
      { updateStrategy: { rollingUpdate: { maxUnavailable: '50%' } } },
      'restart',
      'medium→high',
      'The pods on all nodes are replaced, on half',
      {},
    ),
    row('a single pod', Deployment, {}, 'restart', 'low→medium', oneAfterAnother, {
      podsBefore: 1,
      podsAfter: 1,
    }),
    row(
      'a single pod that may be missing',
      Deployment,
      rolling({ maxUnavailable: 1 }),
      'restart',
      'medium→high',
      allStop,
      { podsBefore: 1, podsAfter: 1 },
    ),
    row('a StatefulSet of one pod', StatefulSet, {}, 'restart', 'medium→high', allStop, {
      podsBefore: 1,
      podsAfter: 1,
    }),
    row(
      'half of the pods missing',
      Deployment,
      rolling({ maxUnavailable: 2 }),
      'restart',
      'medium→high',
      half,
    ),
    row(
      'less than half missing',
      Deployment,
      rolling({ maxUnavailable: '49%' }),
      'restart',
      'low→medium',
      oneAfterAnother,
    ),
    row(
      'all pods at once',
      Deployment,
      { strategy: { type: 'Recreate' } },
      'restart',
      'medium→high',
      allStop,
    ),
    row(
      'OnDelete',
      StatefulSet,
      { updateStrategy: { type: 'OnDelete' } },
      'restart',
      'low',
      'The pods that run stay as they are: each',
    ),
    row(
      'OnDelete of a DaemonSet',
      DaemonSet,
      { updateStrategy: { type: 'OnDelete' } },
      'restart',
      'low',
      'The pods that run stay as they are: each',
      {},
    ),
    row(
      'a partition above all',
      StatefulSet,
      { updateStrategy: { rollingUpdate: { partition: 4 } } },
      'rollout',
      'low',
      'No pod is replaced: none runs',
    ),
    row('no pods', Deployment, { replicas: 0 }, 'rollout', 'low', 'No pod is replaced: none runs', {
      podsBefore: 0,
      podsAfter: 0,
    }),
    row(
      'a paused workload',
      Deployment,
      { paused: true },
      'rollout',
      'low',
      'The workload is paused: its pods',
    ),
    row(
      'a ReplicationController',
      'v1 ReplicationController',
      {},
      'restart',
      'low',
      'The pods that run stay as they are; only',
    ),
    [
      'an annotation of the template',
      Deployment,
      spec({ template: {} }),
      spec({ template: { metadata: { annotations: { checksum: 'a' } } } }),
      'restart',
      'low→medium',
      oneAfterAnother,
      four,
    ],
    [
      'order',
      Deployment,
      container({ env: [{ name: 'A' }, { name: 'B' }] }),
      container({ env: [{ name: 'B' }, { name: 'A' }] }),
      'restart',
      'low→medium',
      'Only the order differs, and still all pods are replaced.',
      four,
    ],
    [
      'content of a ConfigMap',
      'v1 ConfigMap',
      { data: { a: '1' } },
      { data: { a: '2' } },
      'configuration',
      'low',
      'Nothing is restarted: mounted files follow',
    ],
    [
      'a key that goes',
      'v1 ConfigMap',
      { data: { a: '1', b: '1' } },
      { data: { a: '1' } },
      'configuration',
      'low→medium',
      'A key is gone',
    ],
    [
      'another version',
      'policy/v1 PodDisruptionBudget',
      { apiVersion: 'policy/v1beta1' },
      {},
      'version',
      'low',
      'The object is written in another version',
    ],
    [
      'a name',
      Deployment,
      {},
      { metadata: { name: 'order-2' } },
      'recreate',
      'medium→high',
      'The pods with the old name stop',
    ],
    [
      'the name of a StatefulSet with volumes',
      StatefulSet,
      spec({ volumeClaimTemplates: [] }),
      { metadata: { name: 'order-2' } },
      'data-at-risk',
      'high',
      'All pods stop, and those with the new name',
    ],
    [
      'the name of a claim',
      Claim,
      {},
      { metadata: { name: 'order-2' } },
      'data-at-risk',
      'high',
      'The volume claim is deleted with its data',
    ],
    [
      'the name of a Job',
      Job,
      {},
      { metadata: { name: 'order-2' } },
      'next-run',
      'low→medium',
      'The Job runs again',
    ],
    [
      'the name of a ConfigMap',
      'v1 ConfigMap',
      {},
      { metadata: { name: 'order-2' } },
      'recreate',
      'low',
      'Another object takes the place',
    ],
  ])

  test('order alone is said to be all', () => {
    const meaningFor = (unavailable: number) => {
      const strategy = rolling({ maxUnavailable: unavailable })
      const pair = {
        before: object(Deployment, spec(strategy)),
        after: object(Deployment, spec(strategy)),
      }
      const pattern = '/spec/template/spec/containers/*/env'
      return meaningsOf(pair, [change(pattern, ['a', 'b'], ['b', 'a'])], { ...calm, ...four })[0]
        ?.meaning
    }
    expect(meaningFor(1)?.sentence).toBe('Only the order differs, and still all pods are replaced.')
    expect(meaningFor(2)?.risk).toBe('medium')
  })
})

describe('how many pods there are', () => {
  const replicas = (count: number | undefined) =>
    spec(count === undefined ? {} : { replicas: count })
  const row = (
    title: string,
    from: number | undefined,
    to: number | undefined,
    id: MeaningId,
    risks: Risks,
    sentence: string,
    setting: Partial<Setting> = {},
  ): Row => {
    return [title, Deployment, replicas(from), replicas(to), id, risks, sentence, setting]
  }
  const hpa = 'autoscaling/v2 HorizontalPodAutoscaler'
  const keda = 'keda.sh/v1alpha1 ScaledObject'
  hold([
    row('4 to 6', 4, 6, 'scale', 'low', 'More pods are started'),
    row('4 to 2', 4, 2, 'capacity-down', 'low→medium', 'Some pods stop'),
    row('5 to 2', 5, 2, 'capacity-down', 'medium→high', 'More than half of the pods stop'),
    row(
      '2 to 1',
      2,
      1,
      'capacity-down',
      'medium→high',
      'More than half of the pods stop, or all but one',
    ),
    row('4 to 0', 4, 0, 'capacity-down', 'high', 'All pods stop'),
    row(
      '4 to what is the default',
      4,
      undefined,
      'capacity-down',
      'medium→high',
      'More than half of the pods stop',
    ),
    row(
      'handed to an autoscaler',
      4,
      undefined,
      'capacity-down',
      'medium→high',
      'The replicas are no longer stated: kubectl apply sets them to 1 once',
      { autoscaledAfter: true, podsAfter: 4 },
    ),
    row(
      'taken back from an autoscaler',
      undefined,
      2,
      'capacity-down',
      'medium→high',
      'More than half',
      { autoscaledBefore: true, podsBefore: 6 },
    ),
    [
      'less at least',
      hpa,
      spec({ minReplicas: 4 }),
      spec({ minReplicas: 2 }),
      'capacity-down',
      'low→medium',
      'The autoscaler may leave fewer',
    ],
    [
      'less at most',
      hpa,
      spec({ maxReplicas: 4 }),
      spec({ maxReplicas: 2 }),
      'capacity-down',
      'low→medium',
      'The autoscaler may no longer start as many',
    ],
    [
      'more at most',
      hpa,
      spec({ maxReplicas: 4 }),
      spec({ maxReplicas: 8 }),
      'scale',
      'low',
      'The autoscaler may have more',
    ],
    [
      'less at least by default',
      keda,
      spec({ minReplicaCount: 1 }),
      spec({}),
      'capacity-down',
      'low→medium',
      'The autoscaler may leave fewer',
    ],
    [
      'other measures',
      keda,
      spec({ triggers: [] }),
      spec({ triggers: [{ type: 'cron' }] }),
      'scale',
      'low→medium',
      'The autoscaler decides by other measures',
    ],
    [
      'another workload',
      hpa,
      spec({ scaleTargetRef: { name: 'a' } }),
      spec({ scaleTargetRef: { name: 'b' } }),
      'capacity-down',
      'low→medium',
      'The autoscaler looks after another',
    ],
    [
      'volumes that go with their pods',
      StatefulSet,
      spec({ replicas: 3, persistentVolumeClaimRetentionPolicy: { whenScaled: 'Delete' } }),
      spec({ replicas: 2, persistentVolumeClaimRetentionPolicy: { whenScaled: 'Delete' } }),
      'data-at-risk',
      'high',
      'The pods that go take their volumes along',
    ],
    [
      'volumes that will go',
      StatefulSet,
      spec({}),
      spec({ persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete' } }),
      'data-at-risk',
      'high',
      'From now on volumes are deleted',
    ],
    [
      'a suspended Job',
      Job,
      spec({}),
      spec({ suspend: true }),
      'capacity-down',
      'medium',
      'The Job is suspended',
    ],
  ])
})

describe('traffic and exposure', () => {
  const Service = 'v1 Service'
  const Ingress = 'networking.k8s.io/v1 Ingress'
  const Policy = 'networking.k8s.io/v1 NetworkPolicy'
  const Route = 'gateway.networking.k8s.io/v1 HTTPRoute'
  const from = (...apps: string[]) => ({
    from: apps.map((app) => ({ podSelector: { matchLabels: { app } } })),
  })
  const policy = (...ingress: ValueMap[]) =>
    spec({ podSelector: {}, policyTypes: ['Ingress'], ingress })
  const looser = 'The policy lets more through'
  const tighter = 'The policy lets less through'
  hold([
    [
      'selector',
      Service,
      spec({ selector: { a: '1' } }),
      spec({ selector: { a: '2' } }),
      'traffic',
      'medium→high',
      'The Service sends requests to other pods',
    ],
    [
      'target port',
      Service,
      spec({ ports: [{ port: 80, targetPort: 8080 }] }),
      spec({ ports: [{ port: 80, targetPort: 8081 }] }),
      'traffic',
      'medium',
      'The Service listens at another port',
    ],
    [
      'one more port',
      Service,
      spec({ ports: [{ port: 80 }] }),
      spec({ ports: [{ port: 80 }, { port: 81, targetPort: 8081 }] }),
      'traffic',
      'low',
      'The Service listens at one more port.',
    ],
    [
      'one port less',
      Service,
      spec({ ports: [{ port: 80 }, { port: 81 }] }),
      spec({ ports: [{ port: 80 }] }),
      'traffic',
      'medium→high',
      'The Service no longer listens',
    ],
    [
      'type',
      Service,
      spec({}),
      spec({ type: 'LoadBalancer' }),
      'exposure',
      'medium→high',
      'The Service can be reached from outside',
    ],
    [
      'type, back',
      Service,
      spec({ type: 'NodePort' }),
      spec({}),
      'traffic',
      'medium→high',
      'The Service gives its outside',
    ],
    [
      'external addresses',
      Service,
      spec({}),
      spec({ externalIPs: ['1.2.3.4'] }),
      'exposure',
      'medium→high',
      'The Service takes what is sent',
    ],
    [
      'source ranges',
      Service,
      spec({ loadBalancerSourceRanges: ['10.0.0.0/8'] }),
      spec({}),
      'exposure',
      'medium→high',
      'The load balancer lets other',
    ],
    [
      'session affinity',
      Service,
      spec({}),
      spec({ sessionAffinity: 'ClientIP' }),
      'traffic',
      'low→medium',
      'How the Service chooses',
    ],
    [
      'annotation of a load balancer',
      Service,
      {},
      {
        metadata: {
          annotations: { 'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internet-facing' },
        },
      },
      'traffic',
      'medium→high',
      'The load balancer of the Service',
    ],
    [
      'annotation for people',
      Service,
      {},
      { metadata: { annotations: { 'example.com/team': 'a' } } },
      'metadata',
      'low',
      'Only labels and annotations',
    ],
    [
      'a new host',
      Ingress,
      spec({ rules: [{ host: 'a' }] }),
      spec({ rules: [{ host: 'a' }, { host: 'b' }] }),
      'exposure',
      'medium→high',
      'Requests for another host name',
    ],
    [
      'a host less',
      Ingress,
      spec({ rules: [{ host: 'a' }, { host: 'b' }] }),
      spec({ rules: [{ host: 'a' }] }),
      'traffic',
      'medium→high',
      'Requests for a host name no longer',
    ],
    [
      'another class',
      Ingress,
      spec({ ingressClassName: 'a' }),
      spec({ ingressClassName: 'b' }),
      'traffic',
      'medium→high',
      'Another controller serves',
    ],
    [
      'weights',
      Route,
      spec({ rules: [{ backendRefs: [{ name: 'a', weight: 9 }] }] }),
      spec({ rules: [{ backendRefs: [{ name: 'a', weight: 1 }] }] }),
      'traffic',
      'medium',
      'Requests from outside are led',
    ],
    [
      'host of a route',
      Route,
      spec({ hostnames: ['a'] }),
      spec({ hostnames: ['a', 'b'] }),
      'exposure',
      'medium→high',
      'Requests for another host name',
    ],
    [
      'a policy with one more peer',
      Policy,
      policy(from('a')),
      policy(from('a', 'b')),
      'exposure',
      'medium→high',
      looser,
    ],
    [
      'a policy with one peer less',
      Policy,
      policy(from('a', 'b')),
      policy(from('a')),
      'traffic',
      'medium→high',
      tighter,
    ],
    [
      'a policy without any peer stated',
      Policy,
      policy(from('a')),
      policy({}),
      'exposure',
      'medium→high',
      looser,
    ],
    [
      'a policy with one rule less',
      Policy,
      policy(from('a'), from('b')),
      policy(from('b')),
      'traffic',
      'medium→high',
      tighter,
    ],
    [
      'a policy with ports',
      Policy,
      policy(from('a')),
      policy({ ...from('a'), ports: [{ port: 80 }] }),
      'traffic',
      'medium→high',
      tighter,
    ],
    [
      'a policy for less',
      Policy,
      spec({ policyTypes: ['Ingress', 'Egress'] }),
      spec({ policyTypes: ['Egress'] }),
      'exposure',
      'medium→high',
      looser,
    ],
    [
      'a policy for more',
      Policy,
      spec({ policyTypes: ['Ingress'] }),
      spec({ policyTypes: ['Ingress', 'Egress'] }),
      'traffic',
      'medium→high',
      tighter,
    ],
    [
      'hostNetwork',
      Deployment,
      pod({}),
      pod({ hostNetwork: true }),
      'exposure',
      'medium→high',
      'The pods use the network of their node',
      four,
    ],
    [
      'hostPort',
      Deployment,
      container({ ports: [{ containerPort: 80 }] }),
      container({ ports: [{ containerPort: 80, hostPort: 80 }] }),
      'exposure',
      'medium→high',
      'The pods can be reached through a port',
      four,
    ],
    [
      'a canary by a Rollout',
      Rollout,
      spec({ strategy: { canary: { steps: [{ setWeight: 10 }] } } }),
      spec({ strategy: { canary: { steps: [{ setWeight: 20 }] } } }),
      'rollout',
      'low',
      'No pod is replaced; it only shapes',
      four,
    ],
    [
      'the Service of a canary',
      Rollout,
      spec({ strategy: { canary: {} } }),
      spec({ strategy: { canary: { canaryService: 'a' } } }),
      'traffic',
      'medium→high',
      'The Rollout leads requests',
      four,
    ],
    [
      'evictions, more',
      'policy/v1 PodDisruptionBudget',
      spec({ maxUnavailable: 1 }),
      spec({ maxUnavailable: '50%' }),
      'disruption',
      'low→medium',
      'More pods than before may be evicted',
    ],
    [
      'evictions, fewer',
      'policy/v1 PodDisruptionBudget',
      spec({ minAvailable: '50%' }),
      spec({ minAvailable: '60%' }),
      'disruption',
      'low',
      'Fewer pods than before may be evicted',
    ],
  ])
})

describe('permissions', () => {
  const Role = 'rbac.authorization.k8s.io/v1 Role'
  const Binding = 'rbac.authorization.k8s.io/v1 ClusterRoleBinding'
  const rule = (resources: string[], verbs: string[]) => ({
    rules: [{ apiGroups: [''], resources, verbs }],
  })
  const strong = 'The role allows what leads to everything'
  const bound = (role: string, ...names: string[]) => ({
    roleRef: { name: role },
    subjects: names.map((name) => ({ kind: 'User', name })),
  })
  hold([
    [
      'a verb',
      Role,
      rule(['pods'], ['get']),
      rule(['pods'], ['get', 'list']),
      'permissions',
      'medium',
      'The role allows more',
    ],
    [
      'a verb less',
      Role,
      rule(['pods'], ['get', 'list']),
      rule(['pods'], ['get']),
      'permissions',
      'low→medium',
      'The role allows less',
    ],
    [
      'secrets',
      Role,
      rule(['pods'], ['get']),
      rule(['pods', 'secrets'], ['get']),
      'permissions',
      'high',
      strong,
    ],
    [
      'any verb',
      Role,
      rule(['pods'], ['get']),
      rule(['pods'], ['*']),
      'permissions',
      'high',
      strong,
    ],
    [
      'commands in pods',
      Role,
      rule(['pods/exec'], ['get']),
      rule(['pods/exec'], ['get', 'create']),
      'permissions',
      'high',
      strong,
    ],
    [
      'escalation',
      Role,
      rule(['roles'], ['get']),
      rule(['roles'], ['get', 'escalate']),
      'permissions',
      'high',
      strong,
    ],
    [
      'somebody',
      Binding,
      bound('view', 'a'),
      bound('view', 'a', 'b'),
      'permissions',
      'medium',
      'Somebody else is given',
    ],
    [
      'an administrator',
      Binding,
      bound('cluster-admin', 'a'),
      bound('cluster-admin', 'a', 'b'),
      'permissions',
      'high',
      'Somebody is given the role of an administrator',
    ],
    [
      'everybody',
      Binding,
      bound('view', 'a'),
      bound('view', 'a', 'system:authenticated'),
      'permissions',
      'high',
      'The permissions are given to everybody',
    ],
    [
      'nobody',
      Binding,
      bound('view', 'a', 'b'),
      bound('view', 'a'),
      'permissions',
      'low→medium',
      'Somebody loses',
    ],
    [
      'another account',
      Deployment,
      pod({ serviceAccountName: 'a' }),
      pod({ serviceAccountName: 'b' }),
      'permissions',
      'medium→high',
      'The pods act under another service account',
      four,
    ],
    [
      'a token',
      Deployment,
      pod({ automountServiceAccountToken: false }),
      pod({}),
      'permissions',
      'medium',
      'The pods are given a token',
      four,
    ],
    [
      'no token',
      Deployment,
      pod({}),
      pod({ automountServiceAccountToken: false }),
      'restart',
      'low→medium',
      'The pods are replaced',
      four,
    ],
    [
      'privileged',
      Deployment,
      container({}),
      container({ securityContext: { privileged: true } }),
      'permissions',
      'high',
      'A container becomes privileged',
      four,
    ],
    [
      'no longer privileged',
      Deployment,
      container({ securityContext: { privileged: true } }),
      container({}),
      'restart',
      'low→medium',
      'The pods are replaced',
      four,
    ],
    [
      'a capability',
      Deployment,
      container({}),
      container({ securityContext: { capabilities: { add: ['NET_ADMIN'] } } }),
      'permissions',
      'medium→high',
      'A container is given a capability beyond',
      four,
    ],
    [
      'a strong capability',
      Deployment,
      container({}),
      container({ securityContext: { capabilities: { add: ['SYS_ADMIN'] } } }),
      'permissions',
      'high',
      'A container is given a capability with',
      four,
    ],
    [
      'capabilities kept',
      Deployment,
      container({ securityContext: { capabilities: { drop: ['ALL'] } } }),
      container({}),
      'permissions',
      'medium',
      'Containers are held less tightly',
      four,
    ],
    [
      'root',
      Deployment,
      pod({}),
      pod({ securityContext: { runAsUser: 0 } }),
      'permissions',
      'medium→high',
      'Containers run as root',
      four,
    ],
    [
      'maybe root',
      Deployment,
      pod({ securityContext: { runAsNonRoot: true } }),
      pod({}),
      'permissions',
      'medium→high',
      'Nothing keeps containers from',
      four,
    ],
    [
      'hostPID',
      DaemonSet,
      pod({}),
      pod({ hostPID: true }),
      'permissions',
      'medium→high',
      'The pods see the processes',
    ],
    [
      'files of the node',
      DaemonSet,
      pod({}),
      pod({ volumes: [{ name: 'logs', hostPath: { path: '/var/log' } }] }),
      'permissions',
      'medium→high',
      'The pods reach files of their node',
    ],
    [
      'a socket of the node',
      DaemonSet,
      pod({}),
      pod({ volumes: [{ name: 'd', hostPath: { path: '/var/run/docker.sock' } }] }),
      'permissions',
      'high',
      'The pods reach the whole file system',
    ],
    [
      'privileged in a CronJob',
      CronJob,
      spec({}),
      spec({
        jobTemplate: {
          spec: {
            template: {
              spec: { containers: [{ name: 'a', securityContext: { privileged: true } }] },
            },
          },
        },
      }),
      'permissions',
      'high',
      'A container becomes privileged',
    ],
    [
      'an identity of the cloud',
      'v1 ServiceAccount',
      {},
      { metadata: { annotations: { 'eks.amazonaws.com/role-arn': 'a' } } },
      'permissions',
      'medium→high',
      'Pods of the service account act',
    ],
    [
      'what pods may do',
      'v1 Namespace',
      { metadata: { labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } } },
      { metadata: { labels: {} } },
      'permissions',
      'medium→high',
      'The namespace lets pods',
    ],
    [
      'a claim for a volume of the node',
      Deployment,
      pod({ volumes: [{ name: 'd', persistentVolumeClaim: { claimName: 'a' } }] }),
      pod({ volumes: [{ name: 'd', emptyDir: {} }] }),
      'data-at-risk',
      'high',
      'The pods lose the volume',
      four,
    ],
    [
      'another claim',
      Deployment,
      pod({ volumes: [{ name: 'd', persistentVolumeClaim: { claimName: 'a' } }] }),
      pod({ volumes: [{ name: 'd', persistentVolumeClaim: { claimName: 'b' } }] }),
      'data-at-risk',
      'high',
      'The pods are given another volume',
      four,
    ],
    [
      'the end of a volume',
      'v1 PersistentVolume',
      spec({ persistentVolumeReclaimPolicy: 'Retain' }),
      spec({ persistentVolumeReclaimPolicy: 'Delete' }),
      'data-at-risk',
      'high',
      'From now on the data is deleted',
    ],
  ])
})

describe('objects that come and go', () => {
  const gone = (
    type: string,
    id: MeaningId,
    risks: Risks,
    sentence: string,
    value: ValueMap = {},
    setting: Partial<Setting> = {},
  ): Row => {
    return [`no ${type}`, type, value, undefined, id, risks, sentence, setting]
  }
  const fresh = (
    type: string,
    id: MeaningId,
    risks: Risks,
    sentence: string,
    value: ValueMap = {},
  ): Row => {
    return [`a new ${type}`, type, undefined, value, id, risks, sentence]
  }
  hold([
    gone(Claim, 'data-at-risk', 'high', 'The volume claim is deleted'),
    gone('v1 PersistentVolume', 'data-at-risk', 'high', 'The cluster no longer knows the volume'),
    gone('v1 Namespace', 'data-at-risk', 'high', 'The namespace is deleted'),
    gone(
      'apiextensions.k8s.io/v1 CustomResourceDefinition',
      'data-at-risk',
      'high',
      'The kind is deleted',
    ),
    gone(
      StatefulSet,
      'data-at-risk',
      'high',
      'All pods stop; their volume claims stay',
      spec({ volumeClaimTemplates: [{}] }),
    ),
    gone(
      StatefulSet,
      'data-at-risk',
      'high',
      'All pods stop, and their volumes are deleted.',
      spec({
        volumeClaimTemplates: [{}],
        persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete' },
      }),
    ),
    gone(StatefulSet, 'removed', 'medium→high', 'All pods of the workload stop', spec({})),
    gone(Deployment, 'removed', 'medium→high', 'All pods of the workload stop', {}, four),
    gone(
      Deployment,
      'removed',
      'low→medium',
      'The workload is deleted; it has no pods.',
      {},
      { podsBefore: 0 },
    ),
    gone(CronJob, 'removed', 'low→medium', 'Nothing is run any more'),
    gone('v1 Service', 'removed', 'medium→high', 'The name and address'),
    gone(
      'networking.k8s.io/v1 Ingress',
      'removed',
      'medium→high',
      'Requests from outside no longer',
    ),
    gone(
      'networking.k8s.io/v1 NetworkPolicy',
      'exposure',
      'medium→high',
      'The policy protects its pods no longer',
    ),
    gone('policy/v1 PodDisruptionBudget', 'disruption', 'low→medium', 'All pods may be evicted'),
    gone(
      'autoscaling/v2 HorizontalPodAutoscaler',
      'capacity-down',
      'low→medium',
      'Nothing adds pods any more',
    ),
    gone('v1 Secret', 'removed', 'low→medium', 'Pods that cannot do without'),
    gone(
      'rbac.authorization.k8s.io/v1 Role',
      'permissions',
      'low→medium',
      'Who acts by these permissions',
    ),
    gone(
      'admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration',
      'permissions',
      'medium→high',
      'What is applied to the cluster is no longer',
    ),
    gone('monitoring.coreos.com/v1 PodMonitor', 'removed', 'low→medium', 'Nothing is measured'),
    gone(
      'example.com/v1 Thing',
      'removed',
      'low→medium',
      'The object is deleted from the cluster.',
    ),
    gone('v1 PersistentVolumeClaim', 'removed', 'low→medium', 'The object stays in the cluster', {
      metadata: {
        annotations: { 'argocd.argoproj.io/sync-options': 'Validate=false,Prune=false' },
      },
    }),
    fresh('v1 ConfigMap', 'created', 'low', 'The object is new'),
    fresh(Deployment, 'created', 'low', 'The object is new', pod({ serviceAccountName: 'order' })),
    fresh(
      Deployment,
      'permissions',
      'high',
      'A container becomes privileged',
      container({ securityContext: { privileged: true } }),
    ),
    fresh(
      DaemonSet,
      'exposure',
      'medium→high',
      'The pods use the network',
      pod({ hostNetwork: true }),
    ),
    fresh('v1 Service', 'created', 'low', 'The object is new', spec({ ports: [{ port: 80 }] })),
    fresh(
      'v1 Service',
      'exposure',
      'medium→high',
      'The Service can be reached',
      spec({ type: 'NodePort' }),
    ),
    fresh('networking.k8s.io/v1 Ingress', 'exposure', 'medium→high', ''),
    fresh(
      'networking.k8s.io/v1 NetworkPolicy',
      'traffic',
      'medium',
      'Pods that the policy selects',
    ),
    fresh(
      'rbac.authorization.k8s.io/v1 ClusterRole',
      'permissions',
      'high',
      'The role allows what leads',
      { rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['get'] }] },
    ),
    fresh(
      'rbac.authorization.k8s.io/v1 RoleBinding',
      'permissions',
      'medium',
      'Somebody else is given',
      { roleRef: { name: 'view' }, subjects: [{ kind: 'User', name: 'a' }] },
    ),
    fresh(Job, 'next-run', 'low', 'The Job runs as soon as'),
    fresh('autoscaling/v2 HorizontalPodAutoscaler', 'scale', 'low', 'An autoscaler decides'),
    fresh('policy/v1 PodDisruptionBudget', 'disruption', 'low', 'Draining nodes waits'),
  ])

  test('have one meaning as a whole', () => {
    const pair = { before: object(Deployment, spec({ replicas: 4 })), after: undefined }
    const meant = meaningsOf(pair, [change('/spec/replicas', 4, undefined)], calm)
    expect(meant.map((one) => one.change)).toEqual([undefined])
  })
})

test('of all that one change does, the gravest is said', () => {
  const [before, after] = [object(Deployment, pod({})), object(Deployment, pod({}))]
  const added = change('/spec/template/spec', undefined, {
    containers: [{ name: 'app', image: 'a', securityContext: { privileged: true } }],
    hostNetwork: true,
  })
  const meant = meaningsOf({ before, after }, [added], { ...calm, ...four })
  expect(meant.map(({ meaning }) => meaning.id)).toEqual(['permissions'])
})
