import { describe, expect, test } from 'vitest'
import { changesOf, ignorance, told } from './comparing.ts'

const head = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: order}\n'

/** A Deployment with a spec, and with pods of a spec. */
const deployment = (spec: string) => `${head}spec: ${spec}\n`
const pod = (spec: string, kind = 'Deployment') =>
  `{apiVersion: apps/v1, kind: ${kind}, metadata: {name: order}, spec: {template: {spec: ${spec}}}}`
const container = (fields: string, kind?: string) =>
  pod(`{containers: [{name: app, image: "a:1", ${fields}}]}`, kind)
const of = (type: string, fields: string) => {
  const [apiVersion, kind] = type.split(' ')
  return `{apiVersion: ${apiVersion}, kind: ${kind}, metadata: {name: order}, ${fields}}`
}

const app = 'spec.template.spec.containers[app]'

type Case = readonly [name: string, before: string, after: string, expected: readonly string[]]

describe('nothing is reported of', () => {
  test.each<readonly [string, string, string]>([
    ['what is the same', deployment('{replicas: 2}'), deployment('{replicas: 2}')],
    [
      'keys in another order',
      deployment('{replicas: 2, paused: true}'),
      deployment('{paused: true, replicas: 2}'),
    ],
    [
      'a quantity in other words',
      container('resources: {limits: {cpu: 1000m, memory: 1Gi}}'),
      container('resources: {limits: {cpu: 1, memory: 1024Mi}}'),
    ],
    [
      'a quantity of another family in a Deployment',
      container('resources: {limits: {memory: 128Mi}}'),
      container('resources: {limits: {memory: "134217728"}}'),
    ],
    [
      'a quantity of the same canonical text in a StatefulSet',
      container('resources: {limits: {cpu: 1000m, memory: 1Gi}}', 'StatefulSet'),
      container('resources: {limits: {cpu: "1", memory: 1024Mi}}', 'StatefulSet'),
    ],
    [
      'a quantity of a custom resource',
      of(
        'argoproj.io/v1alpha1 Rollout',
        'spec: {template: {spec: {containers: [{name: a, resources: {limits: {cpu: 1000m}}}]}}}',
      ),
      of(
        'argoproj.io/v1alpha1 Rollout',
        'spec: {template: {spec: {containers: [{name: a, resources: {limits: {cpu: 1}}}]}}}',
      ),
    ],
    [
      'defaults of a Deployment',
      deployment('{template: {}}'),
      deployment(`{replicas: 1, revisionHistoryLimit: 10, progressDeadlineSeconds: 600, paused: false,
        minReadySeconds: 0, strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 25%, maxUnavailable: 25%}},
        template: {metadata: {creationTimestamp: null}}}`),
    ],
    [
      'defaults of pods',
      pod('{containers: [{name: app, image: "a:1"}]}'),
      pod(`{dnsPolicy: ClusterFirst, restartPolicy: Always, securityContext: {}, hostNetwork: false,
        terminationGracePeriodSeconds: 30, schedulerName: default-scheduler, initContainers: [],
        containers: [{name: app, image: "a:1", imagePullPolicy: IfNotPresent, resources: {},
          terminationMessagePath: /dev/termination-log, terminationMessagePolicy: File, env: []}]}`),
    ],
    [
      'the pull policy of latest',
      pod('{containers: [{name: app, image: "b/a:latest"}]}'),
      pod('{containers: [{name: app, image: "b/a:latest", imagePullPolicy: Always}]}'),
    ],
    [
      'defaults of probes',
      container('livenessProbe: {httpGet: {port: 80}}'),
      container(`livenessProbe: {httpGet: {port: 80, path: /, scheme: HTTP}, timeoutSeconds: 1,
        periodSeconds: 10, successThreshold: 1, failureThreshold: 3, initialDelaySeconds: 0}`),
    ],
    [
      'the protocol of a port, and an empty value',
      container('ports: [{containerPort: 80}], env: [{name: A}]'),
      container('ports: [{containerPort: 80, protocol: TCP}], env: [{name: A, value: ""}]'),
    ],
    [
      'the host port in the network of the host',
      pod('{hostNetwork: true, containers: [{name: app, ports: [{containerPort: 80}]}]}'),
      pod(
        '{hostNetwork: true, containers: [{name: app, ports: [{containerPort: 80, hostPort: 80}]}]}',
      ),
    ],
    [
      'defaults of volumes',
      pod(
        '{volumes: [{name: a, configMap: {name: c}}, {name: b, hostPath: {path: /x}}, {name: c}]}',
      ),
      pod(`{volumes: [{name: a, configMap: {name: c, defaultMode: 420}},
        {name: b, hostPath: {path: /x, type: ""}}, {name: c, emptyDir: {}}]}`),
    ],
    [
      'defaults of a StatefulSet',
      of(
        'apps/v1 StatefulSet',
        'spec: {volumeClaimTemplates: [{metadata: {name: data}, spec: {}}]}',
      ),
      of(
        'apps/v1 StatefulSet',
        `spec: {replicas: 1, podManagementPolicy: OrderedReady, revisionHistoryLimit: 10,
        persistentVolumeClaimRetentionPolicy: {whenDeleted: Retain, whenScaled: Retain},
        updateStrategy: {type: RollingUpdate, rollingUpdate: {partition: 0}},
        volumeClaimTemplates: [{metadata: {name: data}, spec: {volumeMode: Filesystem}}]}`,
      ),
    ],
    [
      'defaults of a DaemonSet',
      of('apps/v1 DaemonSet', 'spec: {}'),
      of(
        'apps/v1 DaemonSet',
        `spec: {revisionHistoryLimit: 10,
        updateStrategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 0, maxUnavailable: 1}}}`,
      ),
    ],
    [
      'defaults of a Job',
      of('batch/v1 Job', 'spec: {}'),
      of(
        'batch/v1 Job',
        `spec: {completions: 1, parallelism: 1, backoffLimit: 6,
        completionMode: NonIndexed, suspend: false}`,
      ),
    ],
    [
      'defaults of a CronJob',
      of('batch/v1 CronJob', 'spec: {jobTemplate: {spec: {}}}'),
      of(
        'batch/v1 CronJob',
        `spec: {concurrencyPolicy: Allow, suspend: false, failedJobsHistoryLimit: 1,
        successfulJobsHistoryLimit: 3, jobTemplate: {metadata: {}, spec: {backoffLimit: 6}}}`,
      ),
    ],
    [
      'defaults of a Service',
      of('v1 Service', 'spec: {selector: {app: a}, ports: [{port: 80}]}'),
      of(
        'v1 Service',
        `spec: {type: ClusterIP, sessionAffinity: None, internalTrafficPolicy: Cluster,
        selector: {app: a}, ports: [{port: 80, targetPort: 80, protocol: TCP, nodePort: 0}]}`,
      ),
    ],
    [
      'defaults of an autoscaler',
      of('autoscaling/v2 HorizontalPodAutoscaler', 'spec: {maxReplicas: 3}'),
      of(
        'autoscaling/v2 HorizontalPodAutoscaler',
        `spec: {maxReplicas: 3, minReplicas: 1, metrics: [{type: Resource,
        resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}}]}`,
      ),
    ],
    [
      'the types of a network policy',
      of('networking.k8s.io/v1 NetworkPolicy', 'spec: {egress: [{ports: [{port: 53}]}]}'),
      of(
        'networking.k8s.io/v1 NetworkPolicy',
        `spec: {podSelector: {}, policyTypes: [Egress, Ingress],
        egress: [{ports: [{port: 53, protocol: TCP}]}]}`,
      ),
    ],
    [
      'groups of a binding',
      of(
        'rbac.authorization.k8s.io/v1 RoleBinding',
        'roleRef: {kind: Role, name: a}, subjects: [{kind: User, name: u}, {kind: ServiceAccount, name: s}]',
      ),
      of(
        'rbac.authorization.k8s.io/v1 RoleBinding',
        `roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: a},
        subjects: [{kind: User, name: u, apiGroup: rbac.authorization.k8s.io}, {kind: ServiceAccount, name: s, apiGroup: ""}]`,
      ),
    ],
    ['the type of a Secret', of('v1 Secret', 'data: {}'), of('v1 Secret', 'type: Opaque')],
    [
      'texts of a Secret in base64',
      of('v1 Secret', 'data: {a: b2xk, b: eA==}, stringData: {a: new}'),
      of('v1 Secret', 'data: {a: bmV3}, stringData: {b: x}'),
    ],
    [
      'what the API server keeps its books in',
      of('v1 ConfigMap', 'status: {a: 1}'),
      '{apiVersion: v1, kind: ConfigMap, metadata: {name: order, uid: x, resourceVersion: "1", creationTimestamp: null, annotations: {deployment.kubernetes.io/revision: "3"}}}',
    ],
    [
      'empty maps and null',
      of('v1 ConfigMap', 'data: {}, binaryData: null'),
      of('v1 ConfigMap', 'x: null'),
    ],
    [
      'the order of what is a set',
      of(
        'rbac.authorization.k8s.io/v1 Role',
        'rules: [{apiGroups: ["", apps], resources: [pods], verbs: [get, list]}]',
      ),
      of(
        'rbac.authorization.k8s.io/v1 Role',
        'rules: [{apiGroups: [apps, ""], resources: [pods], verbs: [list, get]}]',
      ),
    ],
  ])('%s', (_, before, after) => {
    expect(told(before, after)).toEqual([])
    expect(told(after, before)).toEqual([])
    expect(told(before, after, ignorance)).toEqual([])
  })
})

