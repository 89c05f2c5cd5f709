import type { ValueMap } from '../../src/document/node.ts'

const labels = { app: 'shop' }
const container = {
  name: 'app',
  image: 'registry.example.com/shop:1',
  ports: [{ name: 'http', containerPort: 8080 }],
  volumeMounts: [{ name: 'logs', mountPath: '/logs' }],
}
const pod = { containers: [container], volumes: [{ name: 'logs', emptyDir: {} }] }
const template = { metadata: { labels }, spec: pod }
const metadata = { name: 'shop', namespace: 'trade' }
const job = { template: { spec: { ...pod, restartPolicy: 'Never' } } }
const rbac = 'rbac.authorization.k8s.io/v1'
const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' }
const rules = [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }]

/** One sound object of every kind that is looked at, in the newest version of its API. */
export const baseObjects = {
  Pod: { apiVersion: 'v1', kind: 'Pod', metadata, spec: pod },
  PodTemplate: { apiVersion: 'v1', kind: 'PodTemplate', metadata, template },
  Deployment: {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: { selector: { matchLabels: labels }, template },
  },
  StatefulSet: {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata,
    spec: { serviceName: 'shop', selector: { matchLabels: labels }, template },
  },
  DaemonSet: {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata,
    spec: { selector: { matchLabels: labels }, template },
  },
  ReplicaSet: {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata,
    spec: { selector: { matchLabels: labels }, template },
  },
  ReplicationController: {
    apiVersion: 'v1',
    kind: 'ReplicationController',
    metadata,
    spec: { selector: labels, template },
  },
  Job: { apiVersion: 'batch/v1', kind: 'Job', metadata, spec: job },
  CronJob: {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata,
    spec: { schedule: '5 4 * * *', jobTemplate: { spec: job } },
  },
  Service: {
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: { selector: labels, ports: [{ name: 'http', port: 80, targetPort: 'http' }] },
  },
  Ingress: {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata,
    spec: {
      rules: [
        {
          host: 'shop.example.com',
          http: {
            paths: [
              {
                path: '/',
                pathType: 'Prefix',
                backend: { service: { name: 'shop', port: { number: 80 } } },
              },
            ],
          },
        },
      ],
    },
  },
  IngressV1beta1: {
    apiVersion: 'networking.k8s.io/v1beta1',
    kind: 'Ingress',
    metadata,
    spec: {
      rules: [
        { http: { paths: [{ path: '/', backend: { serviceName: 'shop', servicePort: 80 } }] } },
      ],
    },
  },
  NetworkPolicy: {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata,
    spec: {
      podSelector: {},
      ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8' } }], ports: [{ port: 80 }] }],
    },
  },
  PodDisruptionBudget: {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata,
    spec: { maxUnavailable: 1, selector: { matchLabels: labels } },
  },
  HorizontalPodAutoscaler: {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata,
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop' },
      minReplicas: 2,
      maxReplicas: 4,
      metrics: [
        {
          type: 'Resource',
          resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } },
        },
      ],
    },
  },
  ConfigMap: { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { 'app.conf': 'a' } },
  Secret: { apiVersion: 'v1', kind: 'Secret', metadata, data: { token: 'YQ==' } },
  PersistentVolumeClaim: {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata,
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  },
  LimitRange: {
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata,
    spec: { limits: [{ type: 'Container', default: { cpu: '1' } }] },
  },
  ResourceQuota: {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata,
    spec: { hard: { 'requests.cpu': '40', pods: '60' } },
  },
  Namespace: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'trade' } },
  ServiceAccount: { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
  PriorityClass: {
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    metadata: { name: 'high' },
    value: 1000,
  },
  Role: { apiVersion: rbac, kind: 'Role', metadata, rules },
  ClusterRole: { apiVersion: rbac, kind: 'ClusterRole', metadata: { name: 'shop' }, rules },
  RoleBinding: {
    apiVersion: rbac,
    kind: 'RoleBinding',
    metadata,
    roleRef,
    subjects: [{ apiGroup: roleRef.apiGroup, kind: 'User', name: 'li.na' }],
  },
  ClusterRoleBinding: {
    apiVersion: rbac,
    kind: 'ClusterRoleBinding',
    metadata: { name: 'shop' },
    roleRef,
    subjects: [{ kind: 'ServiceAccount', name: 'shop', namespace: 'trade' }],
  },
} satisfies Record<string, ValueMap>

export type BaseKind = keyof typeof baseObjects
