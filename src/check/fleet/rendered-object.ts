import { isMap, type Value, type ValueMap } from '../../document/node.ts'
import type { Exhibit, Spot } from '../exhibit.ts'

/** An object of a cluster, and the target that renders it. */
export interface RenderedObject {
  readonly exhibit: Exhibit
  readonly file: string
  readonly value: ValueMap
  /** `Kind.group`, as fleet.yaml and policy.yaml name kinds. */
  readonly kind: string
  /** Empty for what belongs to the cluster as a whole, and where none is stated. */
  readonly namespace: string
  readonly name: string
}

/** A manifest as an object; undefined if it has no name, which is refused elsewhere. */
export function renderedObject(
  exhibit: Exhibit,
  file: string,
  value: ValueMap,
): RenderedObject | undefined {
  const identity = identityOf(value)
  return identity && { exhibit, file, value, ...identity }
}

/** What tells an object from all others of its cluster; undefined if it has no name. */
export function identityOf(
  value: ValueMap,
): Pick<RenderedObject, 'kind' | 'namespace' | 'name'> | undefined {
  const { metadata } = value
  const name = isMap(metadata) ? metadata.name : undefined
  if (typeof name !== 'string') return undefined
  const kind = identityKind(String(value.apiVersion), String(value.kind))
  const stated = isMap(metadata) ? metadata.namespace : undefined
  const namespace = typeof stated === 'string' && !clusterWide.has(kind) ? stated : ''
  return { kind, namespace, name }
}

/** How messages call an object: "Deployment order". */
export function titleOf({ kind, name }: Pick<RenderedObject, 'kind' | 'name'>): string {
  return `${shortKind(kind)} ${name}`
}

/** A kind without its group. */
export function shortKind(kind: string): string {
  const dot = kind.indexOf('.')
  return dot < 0 ? kind : kind.slice(0, dot)
}

export function spotIn({ exhibit, file }: RenderedObject, pointer: string): Spot {
  return { exhibit, file, pointer }
}

/** What a field below maps holds; undefined where there is none. */
export function fieldAt(value: Value | undefined, ...path: readonly string[]): Value | undefined {
  let found = value
  for (const key of path) {
    found = isMap(found) && Object.hasOwn(found, key) ? found[key] : undefined
  }
  return found
}

const kinds = new Map<string, string>()

/** One name for a kind, in whatever version or former group it is written. */
export function identityKind(apiVersion: string, kind: string): string {
  const key = `${apiVersion} ${kind}`
  const known = kinds.get(key)
  if (known !== undefined) return known
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''
  const own = group === 'extensions' ? (leftExtensions.get(kind) ?? group) : group
  const name = own === '' ? kind : `${kind}.${own}`
  kinds.set(key, name)
  return name
}

/** Until 1.15 these were served by the group extensions as well, as the same objects. */
const leftExtensions: ReadonlyMap<string, string> = new Map([
  ...['Deployment', 'DaemonSet', 'ReplicaSet'].map((kind) => [kind, 'apps'] as const),
  ...['Ingress', 'NetworkPolicy'].map((kind) => [kind, 'networking.k8s.io'] as const),
  ['PodSecurityPolicy', 'policy'],
])

/** Built-in kinds that live in no namespace, whatever their metadata says. */
const clusterWide: ReadonlySet<string> = new Set([
  ...['Namespace', 'Node', 'PersistentVolume', 'PodSecurityPolicy.policy'],
  ...['ClusterRole', 'ClusterRoleBinding'].map((kind) => `${kind}.rbac.authorization.k8s.io`),
  ...['StorageClass', 'CSIDriver', 'CSINode', 'VolumeAttachment', 'VolumeAttributesClass'].map(
    (kind) => `${kind}.storage.k8s.io`,
  ),
  ...['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration']
    .concat(['ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding'])
    .concat(['MutatingAdmissionPolicy', 'MutatingAdmissionPolicyBinding'])
    .map((kind) => `${kind}.admissionregistration.k8s.io`),
  ...['FlowSchema', 'PriorityLevelConfiguration'].map(
    (kind) => `${kind}.flowcontrol.apiserver.k8s.io`,
  ),
  ...['IngressClass', 'IPAddress', 'ServiceCIDR'].map((kind) => `${kind}.networking.k8s.io`),
  'CustomResourceDefinition.apiextensions.k8s.io',
  'APIService.apiregistration.k8s.io',
  'PriorityClass.scheduling.k8s.io',
  'RuntimeClass.node.k8s.io',
  'CertificateSigningRequest.certificates.k8s.io',
  'GatewayClass.gateway.networking.k8s.io',
  'ClusterIssuer.cert-manager.io',
  ...['ClusterSecretStore', 'ClusterExternalSecret'].map((kind) => `${kind}.external-secrets.io`),
])