describe('reported is', () => {
  test.each<Case>([
    [
      'a value',
      deployment('{replicas: 1}'),
      deployment('{replicas: 3}'),
      ['changed spec.replicas 1 → 3'],
    ],
    [
      'a value over a default',
      deployment('{paused: true}'),
      deployment('{replicas: 3}'),
      ['removed spec.paused true → -', 'added spec.replicas - → 3'],
    ],
    [
      'one of two defaults of a strategy',
      deployment('{}'),
      deployment('{strategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 25%}}}'),
      ['added spec.strategy.rollingUpdate.maxSurge - → 1'],
    ],
    [
      'a strategy without numbers',
      deployment('{strategy: {rollingUpdate: {maxSurge: 1}}}'),
      deployment('{strategy: {type: Recreate}}'),
      [
        'removed spec.strategy.rollingUpdate {"maxSurge":1} → -',
        'added spec.strategy.type - → "Recreate"',
      ],
    ],
    [
      'the text of a quantity that a StatefulSet stores',
      container('resources: {limits: {memory: 128Mi}}', 'StatefulSet'),
      container('resources: {limits: {memory: 134217728}}', 'StatefulSet'),
      [`changed ${app}.resources.limits.memory "128Mi" → 134217728`],
    ],
    [
      'a number that is no percentage',
      deployment('{strategy: {rollingUpdate: {maxSurge: 25%}}}'),
      deployment('{strategy: {rollingUpdate: {maxSurge: 25}}}'),
      ['changed spec.strategy.rollingUpdate.maxSurge "25%" → 25'],
    ],
    [
      'the field of an item by its name',
      container('env: [{name: A, value: a}, {name: B, value: b}]'),
      container('env: [{name: A, value: a}, {name: B, value: c}, {name: C, value: c}]'),
      [`changed ${app}.env[B].value "b" → "c"`, `added ${app}.env[C] - → {"name":"C","value":"c"}`],
    ],
    [
      'no change of order when an item comes between others',
      container('env: [{name: A}, {name: B}]'),
      container('env: [{name: A}, {name: C}, {name: B}]'),
      [`added ${app}.env[C] - → {"name":"C"}`],
    ],
    [
      'another order, and what changes in it',
      container('env: [{name: A}, {name: B}, {name: D}]'),
      container('env: [{name: B, value: x}, {name: C}, {name: A}]'),
      [
        `reordered ${app}.env ["A","B"] → ["B","A"]`,
        `added ${app}.env[B].value - → "x"`,
        `added ${app}.env[C] - → {"name":"C"}`,
        `removed ${app}.env[D] {"name":"D"} → -`,
      ],
    ],
    [
      'ports of one number by their protocol',
      container('ports: [{containerPort: 53}, {containerPort: 53, protocol: UDP}]'),
      container('ports: [{containerPort: 53}, {containerPort: 53, protocol: UDP, name: dns}]'),
      [`added ${app}.ports[53,UDP].name - → "dns"`],
    ],
    [
      'a list of scalars as a whole',
      container('args: [a, b]'),
      container('args: [a, b, c]'),
      [`changed ${app}.args ["a","b"] → ["a","b","c"]`],
    ],
    [
      'the order of scalars',
      container('args: [a, b]'),
      container('args: [b, a]'),
      [`reordered ${app}.args ["a","b"] → ["b","a"]`],
    ],
    [
      'the order of capabilities, for templates are compared with it',
      container('securityContext: {capabilities: {drop: [A, B]}}'),
      container('securityContext: {capabilities: {drop: [B, A]}}'),
      [`reordered ${app}.securityContext.capabilities.drop ["A","B"] → ["B","A"]`],
    ],
    [
      'the order of what has no name, by where it stood',
      of(
        'networking.k8s.io/v1 NetworkPolicy',
        'spec: {ingress: [{}, {from: [{podSelector: {}}]}, {ports: [{port: 1}]}]}',
      ),
      of(
        'networking.k8s.io/v1 NetworkPolicy',
        'spec: {ingress: [{ports: [{port: 1}]}, {}, {from: [{podSelector: {}}]}]}',
      ),
      ['reordered spec.ingress ["0","1","2"] → ["2","0","1"]'],
    ],
    [
      'two variables of one name by their place',
      container('env: [{name: A, value: a}, {name: A, value: b}]'),
      container('env: [{name: A, value: a}, {name: A, value: c}]'),
      [`changed ${app}.env[1].value "b" → "c"`],
    ],
    [
      'requests that a template had not, and a Pod had from its limits',
      of('v1 Pod', 'spec: {containers: [{name: a, resources: {limits: {cpu: 1, memory: 1Gi}}}]}'),
      of(
        'v1 Pod',
        'spec: {containers: [{name: a, resources: {limits: {cpu: 1, memory: 1Gi}, requests: {cpu: 1000m, memory: 512Mi}}}]}',
      ),
      ['added spec.containers[a].resources.requests.memory - → "512Mi"'],
    ],
    [
      'a restart that somebody asked for',
      deployment('{template: {}}'),
      deployment('{template: {metadata: {annotations: {kubectl.kubernetes.io/restartedAt: now}}}}'),
      ['added spec.template.metadata.annotations[kubectl.kubernetes.io/restartedAt] - → "now"'],
    ],
    [
      'a map once, at its root',
      container(''),
      container('livenessProbe: {tcpSocket: {port: 80}}'),
      [`added ${app}.livenessProbe - → {"tcpSocket":{"port":80}}`],
    ],
    [
      'labels and annotations by their keys',
      '{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}',
      '{apiVersion: v1, kind: ConfigMap, metadata: {name: a, annotations: {sahaba.dev/x: a, plain: b}}}',
      [
        'added metadata.annotations.plain - → "b"',
        'added metadata.annotations[sahaba.dev/x] - → "a"',
      ],
    ],
    [
      'both members of a union',
      container('env: [{name: A, value: a}]'),
      container('env: [{name: A, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]'),
      [
        `removed ${app}.env[A].value "a" → -`,
        `added ${app}.env[A].valueFrom - → {"fieldRef":{"fieldPath":"metadata.name"}}`,
      ],
    ],
    [
      'an empty map that is a choice',
      container(''),
      container('securityContext: {}'),
      [`added ${app}.securityContext - → {}`],
    ],
    [
      'the pull policy that is not that of the tag',
      pod('{containers: [{name: app, image: "a:1"}]}'),
      pod('{containers: [{name: app, image: "a:1", imagePullPolicy: Always}]}'),
      [`added ${app}.imagePullPolicy - → "Always"`],
    ],
    [
      'a rule of a role by its resources',
      of(
        'rbac.authorization.k8s.io/v1 Role',
        'rules: [{apiGroups: [""], resources: [pods], verbs: [get]}, {apiGroups: [apps], resources: [deployments], verbs: [get]}]',
      ),
      of(
        'rbac.authorization.k8s.io/v1 Role',
        'rules: [{apiGroups: [""], resources: [pods], verbs: [get]}, {apiGroups: [apps], resources: [deployments], verbs: [get, patch]}]',
      ),
      ['changed rules[apps,deployments].verbs ["get"] → ["get","patch"]'],
    ],
    [
      'a metric by its name',
      of(
        'autoscaling/v2 HorizontalPodAutoscaler',
        'spec: {metrics: [{type: Resource, resource: {name: cpu, target: {averageUtilization: 70}}}, {type: Resource, resource: {name: memory, target: {averageUtilization: 70}}}]}',
      ),
      of(
        'autoscaling/v2 HorizontalPodAutoscaler',
        'spec: {metrics: [{type: Resource, resource: {name: cpu, target: {averageUtilization: 60}}}, {type: Resource, resource: {name: memory, target: {averageUtilization: 70}}}]}',
      ),
      ['changed spec.metrics[Resource,cpu].resource.target.averageUtilization 70 → 60'],
    ],
    [
      'what has no identity, by what is equal',
      of(
        'networking.k8s.io/v1 NetworkPolicy',
        'spec: {ingress: [{from: [{podSelector: {}}]}, {ports: [{port: 1}]}]}',
      ),
      of(
        'networking.k8s.io/v1 NetworkPolicy',
        'spec: {ingress: [{ports: [{port: 1, protocol: TCP}]}]}',
      ),
      ['removed spec.ingress[0] {"from":[{"podSelector":{}}]} → -'],
    ],
    [
      'texts of a Secret where they stand',
      of('v1 Secret', 'data: {a: b2xk}'),
      of('v1 Secret', 'stringData: {a: new}'),
      ['changed data.a "b2xk" → "new"'],
    ],
    [
      'another version, and no field that it only calls otherwise',
      of(
        'networking.k8s.io/v1beta1 Ingress',
        'spec: {rules: [{host: a.b, http: {paths: [{path: /, backend: {serviceName: s, servicePort: 80}}]}}]}',
      ),
      of(
        'networking.k8s.io/v1 Ingress',
        'spec: {rules: [{host: a.b, http: {paths: [{path: /, pathType: ImplementationSpecific, backend: {service: {name: s, port: {number: 81}}}}]}}]}',
      ),
      [
        'changed apiVersion "networking.k8s.io/v1beta1" → "networking.k8s.io/v1"',
        'changed spec.rules[a.b].http.paths[/].backend.service.port.number 80 → 81',
      ],
    ],
    [
      'a metric of an older autoscaler',
      of(
        'autoscaling/v1 HorizontalPodAutoscaler',
        'spec: {maxReplicas: 3, targetCPUUtilizationPercentage: 70}',
      ),
      of(
        'autoscaling/v2 HorizontalPodAutoscaler',
        'spec: {maxReplicas: 3, metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 60}}}]}',
      ),
      [
        'changed apiVersion "autoscaling/v1" → "autoscaling/v2"',
        'changed spec.metrics[Resource,cpu].resource.target.averageUtilization 70 → 60',
      ],
    ],
    [
      'nothing of a metric that v2beta1 writes otherwise, but for its number',
      of(
        'autoscaling/v2beta1 HorizontalPodAutoscaler',
        'spec: {metrics: [{type: Resource, resource: {name: cpu, targetAverageUtilization: 70}}, {type: Pods, pods: {metricName: rps, targetAverageValue: 1k}}, {type: Object, object: {target: {kind: Service, name: a}, metricName: x, targetValue: 2}}]}',
      ),
      of(
        'autoscaling/v2 HorizontalPodAutoscaler',
        'spec: {metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 71}}}, {type: Pods, pods: {metric: {name: rps}, target: {type: AverageValue, averageValue: 1000}}}, {type: Object, object: {describedObject: {kind: Service, name: a}, metric: {name: x}, target: {type: Value, value: 3}}}]}',
      ),
      [
        'changed apiVersion "autoscaling/v2beta1" → "autoscaling/v2"',
        'changed spec.metrics[Resource,cpu].resource.target.averageUtilization 70 → 71',
        'changed spec.metrics[Object,x].object.target.value 2 → 3',
      ],
    ],
    [
      'a default that an older version had not',
      of('extensions/v1beta1 Deployment', 'spec: {template: {}}'),
      of(
        'apps/v1 Deployment',
        'spec: {revisionHistoryLimit: 10, strategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 25%}}, template: {}}',
      ),
      [
        'changed apiVersion "extensions/v1beta1" → "apps/v1"',
        'added spec.revisionHistoryLimit - → 10',
        'added spec.strategy.rollingUpdate.maxUnavailable - → "25%"',
      ],
    ],
    [
      'an empty selector that means something else',
      of('policy/v1beta1 PodDisruptionBudget', 'spec: {selector: {}}'),
      of('policy/v1 PodDisruptionBudget', 'spec: {selector: {}}'),
      ['changed apiVersion "policy/v1beta1" → "policy/v1"', 'changed spec.selector {} → {}'],
    ],
    [
      'no selector that a Deployment had from its template',
      of('extensions/v1beta1 Deployment', 'spec: {template: {metadata: {labels: {app: a}}}}'),
      of(
        'apps/v1 Deployment',
        'spec: {selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a}}}}',
      ),
      ['changed apiVersion "extensions/v1beta1" → "apps/v1"'],
    ],
  ])('%s', (_, before, after, expected) => {
    expect(told(before, after)).toEqual(expected)
  })
})

