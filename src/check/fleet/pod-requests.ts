import { isMap, type Value, type ValueMap } from '../../document/node.ts'
import { parseQuantity } from '../../quantity/quantity.ts'
import { maps } from './references.ts'
import { fieldAt } from './rendered-object.ts'

/** Thousandths of a core, bytes, pods. */
export interface Amounts {
  readonly cpu: bigint
  readonly memory: bigint
  readonly pods: bigint
}

export const nothing: Amounts = { cpu: 0n, memory: 0n, pods: 0n }

export function sum(a: Amounts, b: Amounts): Amounts {
  return { cpu: a.cpu + b.cpu, memory: a.memory + b.memory, pods: a.pods + b.pods }
}

export function times({ cpu, memory, pods }: Amounts, count: number): Amounts {
  const factor = BigInt(count)
  return { cpu: cpu * factor, memory: memory * factor, pods: pods * factor }
}

/**
 * What the scheduler sets aside for one pod: what its containers request together, or what one of
 * its init containers needs while it runs, whichever is more. Init containers that are restarted
 * always run beside all that come after them. A limit without a request is a request; what the pod
 * as a whole requests goes before its containers; the overhead comes on top.
 * https://kubernetes.io/docs/concepts/workloads/pods/init-containers/#resource-sharing-within-containers
 */
export function requestsOf(spec: ValueMap): Amounts {
  return amountsOf(spec, ['requests', 'limits'])
}

/** How much one pod may use, reckoned alike; what states no limit counts for nothing. */
export function limitsOf(spec: ValueMap): Amounts {
  return amountsOf(spec, ['limits'])
}

/** Where an amount is stated: the first that states one counts. */
type Stated = readonly ('requests' | 'limits')[]

function amountsOf(spec: ValueMap, stated: Stated): Amounts {
  return {
    cpu: ofResource(spec, 'cpu', stated),
    memory: ofResource(spec, 'memory', stated),
    pods: 1n,
  }
}

function ofResource(spec: ValueMap, resource: 'cpu' | 'memory', stated: Stated): bigint {
  const own = (resources: Value | undefined) => statedIn(resources, resource, stated)
  const overhead = amount(fieldAt(spec, 'overhead', resource), resource) ?? 0n
  const whole = own(spec.resources)
  if (whole !== undefined) return whole + overhead
  let beside = 0n
  let most = 0n
  for (const [, { resources, restartPolicy }] of maps(spec.initContainers)) {
    const needed = own(resources) ?? 0n
    if (restartPolicy === 'Always') beside += needed
    const now = restartPolicy === 'Always' ? beside : beside + needed
    if (now > most) most = now
  }
  for (const [, { resources }] of maps(spec.containers)) beside += own(resources) ?? 0n
  return (beside > most ? beside : most) + overhead
}

function statedIn(
  resources: Value | undefined,
  resource: 'cpu' | 'memory',
  stated: Stated,
): bigint | undefined {
  if (!isMap(resources)) return undefined
  const found = stated.find((field) => fieldAt(resources, field, resource) !== undefined)
  return found && amount(fieldAt(resources, found, resource), resource)
}

const known = {
  cpu: new Map<Value, bigint | undefined>(),
  memory: new Map<Value, bigint | undefined>(),
}

/** A quantity in the smallest unit that is counted; the same few texts come again and again. */
function amount(value: Value | undefined, resource: 'cpu' | 'memory'): bigint | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  const amounts = known[resource]
  if (amounts.has(value)) return amounts.get(value)
  const quantity = parseQuantity(String(value))
  const found = resource === 'cpu' ? quantity?.millicores() : quantity?.bytes()
  if (amounts.size > 10_000) amounts.clear()
  amounts.set(value, found)
  return found
}

/** Amounts as people write them: 12.5 cores, 80Gi, 192Mi. */
export const amountsText: Readonly<Record<keyof Amounts, (value: bigint) => string>> = {
  cpu: (value) => String(Number(value) / 1000),
  memory: memoryText,
  pods: String,
}

/** In the largest unit of which there is one, with at most two decimals. */
function memoryText(bytes: bigint): string {
  const size = bytes < 0n ? -bytes : bytes
  const [suffix, unit] = units.find(([, unit]) => size >= unit) ?? ['', 1n]
  return `${Math.round((Number(bytes) / Number(unit)) * 100) / 100}${suffix}`
}

const units = [
  ['Gi', 2n ** 30n],
  ['Mi', 2n ** 20n],
  ['Ki', 2n ** 10n],
] as const
