// What holds for every target, and the deployment that it is: policies/base and
// policies/workload/deployment. Later layers add to the hidden fields.
local quantity = import 'quantity.libsonnet';

{
  // To be said by whoever renders.
  target:: error 'target',
  user:: error 'user',
  pipeline:: error 'pipeline',

  policy:: {
    drainSeconds: 15,
    readiness: { path: '/health', timeoutSeconds: 2 },
    startup: { periodSeconds: 5, failureThreshold: 12 },
    heapRatio: 0.6,
  },

  local top = self,
  local name = top.target.project,
  local instance = name + '-' + top.target.environment,
  local cpu = quantity.millicores(top.user.cpu),
  memory:: quantity.mebibytes(top.user.memory),
  heap:: '%d' % std.floor(top.memory * top.policy.heapRatio),
  local healthPath = std.get(std.get(top.pipeline, 'healthCheck', {}), 'path', top.policy.readiness.path),
  instance:: instance,
  local selected = { 'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': instance },

  local common = {
    metadata+: {
      name: name,
      namespace: top.user.owner + '-' + top.target.environment,
      labels+: selected {
        'app.kubernetes.io/part-of': top.user.owner,
        'app.kubernetes.io/managed-by': 'sahaba',
        'example.com/env': top.target.environment,
        'example.com/region': top.target.region,
      },
      annotations+: { 'example.com/owner': top.user.owner },
    },
  },
  common:: common,

  // What layers add.
  env:: [
    { name: 'APP_NAME', value: name },
    { name: 'APP_ENV', value: top.target.environment },
    { name: 'APP_REGION', value: top.target.region },
    { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
    { name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
  ] + [{ name: key, value: top.user.env[key] } for key in std.objectFields(top.user.env)],
  mounts:: [{ name: 'logs', mountPath: '/data/logs' }, { name: 'tmp', mountPath: '/tmp' }],
  volumes:: [
    { name: 'logs', emptyDir: { sizeLimit: top.policy.logs.size } },
    { name: 'tmp', emptyDir: { sizeLimit: '512Mi' } },
  ],
  sidecars:: [],
  podMetadata:: {},
  podSpec:: {},
  hardened:: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },

  manifests:: {
    deployment: common {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata+: {
        annotations+: std.prune({
          'example.com/branch': std.get(std.get(top.user, 'source', {}), 'branch'),
          'example.com/commit': std.get(std.get(top.pipeline, 'build', {}), 'commit'),
        }),
      },
      spec: {
        replicas: top.user.replicas,
        minReadySeconds: 10,
        revisionHistoryLimit: 5,
        progressDeadlineSeconds: 900,
        strategy: {
          type: 'RollingUpdate',
          rollingUpdate: {
            maxSurge: top.policy.rollout.maxSurge,
            maxUnavailable: top.policy.rollout.maxUnavailable,
          },
        },
        selector: { matchLabels: selected },
        template: {
          metadata: {
            labels: selected {
              'example.com/env': top.target.environment,
              'example.com/region': top.target.region,
            },
          } + top.podMetadata,
          spec: {
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            terminationGracePeriodSeconds: top.policy.drainSeconds + top.user.shutdownSeconds,
            securityContext: {
              runAsNonRoot: true,
              runAsUser: 1000,
              fsGroup: 1000,
              seccompProfile: { type: 'RuntimeDefault' },
            },
            containers: [{
              name: 'app',
              image: top.pipeline.image,
              imagePullPolicy: 'IfNotPresent',
              ports: [{ name: 'http', containerPort: top.user.port, protocol: 'TCP' }],
              env: top.env,
              resources: {
                limits: {
                  cpu: quantity.printMillicores(cpu),
                  memory: quantity.printMebibytes(top.memory),
                  'ephemeral-storage': '5Gi',
                },
                requests: {
                  cpu: quantity.printMillicores(cpu * top.policy.overcommit.cpu),
                  memory: quantity.printMebibytes(top.memory * top.policy.overcommit.memory),
                  'ephemeral-storage': '1Gi',
                },
              },
              readinessProbe: {
                httpGet: { path: healthPath, port: 'http' },
                periodSeconds: 5,
                timeoutSeconds: top.policy.readiness.timeoutSeconds,
                failureThreshold: 3,
              },
              livenessProbe: {
                tcpSocket: { port: 'http' },
                periodSeconds: 20,
                failureThreshold: 6,
              },
              startupProbe: {
                httpGet: { path: healthPath, port: 'http' },
                periodSeconds: top.policy.startup.periodSeconds,
                failureThreshold: top.policy.startup.failureThreshold,
              },
              lifecycle: { preStop: { exec: { command: ['sleep', '%d' % top.policy.drainSeconds] } } },
              securityContext: top.hardened,
              volumeMounts: top.mounts,
            }] + top.sidecars,
            volumes: top.volumes,
          } + top.podSpec,
        },
      },
    },
    pdb: common {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      spec: {
        maxUnavailable: top.policy.rollout.disruption,
        selector: { matchLabels: selected },
      },
    },
    service: common {
      apiVersion: 'v1',
      kind: 'Service',
      spec: {
        type: 'ClusterIP',
        selector: selected,
        ports: [{ name: 'http', port: 80, protocol: 'TCP', targetPort: 'http' }],
      },
    },
  },
}
