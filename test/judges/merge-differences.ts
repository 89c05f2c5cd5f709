import { container, daemonSet, deployment, type MergeCase, pod, service } from './merge-case.ts'

const keepsBoth = 'it keeps both members of the union, which the API server refuses'
const oneKey = 'it knows a port by its number alone and so changes the wrong one'

/** Patches on which `kubectl patch` or kustomize differs from us, each with what is wrong there. */
export const differences: readonly MergeCase[] = [
  {
    name: 'a value in place of a reference',
    base: container('env: [{name: A, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]'),
    patch: container('env: [{name: A, value: x}]'),
    differs: { kubectl: keepsBoth, kustomize: keepsBoth },
  },
  {
    name: 'one kind of reference in place of another',
    base: container('env: [{name: A, valueFrom: {configMapKeyRef: {name: c, key: k}}}]'),
    patch: container('env: [{name: A, valueFrom: {secretKeyRef: {name: s, key: k}}}]'),
    differs: { kubectl: keepsBoth, kustomize: keepsBoth },
  },
  {
    name: 'one number in two protocols',
    base: container(
      'ports: [{containerPort: 53, protocol: TCP, name: t}, {containerPort: 53, protocol: UDP, name: u}]',
    ),
    patch: container('ports: [{containerPort: 53, protocol: UDP, name: dns}]'),
    differs: { kubectl: oneKey },
  },
  {
    name: 'another source for a volume',
    base: pod('{volumes: [{name: a, emptyDir: {sizeLimit: 1Gi}}]}'),
    patch: pod('{volumes: [{name: a, hostPath: {path: /a}}]}'),
    differs: { kubectl: keepsBoth, kustomize: keepsBoth },
  },
  {
    name: 'one topologyKey, soft and hard',
    base: pod(
      '{topologySpreadConstraints: [{topologyKey: zone, whenUnsatisfiable: ScheduleAnyway, maxSkew: 1}]}',
    ),
    patch: pod(
      '{topologySpreadConstraints: [{topologyKey: zone, whenUnsatisfiable: DoNotSchedule, maxSkew: 5}]}',
    ),
    differs: { kubectl: 'it knows a constraint by its topologyKey alone, unlike the API server' },
  },
  {
    name: 'another kind of probe',
    base: container('readinessProbe: {httpGet: {path: /a, port: 80}, periodSeconds: 5}'),
    patch: container('readinessProbe: {tcpSocket: {port: 81}}'),
    differs: { kubectl: keepsBoth, kustomize: keepsBoth },
  },
  {
    name: 'another way to stop',
    base: container('lifecycle: {preStop: {exec: {command: [a]}}}'),
    patch: container('lifecycle: {preStop: {httpGet: {path: /stop, port: 80}}}'),
    differs: { kubectl: keepsBoth, kustomize: keepsBoth },
  },
  {
    name: 'Recreate in place of a rolling update',
    base: deployment('{strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 1}}}'),
    patch: deployment('{strategy: {type: Recreate}}'),
    differs: { kubectl: keepsBoth, kustomize: keepsBoth },
  },
  {
    name: 'OnDelete in place of a rolling update',
    base: daemonSet('{updateStrategy: {type: RollingUpdate, rollingUpdate: {maxUnavailable: 1}}}'),
    patch: daemonSet('{updateStrategy: {type: OnDelete}}'),
    differs: { kubectl: keepsBoth, kustomize: keepsBoth },
  },
  {
    name: 'one service port in two protocols',
    base: service(
      '{ports: [{port: 53, protocol: TCP, name: t}, {port: 53, protocol: UDP, name: u}]}',
    ),
    patch: service('{ports: [{port: 53, protocol: UDP, targetPort: 5353}]}'),
    differs: { kubectl: oneKey },
  },
  {
    name: 'a map deleted',
    base: pod('{securityContext: {runAsUser: 1}, nodeSelector: {a: b}}'),
    patch: pod('{securityContext: {$patch: delete}}'),
    differs: { kubectl: 'it leaves an empty map behind' },
  },
]
