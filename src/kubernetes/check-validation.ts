import type { ValueMap } from '../document/node.ts'
import { nothingShared, type SharedParts } from './fits.ts'
import { groupKindOf, podSpecOf } from './pod-spec.ts'
import type { Problem } from './problem.ts'
import { checkConfigMap, checkSecret } from './validation/config.ts'
import { type Check, Field } from './validation/field.ts'
import { checkHorizontalPodAutoscaler } from './validation/horizontal-pod-autoscaler.ts'
import { checkIngress } from './validation/ingress.ts'
import { checkCronJob, checkJob } from './validation/jobs.ts'
import { checkMetadata } from './validation/metadata.ts'
import { checkNetworkPolicy } from './validation/network-policy.ts'
import { checkClaimSpec } from './validation/persistent-volume-claim.ts'
import { anyRestart, checkPod, checkTemplate } from './validation/pod.ts'
import { checkPodDisruptionBudget } from './validation/pod-disruption-budget.ts'
import { checkPriorityClass } from './validation/priority-class.ts'
import { checkLimitRange, checkResourceQuota } from './validation/quotas.ts'
import { checkBinding, checkRole } from './validation/rbac.ts'
import { checkReplicationController } from './validation/replication-controller.ts'
import { checkService } from './validation/service.ts'
import {
  checkDaemonSet,
  checkDeployment,
  checkReplicaSet,
  checkStatefulSet,
} from './validation/workloads.ts'

const checks: ReadonlyMap<string, Check> = new Map([
  ['/Pod', checkPod],
  ['/PodTemplate', (object) => checkTemplate(object.at('template'), anyRestart)],
  ['/ReplicationController', checkReplicationController],
  ['/Service', checkService],
  ['/ConfigMap', checkConfigMap],
  ['/Secret', checkSecret],
  ['/PersistentVolumeClaim', (object) => checkClaimSpec(object.at('spec'))],
  ['/LimitRange', checkLimitRange],
  ['/ResourceQuota', checkResourceQuota],
  ['apps/Deployment', checkDeployment],
  ['apps/StatefulSet', checkStatefulSet],
  ['apps/DaemonSet', checkDaemonSet],
  ['apps/ReplicaSet', checkReplicaSet],
  ['extensions/Ingress', checkIngress],
  ['networking.k8s.io/Ingress', checkIngress],
  ['networking.k8s.io/NetworkPolicy', checkNetworkPolicy],
  ['batch/Job', checkJob],
  ['batch/CronJob', checkCronJob],
  ['policy/PodDisruptionBudget', checkPodDisruptionBudget],
  ['autoscaling/HorizontalPodAutoscaler', checkHorizontalPodAutoscaler],
  ['rbac.authorization.k8s.io/Role', checkRole],
  ['rbac.authorization.k8s.io/ClusterRole', checkRole],
  ['rbac.authorization.k8s.io/RoleBinding', checkBinding],
  ['rbac.authorization.k8s.io/ClusterRoleBinding', checkBinding],
  ['scheduling.k8s.io/PriorityClass', checkPriorityClass],
  ['argoproj.io/Rollout', checkRollout],
])

/**
 * What Kubernetes 1.`minor` refuses in an object although it fits the schema, as the validation of
 * its API server does it. That a field is missing which the schema requires is for the schema to
 * tell. So are values of a wrong type: like the server, which validates only what it can decode, we
 * say nothing of an object that has some. Of a kind that is not known only the metadata is checked.
 * It is quicker if it is told which parts of the object are shared with other objects.
 */
export function checkValidation(
  object: ValueMap,
  minor: number,
  shared: SharedParts = nothingShared,
): readonly Problem[] {
  const problems: Problem[] = []
  const root = Field.of(object, minor, problems, shared)
  const kind = groupKindOf(object)
  checkMetadata(root.at('metadata'), kind)
  checks.get(kind)?.(root)
  return root.isReadable ? problems : []
}

/** A Rollout is no kind of Kubernetes, but its pods are. */
function checkRollout(object: Field): void {
  const { value } = object
  if (podSpecOf(value as ValueMap)) checkTemplate(object.at('spec', 'template'), ['Always'])
}