test('a change says where it stands on either side', () => {
  const before = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { annotations: { 'a/b~c.d': 'x' } },
    spec: { ports: [{ port: 53 }, { port: 53, protocol: 'UDP', nodePort: 30053 }, { port: 80 }] },
  }
  const after = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { annotations: { 'a/b~c.d': 'y' } },
    spec: {
      ports: [
        { port: 53, protocol: 'UDP', nodePort: 30054 },
        { port: 53, targetPort: 'dns' },
      ],
    },
  }
  expect(changesOf(before, after)).toEqual([
    {
      deed: 'changed',
      path: 'metadata.annotations[a/b~c.d]',
      pattern: '/metadata/annotations/a~1b~0c.d',
      beforeAt: '/metadata/annotations/a~1b~0c.d',
      afterAt: '/metadata/annotations/a~1b~0c.d',
      before: 'x',
      after: 'y',
    },
    {
      deed: 'reordered',
      path: 'spec.ports',
      pattern: '/spec/ports',
      beforeAt: '/spec/ports',
      afterAt: '/spec/ports',
      before: ['53', '53,UDP'],
      after: ['53,UDP', '53'],
    },
    {
      deed: 'changed',
      path: 'spec.ports[53,UDP].nodePort',
      pattern: '/spec/ports/*/nodePort',
      beforeAt: '/spec/ports/1/nodePort',
      afterAt: '/spec/ports/0/nodePort',
      before: 30053,
      after: 30054,
    },
    {
      deed: 'added',
      path: 'spec.ports[53].targetPort',
      pattern: '/spec/ports/*/targetPort',
      beforeAt: undefined,
      afterAt: '/spec/ports/1/targetPort',
      before: undefined,
      after: 'dns',
    },
    {
      deed: 'removed',
      path: 'spec.ports[80]',
      pattern: '/spec/ports/*',
      beforeAt: '/spec/ports/2',
      afterAt: undefined,
      before: { port: 80 },
      after: undefined,
    },
  ])
})
