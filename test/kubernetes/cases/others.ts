import type { Value, ValueMap } from '../../../src/document/node.ts'
import { long, type Row, selector } from '../validation-case.ts'

const _limits = (limit: ValueMap, request: ValueMap = {}) => ({ limits: limit, requests: request })

const _service = (more: ValueMap) => ({ ports: [{ port: 80 }], ...more })

const hpa = '/spec/metrics'

const metric = (target: ValueMap, kind = 'resource', type = 'Resource'): Value => [
  {
    type,
    [kind]: { name: 'cpu', ...(kind === 'resource' ? {} : { metric: { name: 'a' } }), target },
  },
]

const utilization = { type: 'Utilization', averageUtilization: 50 }

const average = { type: 'AverageValue', averageValue: '50' }

export const others: readonly Row[] = [
  [
    'PodDisruptionBudget',
    '/spec',
    [{ minAvailable: 1 }, { maxUnavailable: '30%' }, { minAvailable: 0 }, {}],
    [
      { minAvailable: 1, maxUnavailable: 1 },
      { minAvailable: '1' },
      { maxUnavailable: -1 },
      { minAvailable: '101%' },
      { maxUnavailable: 'a%' },
      { selector: selector('In') },
    ],
  ],
  ['HorizontalPodAutoscaler', '/spec/minReplicas', [1, 4, undefined], [0, -1]],
  ['HorizontalPodAutoscaler', '/spec/maxReplicas', [2], [0, 1]],
  [
    'HorizontalPodAutoscaler',
    '/spec/scaleTargetRef',
    [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'a' }],
    [
      { kind: '', name: 'a' },
      { kind: 'Deployment', name: 'a/b' },
    ],
  ],
  [
    'HorizontalPodAutoscaler',
    hpa,
    [
      metric(utilization),
      metric(average),
      metric(average, 'pods', 'Pods'),
      metric({ type: 'Value', value: '5' }, 'external', 'External'),
      [],
    ],
    [
      metric({ ...utilization, averageValue: '5' }),
      metric({ type: 'Utilization' }),
      metric({ type: 'Utilization', averageUtilization: 0 }),
      metric({ type: 'AverageValue', averageValue: '0' }),
      metric({ ...average, type: 'average' }),
      metric(utilization, 'resource', 'Pods'),
      metric(utilization, 'resource', 'resource'),
      metric({ type: 'Value', value: '5' }, 'pods', 'Pods'),
      metric({ ...average, value: '5' }, 'external', 'External'),
      [{ type: 'Resource' }],
      [
        {
          ...(metric(average, 'pods', 'Pods') as ValueMap[])[0],
          resource: { name: 'cpu', target: utilization },
        },
      ],
    ],
  ],
  [
    'HorizontalPodAutoscaler',
    '/spec/behavior',
    [
      {
        scaleDown: {
          stabilizationWindowSeconds: 600,
          policies: [{ type: 'Percent', value: 25, periodSeconds: 120 }],
        },
      },
      { scaleUp: { selectPolicy: 'Disabled' } },
    ],
    [
      { scaleDown: { stabilizationWindowSeconds: 3601 } },
      { scaleDown: { selectPolicy: 'max' } },
      { scaleDown: { policies: [{ type: 'Percent', value: 0, periodSeconds: 1 }] } },
      { scaleDown: { policies: [{ type: 'Percent', value: 1, periodSeconds: 1801 }] } },
      { scaleDown: { policies: [{ type: 'Share', value: 1, periodSeconds: 1 }] } },
    ],
    { known: 18 },
  ],
  [
    'ConfigMap',
    '/data',
    [{ 'a.b_C-1': '' }, { '.a': 'b' }, { a: 'x'.repeat(1_048_576) }],
    [
      { 'a/b': 'c' },
      { '': 'c' },
      { '..a': 'b' },
      { '.': 'b' },
      { [long(254)]: 'b' },
      { a: 'x'.repeat(1_048_577) },
    ],
  ],
  ['ConfigMap', '/binaryData', [{ b: 'YQ==' }], [{ 'app.conf': 'YQ==' }, { 'b/c': 'YQ==' }]],
  ['Secret', '/data', [{ a: '' }, { a: 'YQ==' }], [{ 'a/b': 'YQ==' }]],
  [
    'Secret',
    '/type',
    ['Opaque', 'example.com/any', ''],
    [
      'kubernetes.io/tls',
      'kubernetes.io/dockerconfigjson',
      'kubernetes.io/basic-auth',
      'kubernetes.io/ssh-auth',
      'kubernetes.io/service-account-token',
    ],
  ],
  [
    'PersistentVolumeClaim',
    '/spec/accessModes',
    [['ReadOnlyMany', 'ReadWriteMany']],
    [[], undefined, ['readWriteOnce']],
  ],
  [
    'PersistentVolumeClaim',
    '/spec/resources',
    [{ requests: { storage: '1Mi' } }],
    [{}, { requests: {} }, { requests: { storage: '0' } }, { requests: { storage: '-1Gi' } }],
  ],
  ['PersistentVolumeClaim', '/spec/storageClassName', ['a.b', ''], ['a_b']],
  ['PersistentVolumeClaim', '/spec/volumeMode', ['Block'], ['block']],
  [
    'LimitRange',
    '/spec/limits',
    [
      [
        {
          type: 'Container',
          min: { cpu: '1' },
          max: { cpu: '2' },
          default: { cpu: '2' },
          defaultRequest: { cpu: '1' },
          maxLimitRequestRatio: { cpu: '2' },
        },
      ],
      [{ type: 'PersistentVolumeClaim', max: { storage: '1Gi' } }],
      [],
    ],
    [
      [{ type: 'Container', min: { cpu: '2' }, max: { cpu: '1' } }],
      [{ type: 'Container', default: { cpu: '1' }, defaultRequest: { cpu: '2' } }],
      [{ type: 'Container', max: { cpu: '1' }, default: { cpu: '2' } }],
      [{ type: 'Container', min: { cpu: '2' }, defaultRequest: { cpu: '1' } }],
      [{ type: 'Container', maxLimitRequestRatio: { cpu: '500m' } }],
      [
        {
          type: 'Container',
          min: { cpu: '1' },
          max: { cpu: '2' },
          maxLimitRequestRatio: { cpu: '3' },
        },
      ],
      [{ type: 'Pod', default: { cpu: '1' } }],
      [{ type: 'PersistentVolumeClaim' }],
      [{ type: 'Container', max: { disk: '1' } }],
      [{ type: 'container' }],
      [{ type: 'Pod' }, { type: 'Pod' }],
    ],
  ],
  [
    'ResourceQuota',
    '/spec/hard',
    [
      {
        cpu: '1',
        'limits.memory': '1Gi',
        'count/jobs.batch': '1',
        'requests.example.com/gpu': '1',
      },
    ],
    [{ disk: '1' }, { pods: '500m' }, { cpu: '-1' }, { 'a b': '1' }],
  ],
  [
    'ResourceQuota',
    '/spec',
    [{ hard: { pods: '1' }, scopes: ['BestEffort'] }],
    [{ hard: { pods: '1' }, scopes: ['BestEffort', 'NotBestEffort'] }, { scopes: ['besteffort'] }],
  ],
  ['PriorityClass', '/value', [0, -5, 1_000_000_000], [1_000_000_001]],
  ['PriorityClass', '/metadata/name', ['a.b'], ['system-a', 'a_b']],
  ['PriorityClass', '/preemptionPolicy', ['Never'], ['never'], { known: 19 }],
  [
    'Role',
    '/rules',
    [[], [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }]],
    [
      [{ apiGroups: [''], resources: ['pods'], verbs: [] }],
      [{ resources: ['pods'], verbs: ['get'] }],
      [{ apiGroups: [''], verbs: ['get'] }],
      [{ nonResourceURLs: ['/a'], verbs: ['get'] }],
    ],
  ],
  [
    'ClusterRole',
    '/rules',
    [[{ nonResourceURLs: ['/a'], verbs: ['get'] }]],
    [
      [{ nonResourceURLs: ['/a'], resources: ['pods'], apiGroups: [''], verbs: ['get'] }],
      [{ verbs: ['get'] }],
    ],
  ],
  [
    'RoleBinding',
    '/roleRef',
    [{ kind: 'Role', name: 'a:b', apiGroup: 'rbac.authorization.k8s.io' }],
    [
      { kind: 'User', name: 'a', apiGroup: 'rbac.authorization.k8s.io' },
      { kind: 'Role', name: '', apiGroup: 'rbac.authorization.k8s.io' },
      { kind: 'Role', name: 'a', apiGroup: 'rbac' },
    ],
  ],
  [
    'RoleBinding',
    '/subjects',
    [[], [{ kind: 'ServiceAccount', name: 'a' }], [{ kind: 'Group', name: 'a/b' }]],
    [
      [{ kind: 'serviceaccount', name: 'a' }],
      [{ kind: 'ServiceAccount', name: 'A_' }],
      [{ kind: 'User', name: '' }],
      [{ kind: 'User', name: 'a', apiGroup: 'apps' }],
      [{ kind: 'ServiceAccount', name: 'a', apiGroup: 'rbac.authorization.k8s.io' }],
    ],
  ],
  [
    'ClusterRoleBinding',
    '/subjects',
    [[{ kind: 'ServiceAccount', name: 'a', namespace: 'b' }]],
    [[{ kind: 'ServiceAccount', name: 'a' }]],
  ],
  ['ClusterRoleBinding', '/roleRef/kind', ['ClusterRole'], ['Role']],
]
