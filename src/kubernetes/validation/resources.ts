import { explainBadQuantity } from '../../quantity/explain.ts'
import { parseQuantity, type Quantity, quantityOfNumber } from '../../quantity/quantity.ts'
import { type Check, type Field, onceForShared, shown } from './field.ts'
import { qualifiedName } from './names.ts'

/** The names that need no domain before them (core/helper standardContainerResources). */
const standard = new Set(['cpu', 'memory', 'ephemeral-storage'])
const hugePages = 'hugepages-'
const zero = quantityOfNumber(0)
const one = quantityOfNumber(1)

/**
 * A quantity, as Kubernetes reads one, of a text or a number. Undefined, and refused, for what is
 * none; undefined in silence for what is missing or no scalar.
 */
export function quantityIn(field: Field): Quantity | undefined {
  const { text, number } = field
  if (number !== undefined) return quantityOfNumber(number)
  if (text === undefined) return undefined
  const quantity = parseQuantity(text.trim())
  if (quantity) return quantity
  const meant = explainBadQuantity(text)
  const help = meant === undefined ? {} : { help: `write ${meant}` }
  field.refuse(`${shown(text)} is no quantity`, help)
  return undefined
}

/** A quantity that is not less than 0 (ValidateNonnegativeQuantity). */
export function checkQuantity(field: Field): Quantity | undefined {
  const quantity = quantityIn(field)
  if (quantity && quantity.compareTo(zero) < 0) field.refuse(`${shown(field.value)} is less than 0`)
  return quantity
}

/**
 * A container's requests and limits (ValidateContainerResourceRequirements): names, quantities, a
 * request within its limit, and equal to it for what cannot be overcommitted.
 */
export const checkResources: Check = onceForShared((resources) => {
  const limits = resources.at('limits')
  const requests = resources.at('requests')
  const known = new Map<string, { field: Field; quantity: Quantity | undefined }>()
  for (const [name, field] of limits.entries()) {
    known.set(name, { field, quantity: checkResource(name, field) })
  }
  for (const [name, field] of requests.entries()) {
    const quantity = checkResource(name, field)
    const limit = known.get(name)
    if (limit?.quantity && quantity)
      checkWithin(name, { field, quantity }, limit.field, limit.quantity)
    if (!limit && !mayOvercommit(name)) {
      field.refuse(`a request of ${name} needs a limit, which must be the same`)
    }
  }
  checkHugePages(resources)
})

function checkResource(name: string, field: Field): Quantity | undefined {
  const fault = faultOfResource(name)
  if (fault !== undefined) field.refuse(`${shown(name)} is no resource of containers: ${fault}`)
  const quantity = checkQuantity(field)
  if (!quantity) return quantity
  if (name.includes('/') && !isNative(name) && quantity.asInteger() === undefined) {
    field.refuse(`${shown(field.value)} is no whole number, which ${name} needs`)
  }
  if (name.startsWith(hugePages) && field.minor >= wholePages) checkPages(name, field, quantity)
  return quantity
}

/** What is wrong with a resource's name (validateContainerResourceName). */
export function faultOfResource(name: string): string | undefined {
  const fault = qualifiedName(name)
  if (fault !== undefined) return fault
  if (!name.includes('/')) {
    if (standard.has(name) || name.startsWith(hugePages)) return undefined
    return 'without a domain there are cpu, memory, ephemeral-storage and hugepages-<size>'
  }
  if (isNative(name)) return undefined
  if (name.startsWith('requests.')) return '"requests." is for quotas'
  return qualifiedName(`requests.${name}`)
}

function isNative(name: string): boolean {
  return !name.includes('/') || name.includes('kubernetes.io/')
}

function mayOvercommit(name: string): boolean {
  return isNative(name) && !name.startsWith(hugePages)
}

function checkWithin(
  name: string,
  { field, quantity }: { field: Field; quantity: Quantity },
  limitField: Field,
  limit: Quantity,
): void {
  const order = quantity.compareTo(limit)
  if (mayOvercommit(name) ? order <= 0 : order === 0) return
  const others = [{ pointer: limitField.pointer, message: 'the limit' }]
  const fault = mayOvercommit(name) ? 'exceeds' : 'must be the same as'
  const [request, most] = [shown(field.value), shown(limitField.value)]
  field.refuse(`a request of ${request} ${name} ${fault} its limit of ${most}`, { others })
}

/** Older clusters, those before it at least, did not count pages. */
const wholePages = 22

/** A whole number of pages (IsHugePageResourceValueDivisible). */
function checkPages(name: string, field: Field, quantity: Quantity): void {
  const page = parseQuantity(name.slice(hugePages.length))?.asInteger()
  const bytes = quantity.asInteger()
  if (page && page > 0n && bytes !== undefined && bytes % page === 0n) return
  field.refuse(
    `${shown(field.value)} is no whole number of pages of ${name.slice(hugePages.length)}`,
  )
}

function checkHugePages(resources: Field): void {
  const names = ['limits', 'requests'].flatMap((key) => Object.keys(resources.at(key).value ?? {}))
  const hasPages = names.some((name) => name.startsWith(hugePages))
  if (!hasPages || names.includes('cpu') || names.includes('memory')) return
  resources.refuse('huge pages need cpu or memory beside them')
}

/** For ratios, which may not be below it. */
export function isBelowOne(quantity: Quantity): boolean {
  return quantity.compareTo(one) < 0
}
