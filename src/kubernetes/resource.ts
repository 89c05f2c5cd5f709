/** The kinds of Kubernetes itself that manifests are made of, by group. */
const namespaced: Readonly<Record<string, readonly string[]>> = {
  '': ['ConfigMap', 'Endpoints', 'Event', 'LimitRange', 'PersistentVolumeClaim', 'Pod']
    .concat(['PodTemplate', 'ReplicationController', 'ResourceQuota', 'Secret', 'Service'])
    .concat('ServiceAccount'),
  apps: ['ControllerRevision', 'DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'],
  autoscaling: ['HorizontalPodAutoscaler'],
  batch: ['CronJob', 'Job'],
  'coordination.k8s.io': ['Lease'],
  'discovery.k8s.io': ['EndpointSlice'],
  extensions: ['DaemonSet', 'Deployment', 'Ingress', 'NetworkPolicy', 'ReplicaSet'],
  'networking.k8s.io': ['Ingress', 'NetworkPolicy'],
  policy: ['PodDisruptionBudget'],
  'rbac.authorization.k8s.io': ['Role', 'RoleBinding'],
}

const clusterScoped: Readonly<Record<string, readonly string[]>> = {
  '': ['Namespace', 'Node', 'PersistentVolume'],
  'admissionregistration.k8s.io': ['MutatingWebhookConfiguration', 'ValidatingAdmissionPolicy']
    .concat(['ValidatingAdmissionPolicyBinding', 'ValidatingWebhookConfiguration'])
    .concat(['MutatingAdmissionPolicy', 'MutatingAdmissionPolicyBinding']),
  'apiextensions.k8s.io': ['CustomResourceDefinition'],
  'apiregistration.k8s.io': ['APIService'],
  'certificates.k8s.io': ['CertificateSigningRequest', 'ClusterTrustBundle'],
  'cert-manager.io': ['ClusterIssuer'],
  'flowcontrol.apiserver.k8s.io': ['FlowSchema', 'PriorityLevelConfiguration'],
  'gateway.networking.k8s.io': ['GatewayClass'],
  'networking.k8s.io': ['IPAddress', 'IngressClass', 'ServiceCIDR'],
  'node.k8s.io': ['RuntimeClass'],
  policy: ['PodSecurityPolicy'],
  'rbac.authorization.k8s.io': ['ClusterRole', 'ClusterRoleBinding'],
  'scheduling.k8s.io': ['PriorityClass'],
  'snapshot.storage.k8s.io': ['VolumeSnapshotClass', 'VolumeSnapshotContent'],
  'storage.k8s.io': ['CSIDriver', 'CSINode', 'StorageClass', 'VolumeAttachment'],
}

/** Kinds whose plural is not what the rule makes of them. */
const irregular: ReadonlyMap<string, string> = new Map([
  ['Endpoints', 'endpoints'],
  ['SecurityContextConstraints', 'securitycontextconstraints'],
  ['Prometheus', 'prometheuses'],
])

/** The resource of a kind, as paths and rules name it: Ingress is ingresses, NetworkPolicy …ies. */
export function resourceOf(kind: string): string {
  const known = irregular.get(kind)
  if (known !== undefined) return known
  const word = kind.toLowerCase()
  if (/(?:s|x|z|ch|sh)$/.test(word)) return `${word}es`
  return /[^aeiou]y$/.test(word) ? `${word.slice(0, -1)}ies` : `${word}s`
}

/** The kind of a resource of Kubernetes itself; undefined for any other. */
export function kindOfResource(group: string, resource: string): string | undefined {
  const kinds = [...(namespaced[group] ?? []), ...(clusterScoped[group] ?? [])]
  return kinds.find((kind) => resourceOf(kind) === resource)
}

/** Whether objects of a kind are known to live outside of namespaces. */
export function isClusterScoped(group: string, kind: string): boolean {
  return clusterScoped[group]?.includes(kind) ?? false
}
