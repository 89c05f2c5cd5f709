import { checkContainers } from './containers.ts'
import { checkDns } from './dns.ts'
import { type Field, remembered, shown } from './field.ts'
import { checkLabels } from './labels.ts'
import { checkAnnotations } from './metadata.ts'
import { dnsLabel, dnsSubdomain, qualifiedName } from './names.ts'
import { checkHostNetworkPorts, checkHostPorts } from './ports.ts'
import { checkAffinity, checkSpread, checkTolerations } from './scheduling.ts'
import { checkPodSecurityContext } from './security-context.ts'
import {
  checkChoice,
  checkGivenText,
  checkIp,
  checkRange,
  checkText,
  checkUnique,
} from './values.ts'
import { checkVolumes } from './volumes.ts'

/** What runs pods says how they may restart; a pod of its own and a template may do all three. */
export type Restarts = readonly ('Always' | 'OnFailure' | 'Never')[]

export const anyRestart: Restarts = ['Always', 'OnFailure', 'Never']

/** A pod of its own (ValidatePodCreate). */
export function checkPod(object: Field): void {
  checkSeccompAnnotations(object.at('metadata', 'annotations'))
  checkPodSpec(object.at('spec'), anyRestart)
}

/** A pod template (ValidatePodTemplateSpec); `claims` are volumes that its owner adds to each pod. */
export function checkTemplate(
  template: Field,
  restarts: Restarts,
  claims: readonly string[] = [],
): void {
  checkLabels(template.at('metadata', 'labels'))
  checkAnnotations(template.at('metadata', 'annotations'))
  checkSeccompAnnotations(template.at('metadata', 'annotations'))
  checkPodSpec(template.at('spec'), restarts, claims)
}

/** How profiles were set before there was a field for them (ValidateSeccompPodAnnotations). */
function checkSeccompAnnotations(annotations: Field): void {
  const profile = annotations.at('seccomp.security.alpha.kubernetes.io/pod')
  const { text } = profile
  if (text === undefined || profiles.includes(text) || text.startsWith('localhost/')) return
  profile.refuse(`${shown(text)} is no profile: there are ${profiles.join(', ')}, localhost/<path>`)
}

const profiles = ['runtime/default', 'docker/default', 'unconfined']

/** A pod's spec (ValidatePodSpec). */
function checkPodSpec(spec: Field, restarts: Restarts, claims: readonly string[] = []): void {
  if (!spec.isSet) return
  const grace = spec.at('terminationGracePeriodSeconds')
  const containers = spec.at('containers').items()
  checkVolumes(spec.at('volumes'))
  checkContainers(spec, { ...volumesOf(spec, claims), gracePeriod: grace.number ?? 30 })
  const isOnHost = spec.at('hostNetwork').isTrue
  checkHostPorts(containers, isOnHost)
  if (isOnHost) checkHostNetworkPorts(containers)
  checkRestartPolicy(spec.at('restartPolicy'), restarts)
  checkDns(spec)
  checkLabels(spec.at('nodeSelector'))
  checkPodSecurityContext(spec.at('securityContext'))
  checkAffinity(spec.at('affinity'))
  checkTolerations(spec.at('tolerations'))
  checkSpread(spec.at('topologySpreadConstraints'))
  checkHostAliases(spec.at('hostAliases'))
  checkGates(spec)
  checkPodNames(spec)
  checkHostNamespaces(spec)
  checkRange(spec.at('activeDeadlineSeconds'), 1, 2 ** 31 - 1)
  checkChoice(spec.at('preemptionPolicy'), ['Never', 'PreemptLowerPriority'])
}

function volumesOf(spec: Field, claims: readonly string[]) {
  const volumes = spec.at('volumes').items()
  const nameOf = (volume: Field) => volume.at('name').text ?? ''
  const devices = volumes.filter(
    (volume) => volume.at('persistentVolumeClaim').isSet || volume.at('ephemeral').isSet,
  )
  return {
    volumes: new Set([...volumes.map(nameOf), ...claims]),
    claims: new Set([...devices.map(nameOf), ...claims]),
  }
}

/** Always is what a policy that is left out means. */
function checkRestartPolicy(policy: Field, restarts: Restarts): void {
  if (policy.isEmpty && !restarts.includes('Always')) {
    policy.refuse(`restartPolicy must be ${restarts.join(' or ')} here; left out it is Always`)
  } else {
    checkChoice(policy, restarts)
  }
}

const checkHostAliases = remembered((aliases) => {
  for (const alias of aliases.items()) {
    checkIp(alias.at('ip'))
    for (const hostname of alias.at('hostnames').items()) {
      checkText(hostname, 'name of a host', dnsSubdomain)
    }
  }
})

function checkGates(spec: Field): void {
  for (const gate of spec.at('readinessGates').items()) {
    checkText(gate.at('conditionType'), 'type of a condition', qualifiedName)
  }
  const gates = spec.at('schedulingGates').items()
  for (const gate of gates) checkText(gate.at('name'), 'name of a gate', qualifiedName)
  checkUnique(gates, 'the gate', (gate) => gate.at('name').text)
}

function checkPodNames(spec: Field): void {
  checkText(spec.at('serviceAccountName'), 'name of a ServiceAccount', dnsSubdomain)
  checkText(spec.at('nodeName'), 'name of a node', dnsSubdomain)
  checkText(spec.at('priorityClassName'), 'name of a PriorityClass', dnsSubdomain)
  checkGivenText(spec.at('runtimeClassName'), 'name of a RuntimeClass', dnsSubdomain)
  checkText(spec.at('hostname'), 'name of a host', dnsLabel)
  checkText(spec.at('subdomain'), 'subdomain', dnsLabel)
}

/** A pod with users of its own, or one that shares processes, is not also in those of the node. */
function checkHostNamespaces(spec: Field): void {
  const [share, hostPid] = [spec.at('shareProcessNamespace'), spec.at('hostPID')]
  if (share.isTrue && hostPid.isTrue) {
    const others = [{ pointer: hostPid.pointer, message: 'hostPID' }]
    share.refuse('shareProcessNamespace does not go with hostPID', { others })
  }
  if (!spec.at('hostUsers').isFalse) return
  for (const key of ['hostNetwork', 'hostPID', 'hostIPC']) {
    if (spec.at(key).isTrue) spec.at(key).refuse(`hostUsers false does not go with ${key}`)
  }
}
