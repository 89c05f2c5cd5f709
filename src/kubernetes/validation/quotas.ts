import { type Field, shown } from './field.ts'
import { qualifiedName } from './names.ts'
import { checkQuantity, faultOfResource, isBelowOne, quantityIn } from './resources.ts'
import { checkChoice, checkGivenChoice, checkNotEmpty, checkText, checkUnique } from './values.ts'

const scopes = ['Terminating', 'NotTerminating', 'BestEffort', 'NotBestEffort'].concat([
  'PriorityClass',
  'CrossNamespacePodAffinity',
  'VolumeAttributesClass',
])
const counted = new Set(['pods', 'services', 'services.nodeports', 'services.loadbalancers'])
for (const name of ['replicationcontrollers', 'resourcequotas', 'secrets', 'configmaps'])
  counted.add(name)
counted.add('persistentvolumeclaims')
const measured = new Set(['cpu', 'memory', 'ephemeral-storage', 'requests.storage'])
for (const name of ['cpu', 'memory', 'ephemeral-storage']) {
  measured.add(`requests.${name}`)
  measured.add(`limits.${name}`)
}

/** core/validation ValidateResourceQuotaSpec. */
export function checkResourceQuota(object: Field): void {
  const spec = object.at('spec')
  for (const [name, field] of spec.at('hard').entries()) {
    const fault = quotaFault(name)
    if (fault !== undefined) field.refuse(`${shown(name)} cannot have a quota: ${fault}`)
    const quantity = checkQuantity(field)
    if (quantity && isCounted(name) && quantity.asInteger() === undefined) {
      field.refuse(`${shown(field.value)} is no whole number, which ${name} needs`)
    }
  }
  for (const scope of spec.at('scopes').items()) checkGivenChoice(scope, scopes)
  for (const [one, other] of [
    ['BestEffort', 'NotBestEffort'],
    ['Terminating', 'NotTerminating'],
  ]) {
    const items = spec.at('scopes').items()
    const [first, second] = [one, other].map((name) => items.find(({ text }) => text === name))
    if (first && second) second.refuse(`${other} does not go with ${one}`)
  }
}

/** Objects, and what only comes in whole ones; `requests.` of that may be written as a fraction. */
function isCounted(name: string): boolean {
  if (!name.includes('/')) return counted.has(name)
  return !name.includes('kubernetes.io/') && !name.startsWith('requests.')
}

function standardFault(name: string): string | undefined {
  return name === 'storage' ? undefined : quotaFault(name)
}

function quotaFault(name: string): string | undefined {
  const fault = qualifiedName(name)
  if (fault !== undefined || name.includes('/')) return fault
  if (counted.has(name) || measured.has(name) || /^(?:requests\.)?hugepages-/.test(name)) {
    return undefined
  }
  return 'without a domain there are cpu, memory, pods and the like, with or without "requests." or "limits."'
}

/** core/validation ValidateLimitRange: min ≤ defaultRequest ≤ default ≤ max, and legal ratios. */
export function checkLimitRange(object: Field): void {
  const limits = object.at('spec', 'limits').items()
  for (const limit of limits) checkLimit(limit)
  checkUnique(limits, 'the type', (limit) => limit.at('type').text)
}

const bounds = ['min', 'defaultRequest', 'default', 'max'] as const

function checkLimit(limit: Field): void {
  const type = limit.at('type')
  checkNotEmpty(type, 'the type')
  if (type.text?.includes('/')) checkText(type, 'type', qualifiedName)
  else checkChoice(type, ['Pod', 'Container', 'PersistentVolumeClaim'])
  const isForPods = type.text === 'Pod' || type.text === 'Container'
  for (const key of [...bounds, 'maxLimitRequestRatio']) {
    const entries = limit.at(key).entries()
    if (type.text === 'Pod' && key.startsWith('default') && entries.length > 0) {
      limit.at(key).refuse(`${key} is not for the type Pod`)
    }
    for (const [name, field] of entries) {
      const fault = isForPods ? faultOfResource(name) : standardFault(name)
      if (fault !== undefined) field.refuse(`${shown(name)} is no resource: ${fault}`)
    }
  }
  if (type.text === 'PersistentVolumeClaim' && !hasStorage(limit)) {
    limit.refuse('the type PersistentVolumeClaim needs min.storage or max.storage')
  }
  for (const name of new Set(
    bounds.flatMap((key) =>
      limit
        .at(key)
        .entries()
        .map(([each]) => each),
    ),
  )) {
    checkOrder(limit, name)
  }
  checkRatios(limit)
}

function hasStorage(limit: Field): boolean {
  return limit.at('min', 'storage').isSet || limit.at('max', 'storage').isSet
}

/** Each bound of a resource is at most the ones after it. */
function checkOrder(limit: Field, name: string): void {
  const given = bounds.flatMap((key) => {
    const field = limit.at(key, name)
    const quantity = quantityIn(field)
    return quantity ? [{ key, field, quantity }] : []
  })
  for (const [index, later] of given.entries()) {
    const larger = given
      .slice(0, index)
      .find(({ quantity }) => quantity.compareTo(later.quantity) > 0)
    if (!larger) continue
    const others = [{ pointer: larger.field.pointer, message: larger.key }]
    later.field.refuse(
      `${later.key} ${shown(later.field.value)} of ${name} is less than ${larger.key} ${shown(larger.field.value)}`,
      { others },
    )
  }
}

/** A ratio is at least 1, and not more than max over min. */
function checkRatios(limit: Field): void {
  for (const [name, field] of limit.at('maxLimitRequestRatio').entries()) {
    const ratio = quantityIn(field)
    if (!ratio) continue
    if (isBelowOne(ratio)) field.refuse(`a ratio of ${shown(field.value)} is less than 1`)
    const [least, most] = [limit.at('min', name), limit.at('max', name)].map(amountOf)
    if (least === undefined || most === undefined || least <= 0) continue
    const widest = most / least
    if (ratio.asApproximateFloat() <= widest) continue
    field.refuse(`a ratio of ${shown(field.value)} is more than max over min, ${widest}`)
  }
}

function amountOf(field: Field): number | undefined {
  return quantityIn(field)?.asApproximateFloat()
}
