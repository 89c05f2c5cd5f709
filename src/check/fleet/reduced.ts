import { isList, isMap, type Value, type ValueMap } from '../../document/node.ts'
import { podPathOf } from '../../kubernetes/pod-spec.ts'
import { horizontal, scaledObject } from './autoscalers.ts'
import { identityKind } from './rendered-object.ts'

/** Fields of a map, or of each map in a list, that are looked at; `true` stands for all of one. */
type Fields = true | ValueFields
interface ValueFields {
  readonly [name: string]: Fields
}

/**
 * A manifest without what no check over the whole fleet looks at, which is most of it. Places count:
 * what is left of a list keeps its numbers.
 */
export function reduced(manifest: ValueMap): ValueMap {
  const { apiVersion, kind } = manifest
  const key = `${String(apiVersion)} ${String(kind)}`
  const fields = known.get(key) ?? fieldsOf(manifest)
  known.set(key, fields)
  return picked(manifest, fields)
}

const known = new Map<string, ValueFields>()

const identity: ValueFields = {
  ...{ apiVersion: true, kind: true },
  metadata: { name: true, namespace: true },
}

const named: ValueFields = { name: true, optional: true }
const references: ValueFields = { configMapKeyRef: named, secretKeyRef: named }
const amounts: ValueFields = { cpu: true, memory: true }
const resources: ValueFields = { requests: amounts, limits: amounts }
const container: ValueFields = {
  env: { valueFrom: references },
  envFrom: { configMapRef: named, secretRef: named },
  ports: { name: true },
  ...{ resources, restartPolicy: true },
}
const volume: ValueFields = {
  configMap: named,
  secret: { secretName: true, optional: true },
  persistentVolumeClaim: { claimName: true, optional: true },
  projected: { sources: { configMap: named, secret: named } },
}
const pod: ValueFields = {
  ...{ serviceAccountName: true, imagePullSecrets: { name: true }, volumes: volume },
  ...{ containers: container, initContainers: container, resources, overhead: amounts },
}

/** What all that have pods may say of them. */
const workload: ValueFields = { replicas: true, selector: true }
const monitor: ValueFields = { selector: true, namespaceSelector: true }
const secretMaker: ValueFields = { spec: { secretName: true, target: { name: true } } }

const byKind: ReadonlyMap<string, ValueFields> = new Map<string, ValueFields>([
  ['StatefulSet.apps', { spec: { serviceName: true } }],
  [
    'Rollout.argoproj.io',
    {
      spec: {
        workloadRef: true,
        strategy: {
          canary: { stableService: true, canaryService: true },
          blueGreen: { activeService: true, previewService: true },
        },
      },
    },
  ],
  [
    'Service',
    {
      // Monitors select Services by these.
      metadata: { labels: true },
      spec: {
        ...{ selector: true, healthCheckNodePort: true },
        ports: { name: true, port: true, targetPort: true, nodePort: true },
      },
    },
  ],
  ['Ingress.networking.k8s.io', { metadata: { annotations: true }, spec: true }],
  ['HTTPRoute.gateway.networking.k8s.io', { spec: true }],
  ['GRPCRoute.gateway.networking.k8s.io', { spec: true }],
  ['NetworkPolicy.networking.k8s.io', { spec: { podSelector: true } }],
  [
    'PodDisruptionBudget.policy',
    { spec: { ...monitor, maxUnavailable: true, minAvailable: true } },
  ],
  [
    'PodMonitor.monitoring.coreos.com',
    { spec: { ...monitor, podMetricsEndpoints: { port: true } } },
  ],
  ['ServiceMonitor.monitoring.coreos.com', { spec: { ...monitor, endpoints: { port: true } } }],
  [horizontal, { spec: { scaleTargetRef: true, minReplicas: true } }],
  [scaledObject, { spec: { scaleTargetRef: true, minReplicaCount: true } }],
  ['VerticalPodAutoscaler.autoscaling.k8s.io', { spec: { targetRef: true } }],
  ['RoleBinding.rbac.authorization.k8s.io', { roleRef: true }],
  ['ExternalSecret.external-secrets.io', secretMaker],
  ['SealedSecret.bitnami.com', secretMaker],
  ['Certificate.cert-manager.io', secretMaker],
])

function fieldsOf(manifest: ValueMap): ValueFields {
  const path = podPathOf(manifest.apiVersion, manifest.kind)
  const pods = path ? both({ spec: workload }, podsAt(path)) : {}
  const own = byKind.get(identityKind(String(manifest.apiVersion), String(manifest.kind))) ?? {}
  return both(identity, both(pods, own))
}

/** The fields of pods, and what their template says of them, at the path to their spec. */
function podsAt(path: readonly string[]): ValueFields {
  const template: ValueFields = { metadata: { labels: true }, spec: pod }
  return path.slice(0, -1).reduceRight<ValueFields>((inner, key) => ({ [key]: inner }), template)
}

/** The fields of one and of the other. */
function both(one: ValueFields, other: ValueFields): ValueFields {
  const shared = Object.entries(other).map(([name, fields]): [string, Fields] => {
    const known = one[name]
    const isWhole = known === undefined || known === true || fields === true
    return [name, isWhole ? fields : both(known, fields)]
  })
  return { ...one, ...Object.fromEntries(shared) }
}

function picked(map: ValueMap, fields: ValueFields): ValueMap {
  const kept: Record<string, Value> = {}
  for (const [name, inner] of Object.entries(fields)) {
    const value = Object.hasOwn(map, name) ? map[name] : undefined
    if (value !== undefined) kept[name] = inner === true ? value : pickedIn(value, inner)
  }
  return kept
}

function pickedIn(value: Value, fields: ValueFields): Value {
  if (isMap(value)) return picked(value, fields)
  if (!isList(value)) return value
  const items = value.map((item) => (isMap(item) ? picked(item, fields) : null))
  const last = items.findLastIndex((item) => item !== null && Object.keys(item).length > 0)
  return items.slice(0, last + 1)
}
