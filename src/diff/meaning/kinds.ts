// Kinds with their groups, as `ClusterObject.kind` names them.

export const deployment = 'Deployment.apps'
export const statefulSet = 'StatefulSet.apps'
export const daemonSet = 'DaemonSet.apps'
export const replicaSet = 'ReplicaSet.apps'
export const replicationController = 'ReplicationController'
export const rollout = 'Rollout.argoproj.io'
export const job = 'Job.batch'
export const cronJob = 'CronJob.batch'

/** Whose pods run until somebody ends them. */
export const services = [deployment, statefulSet, daemonSet, replicaSet, rollout].concat([
  replicationController,
  'Pod',
])

/** Whose controllers replace pods when their template changes. */
export const replacing = [deployment, statefulSet, daemonSet, rollout]

/** Whose number of pods is stated as replicas. */
export const replicated = [deployment, statefulSet, replicaSet, rollout, replicationController]

export const horizontal = 'HorizontalPodAutoscaler.autoscaling'
export const scaledObject = 'ScaledObject.keda.sh'
export const autoscalers = [horizontal, scaledObject]

export const ingress = 'Ingress.networking.k8s.io'
export const networkPolicy = 'NetworkPolicy.networking.k8s.io'
export const disruptionBudget = 'PodDisruptionBudget.policy'

export const routes = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'].map(
  (kind) => `${kind}.gateway.networking.k8s.io`,
)
/** Other objects that lead requests to Services. */
export const routing = ['VirtualService', 'DestinationRule']
  .map((kind) => `${kind}.networking.istio.io`)
  .concat(['IngressRoute.traefik.io', 'IngressRoute.traefik.containo.us'])
export const gateways = ['Gateway.gateway.networking.k8s.io', 'Gateway.networking.istio.io']

/** What leads requests from outside to pods. */
export const ways = [ingress, ...routes, ...routing, ...gateways]

const rbac = (kind: string) => `${kind}.rbac.authorization.k8s.io`
export const roles = [rbac('Role'), rbac('ClusterRole')]
export const bindings = [rbac('RoleBinding'), rbac('ClusterRoleBinding')]

export const admission = ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration']
  .concat(['ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding'])
  .concat(['MutatingAdmissionPolicy', 'MutatingAdmissionPolicyBinding'])
  .map((kind) => `${kind}.admissionregistration.k8s.io`)

export const contents = ['ConfigMap', 'Secret']
export const claim = 'PersistentVolumeClaim'
export const volume = 'PersistentVolume'
export const storageClass = 'StorageClass.storage.k8s.io'
export const customKind = 'CustomResourceDefinition.apiextensions.k8s.io'

export const monitors = ['PodMonitor', 'ServiceMonitor', 'PrometheusRule', 'Probe'].map(
  (kind) => `${kind}.monitoring.coreos.com`,
)
