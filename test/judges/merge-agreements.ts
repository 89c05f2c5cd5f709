import { container, deployment, type MergeCase, manifest, pod, service } from './merge-case.ts'

/** Patches that we merge as `kubectl patch` and kustomize do. */
export const agreements: readonly MergeCase[] = [
  {
    name: 'containers by name',
    base: pod('{containers: [{name: app, image: a:1}, {name: side, image: b:1}]}'),
    patch: pod('{containers: [{name: side, image: b:2}, {name: new, image: c:1}]}'),
  },
  {
    name: 'initContainers by name',
    base: pod('{initContainers: [{name: one, image: a:1}]}'),
    patch: pod('{initContainers: [{name: one, command: [x]}, {name: two, image: a:1}]}'),
  },
  {
    name: 'a container deleted',
    base: pod('{containers: [{name: app, image: a:1}, {name: side, image: b:1}]}'),
    patch: pod('{containers: [{name: side, $patch: delete}]}'),
  },
  {
    name: 'all containers replaced',
    base: pod('{containers: [{name: app, image: a:1}, {name: side, image: b:1}]}'),
    patch: pod('{containers: [{name: other, image: c:1}, {$patch: replace}]}'),
  },
  {
    name: 'env by name',
    base: container('env: [{name: A, value: "1"}, {name: B, value: "2"}]'),
    patch: container('env: [{name: C, value: "3"}, {name: A, value: "4"}]'),
  },
  {
    name: 'the value of a reference taken away by hand',
    base: container('env: [{name: A, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]'),
    patch: container('env: [{name: A, value: x, valueFrom: null}]'),
  },
  {
    name: 'envFrom, command and args replaced',
    base: container('envFrom: [{configMapRef: {name: a}}], command: [a, b], args: [c]'),
    patch: container('envFrom: [{secretRef: {name: b}}], command: [d], args: []'),
  },
  {
    name: 'container ports by number',
    base: container('ports: [{containerPort: 80, name: http}, {containerPort: 81}]'),
    patch: container('ports: [{containerPort: 80, name: web}, {containerPort: 82}]'),
  },
  {
    name: 'container ports by number, protocols said',
    base: container('ports: [{containerPort: 80, protocol: TCP, name: http}]'),
    patch: container(
      'ports: [{containerPort: 80, protocol: TCP, name: web}, {containerPort: 82, protocol: TCP}]',
    ),
  },
  {
    name: 'volumeMounts by path',
    base: container('volumeMounts: [{name: a, mountPath: /a}, {name: b, mountPath: /b}]'),
    patch: container('volumeMounts: [{name: c, mountPath: /b}, {name: a, mountPath: /c}]'),
  },
  {
    name: 'volumeDevices by path',
    base: container('volumeDevices: [{name: a, devicePath: /dev/a}]'),
    patch: container(
      'volumeDevices: [{name: b, devicePath: /dev/a}, {name: c, devicePath: /dev/c}]',
    ),
  },
  {
    name: 'volumes by name',
    base: pod('{volumes: [{name: a, emptyDir: {sizeLimit: 1Gi}}, {name: b, emptyDir: {}}]}'),
    patch: pod(
      '{volumes: [{name: a, emptyDir: {medium: Memory}}, {name: c, secret: {secretName: s}}]}',
    ),
  },
  {
    name: 'imagePullSecrets by name',
    base: pod('{imagePullSecrets: [{name: a}, {name: b}]}'),
    patch: pod('{imagePullSecrets: [{name: c}, {name: a}]}'),
  },
  {
    name: 'hostAliases by address, their names replaced',
    base: pod('{hostAliases: [{ip: 1.1.1.1, hostnames: [a, b]}, {ip: 2.2.2.2, hostnames: [c]}]}'),
    patch: pod('{hostAliases: [{ip: 1.1.1.1, hostnames: [d]}, {ip: 3.3.3.3, hostnames: [e]}]}'),
  },
  {
    name: 'schedulingGates by name',
    base: pod('{schedulingGates: [{name: a}]}'),
    patch: pod('{schedulingGates: [{name: a}, {name: b}]}'),
  },
  {
    name: 'topologySpreadConstraints by key',
    base: pod(
      '{topologySpreadConstraints: [{topologyKey: zone, whenUnsatisfiable: ScheduleAnyway, maxSkew: 1}]}',
    ),
    patch: pod(
      '{topologySpreadConstraints: [{topologyKey: zone, whenUnsatisfiable: ScheduleAnyway, maxSkew: 2}]}',
    ),
  },
  {
    name: 'tolerations replaced',
    base: pod('{tolerations: [{key: a, operator: Exists}]}'),
    patch: pod('{tolerations: [{key: b, operator: Exists}]}'),
  },
  {
    name: 'dnsConfig: lists replaced, the map merged',
    base: pod(
      '{dnsConfig: {nameservers: [1.1.1.1], searches: [a], options: [{name: ndots, value: "5"}]}}',
    ),
    patch: pod('{dnsConfig: {nameservers: [2.2.2.2], options: [{name: timeout, value: "1"}]}}'),
  },
  {
    name: 'capabilities replaced',
    base: container('securityContext: {capabilities: {drop: [ALL], add: [A]}}'),
    patch: container('securityContext: {capabilities: {add: [B]}}'),
  },
  {
    name: 'affinity terms replaced',
    base: pod(
      '{affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchFields: []}]}}}}',
    ),
    patch: pod(
      '{affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: []}]}}}}',
    ),
  },
  {
    name: 'a probe changed within its kind',
    base: container('readinessProbe: {httpGet: {path: /a, port: 80}, periodSeconds: 5}'),
    patch: container('readinessProbe: {httpGet: {path: /b}, timeoutSeconds: 2}'),
  },
  {
    name: 'the numbers of a rolling update',
    base: deployment(
      '{strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}}',
    ),
    patch: deployment('{strategy: {rollingUpdate: {maxSurge: 25%}}}'),
  },
  {
    name: 'service ports by number, protocols said',
    base: service('{ports: [{port: 80, protocol: TCP, targetPort: 1}, {port: 81, protocol: TCP}]}'),
    patch: service(
      '{ports: [{port: 80, protocol: TCP, targetPort: 2}, {port: 82, protocol: TCP}]}',
    ),
  },
  {
    name: 'maps merge, null deletes',
    base: deployment('{replicas: 1, selector: {matchLabels: {a: b, c: d}}, paused: true}'),
    patch: deployment('{replicas: 2, selector: {matchLabels: {c: null, e: f}}, paused: null}'),
  },
  {
    name: 'a map replaced',
    base: pod('{nodeSelector: {a: b, c: d}}'),
    patch: pod('{nodeSelector: {$patch: replace, e: f}}'),
  },
  {
    name: 'resources merge',
    base: container('resources: {limits: {cpu: 1, memory: 1Gi}, requests: {cpu: 500m}}'),
    patch: container('resources: {limits: {memory: 2Gi}, requests: null}'),
  },
  {
    name: 'finalizers are a set',
    base: '{apiVersion: v1, kind: ConfigMap, metadata: {name: a, finalizers: [x/a, x/b]}}',
    patch: '{apiVersion: v1, kind: ConfigMap, metadata: {name: a, finalizers: [x/b, x/c]}}',
  },
  {
    name: 'ownerReferences by uid',
    base: '{apiVersion: v1, kind: ConfigMap, metadata: {name: a, ownerReferences: [{uid: "1", name: x}]}}',
    patch:
      '{apiVersion: v1, kind: ConfigMap, metadata: {name: a, ownerReferences: [{uid: "1", kind: K}, {uid: "2", name: z}]}}',
  },
  {
    name: 'labels and annotations merge',
    base: '{apiVersion: v1, kind: ConfigMap, metadata: {name: a, labels: {a: b, c: d}, annotations: {x: z}}}',
    patch:
      '{apiVersion: v1, kind: ConfigMap, metadata: {name: a, labels: {a: z, c: null}, annotations: null}}',
  },
  {
    name: 'data of a ConfigMap merge',
    base: '{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {a: "1", b: "2"}}',
    patch:
      '{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {b: "3", a: null, c: "4"}}',
  },
  {
    name: 'secrets of a ServiceAccount by name, its imagePullSecrets replaced',
    base: '{apiVersion: v1, kind: ServiceAccount, metadata: {name: a}, secrets: [{name: s}], imagePullSecrets: [{name: a}]}',
    patch:
      '{apiVersion: v1, kind: ServiceAccount, metadata: {name: a}, secrets: [{name: t}], imagePullSecrets: [{name: b}]}',
  },
  {
    name: 'a template within a CronJob',
    base: manifest(
      'batch/v1',
      'CronJob',
      '{jobTemplate: {spec: {template: {spec: {containers: [{name: a, image: a:1}, {name: b, image: b:1}]}}}}}',
    ),
    patch: manifest(
      'batch/v1',
      'CronJob',
      '{jobTemplate: {spec: {template: {spec: {containers: [{name: b, image: b:2}]}}}}}',
    ),
  },
  {
    name: 'rules of a ClusterRole replaced',
    base: '{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: a}, rules: [{verbs: [get]}]}',
    patch:
      '{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: a}, rules: [{verbs: [list]}]}',
  },
  {
    name: 'claim templates of a StatefulSet replaced',
    base: manifest(
      'apps/v1',
      'StatefulSet',
      '{volumeClaimTemplates: [{metadata: {name: a}, spec: {storageClassName: x}}]}',
    ),
    patch: manifest(
      'apps/v1',
      'StatefulSet',
      '{volumeClaimTemplates: [{metadata: {name: a}, spec: {volumeMode: Block}}]}',
    ),
  },
]
