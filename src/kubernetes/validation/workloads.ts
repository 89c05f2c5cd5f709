import { type Field, shown } from './field.ts'
import { checkAtMostAll, checkIntOrPercent, isNone } from './int-or-percent.ts'
import { checkOwnSelector, labelsIn, selectsEverything, unmetBy } from './labels.ts'
import { dnsLabel } from './names.ts'
import { checkClaimSpec } from './persistent-volume-claim.ts'
import { checkTemplate } from './pod.ts'
import { checkChoice, checkNotNegative, checkText } from './values.ts'

/** apps/validation ValidateDeploymentSpec. */
export function checkDeployment(object: Field): void {
  const spec = object.at('spec')
  checkReplicas(spec)
  const { strategy, rolling } = strategyOf(spec, 'strategy', ['Recreate', 'RollingUpdate'])
  if (strategy.at('type').text !== 'Recreate') {
    checkRolling(rolling)
    refuseNoProgress(rolling)
  }
  const [deadline, ready] = [spec.at('progressDeadlineSeconds'), spec.at('minReadySeconds')]
  const [patience, least] = [deadline.number ?? 600, ready.number ?? 0]
  checkNotNegative(deadline)
  if (patience > least || !(deadline.isSet || ready.isSet)) return
  const at = deadline.isSet ? deadline : ready
  at.refuse(`progressDeadlineSeconds, ${patience}, must be greater than minReadySeconds, ${least}`)
}

/** ValidateReplicaSetSpec. */
export function checkReplicaSet(object: Field): void {
  checkReplicas(object.at('spec'))
}

/** DaemonSetUpdateSurge, on since then; before it maxSurge is ignored. */
const surgingDaemons = 22

/** ValidateDaemonSetSpec. */
export function checkDaemonSet(object: Field): void {
  const spec = object.at('spec')
  checkReplicas(spec)
  const { rolling } = strategyOf(spec, 'updateStrategy', ['RollingUpdate', 'OnDelete'])
  if (spec.at('updateStrategy', 'type').text === 'OnDelete') return
  checkRolling(rolling)
  const [surge, unavailable] = [rolling.at('maxSurge'), rolling.at('maxUnavailable')]
  const surges = surge.isSet && !isNone(surge) && surge.minor >= surgingDaemons
  if (surges && !isNone(unavailable)) {
    surge.refuse('a DaemonSet that surges needs maxUnavailable 0; left out it is 1')
  } else if (!surges && isNone(unavailable)) {
    unavailable.refuse('maxUnavailable may not be 0 unless maxSurge is more')
  }
}

/** Older servers took any serviceName. */
const checkedServiceNames = 33

/**
 * ValidateStatefulSetSpec. The server looks at the pods and claims only when the controller makes
 * them, and then refuses them for ever; so they are checked here as in other workloads.
 */
export function checkStatefulSet(object: Field): void {
  const spec = object.at('spec')
  checkReplicas(spec)
  checkChoice(spec.at('podManagementPolicy'), ['OrderedReady', 'Parallel'])
  if (spec.minor >= checkedServiceNames) {
    checkText(spec.at('serviceName'), 'name of a Service', dnsLabel)
  }
  const { strategy, rolling } = strategyOf(spec, 'updateStrategy', ['RollingUpdate', 'OnDelete'])
  if (strategy.at('type').text === 'OnDelete' && rolling.isSet) {
    rolling.refuse('rollingUpdate does not go with the type OnDelete')
  }
  checkNotNegative(rolling.at('partition'), spec.at('ordinals', 'start'))
  const unavailable = rolling.at('maxUnavailable')
  checkIntOrPercent(unavailable)
  checkAtMostAll(unavailable)
  if (isNone(unavailable)) unavailable.refuse('maxUnavailable may not be 0')
  for (const key of ['whenDeleted', 'whenScaled']) {
    checkChoice(spec.at('persistentVolumeClaimRetentionPolicy', key), ['Retain', 'Delete'])
  }
  for (const claim of spec.at('volumeClaimTemplates').items()) {
    checkText(claim.at('metadata', 'name'), 'name of a volume', dnsLabel)
    checkClaimSpec(claim.at('spec'))
  }
}

/** What all of them have: counts, a selector, a template that it selects. */
function checkReplicas(spec: Field): void {
  checkNotNegative(spec.at('replicas'), spec.at('minReadySeconds'), spec.at('revisionHistoryLimit'))
  const [selector, template] = [spec.at('selector'), spec.at('template')]
  checkOwnSelector(selector)
  if (selector.isSet && selectsEverything(selector))
    selector.refuse('the selector may not be empty')
  checkSelected(selector, template)
  const claims = spec.at('volumeClaimTemplates').items()
  checkTemplate(
    template,
    ['Always'],
    claims.map((claim) => claim.at('metadata', 'name').text ?? ''),
  )
  const deadline = template.at('spec', 'activeDeadlineSeconds')
  if (deadline.isSet) deadline.refuse('activeDeadlineSeconds is for Jobs, or a pod of its own')
}

/** The selector must match the template's own labels. */
export function checkSelected(selector: Field, template: Field): void {
  if (!selector.isSet || !template.isSet) return
  const labels = template.at('metadata', 'labels')
  const unmet = unmetBy(labelsIn(labels), selector)
  if (!unmet) return
  const others = [{ pointer: unmet.pointer, message: 'this is what the selector asks for' }]
  const at = labels.isSet ? labels : template
  at.refuse(`the labels of the template do not meet the selector, ${askedBy(unmet)}`, { others })
}

function askedBy(unmet: Field): string {
  if (unmet.holds('key')) return `which has an expression for ${unmet.at('key').text}`
  return `which asks for ${unmet.name}: ${shown(unmet.value)}`
}

function strategyOf(spec: Field, key: string, types: readonly string[]) {
  const strategy = spec.at(key)
  const rolling = strategy.at('rollingUpdate')
  checkChoice(strategy.at('type'), types)
  if (strategy.at('type').text === 'Recreate' && rolling.isSet) {
    const others = [{ pointer: strategy.at('type').pointer, message: 'the type' }]
    rolling.refuse('rollingUpdate does not go with the type Recreate', { others })
  }
  return { strategy, rolling }
}

function checkRolling(rolling: Field): void {
  for (const key of ['maxSurge', 'maxUnavailable']) checkIntOrPercent(rolling.at(key))
  checkAtMostAll(rolling.at('maxUnavailable'))
}

/** What is left out is 25%; an update that may neither add nor take away a pod never ends. */
function refuseNoProgress(rolling: Field): void {
  const [surge, unavailable] = [rolling.at('maxSurge'), rolling.at('maxUnavailable')]
  if (!isNone(surge) || !isNone(unavailable)) return
  const others = [{ pointer: surge.pointer, message: 'maxSurge' }]
  unavailable.refuse('maxUnavailable and maxSurge may not both be 0', { others })
}
