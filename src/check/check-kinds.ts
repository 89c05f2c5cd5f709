import type { Manifest } from '../plan/render-target.ts'
import type { Accuse, Exhibit } from './exhibit.ts'
import type { RuleBook } from './rule-book.ts'

/**
 * Kinds that any target may render: they live in a namespace, and give nobody rights. The others
 * (RBAC, DaemonSets, Secrets, whatever belongs to the cluster) a layer has to allow.
 */
const usual: ReadonlySet<string> = new Set([
  ...['ConfigMap', 'PersistentVolumeClaim', 'Service', 'ServiceAccount'],
  ...['Deployment.apps', 'StatefulSet.apps', 'Job.batch', 'CronJob.batch'],
  ...['HorizontalPodAutoscaler.autoscaling', 'PodDisruptionBudget.policy'],
  ...['Ingress.networking.k8s.io', 'NetworkPolicy.networking.k8s.io', 'Ingress.extensions'],
  ...['PodMonitor', 'ServiceMonitor', 'PrometheusRule', 'Probe'].map(
    (kind) => `${kind}.monitoring.coreos.com`,
  ),
  ...['Rollout', 'AnalysisTemplate'].map((kind) => `${kind}.argoproj.io`),
  ...['ScaledObject', 'ScaledJob'].map((kind) => `${kind}.keda.sh`),
  ...['HTTPRoute', 'GRPCRoute'].map((kind) => `${kind}.gateway.networking.k8s.io`),
])

/** Refuses objects of kinds that neither are usual nor a layer of the target allows. */
export function checkKind(
  exhibit: Exhibit,
  { file, value }: Manifest,
  { kinds }: RuleBook,
  accuse: Accuse,
): void {
  const name = kindName(value.apiVersion, value.kind)
  if (usual.has(name) || kinds.has(name)) return
  accuse({
    id: 'forbidden-kind',
    message: `no layer of the target allows it to render a ${name}`,
    at: { exhibit, file, pointer: '/kind' },
    help: `allow it in the policy.yaml of a layer that only such targets have: kinds: [${name}]`,
  })
}

/** `Kind.group`, as fleet.yaml and policy.yaml name kinds. */
export function kindName(apiVersion: unknown, kind: unknown): string {
  const version = String(apiVersion)
  const group = version.includes('/') ? `.${version.slice(0, version.indexOf('/'))}` : ''
  return `${String(kind)}${group}`
}
