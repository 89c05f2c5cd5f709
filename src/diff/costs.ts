import { horizontal, scaledObject } from '../check/fleet/autoscalers.ts'
import type { Resource } from '../model/resources.ts'
import type { ClusterObject, FieldChange, ObjectPair } from './change.ts'
import { amountsOf, gain, minus, nothing, plus, times } from './cost.ts'
import { compare, type Draft } from './decisions.ts'
import { podsOf } from './pods.ts'
import type { Amounts, Change, Cost, CostRow } from './review.ts'
import { clusterOf, type Side, teamOf } from './side.ts'

/** What is requested before and after, in all, by whom, and through which decision. */
export interface Costs {
  readonly whole: Cost
  /** What a decision costs more, or less where that is negative. */
  readonly of: (draft: Draft) => Amounts
}

type Which = keyof Change<unknown>
type Bill = Map<string, { before: Amounts; after: Amounts }>

/** Adds up the requests and limits of all workloads, each as often as it has pods. */
export function costsOf(
  { before, after }: Readonly<Record<Which, Side>>,
  pairs: readonly ObjectPair[],
  drafts: readonly Draft[],
): Costs {
  const pods = { before: podsOf(before.objects), after: podsOf(after.objects) }
  const bills = { total: bill(), clusters: bill(), teams: bill(), environments: bill() }
  for (const object of before.objects) chargeObject(object, before, 'before')
  for (const object of after.objects) chargeObject(object, after, 'after')
  for (const { target, needs } of after.unchanged())
    charge(target, needs, after, ['before', 'after'])
  const shares = shareOut(pairs, drafts, (which, object) => ({
    each: object ? amountsOf(object, 1) : nothing,
    pods: object ? (pods[which](object).count ?? 0) : 0,
  }))
  return {
    whole: {
      total: bills.total.get('') ?? free,
      clusters: rowsOf(bills.clusters, (name) => capacityOf(name, after)),
      teams: rowsOf(bills.teams),
      environments: rowsOf(bills.environments),
    },
    of: (draft) => shares.get(draft) ?? nothing,
  }

  function chargeObject(object: ClusterObject, side: Side, which: Which): void {
    const count = pods[which](object).count ?? 0
    if (count > 0) charge(object.target, amountsOf(object, count), side, [which])
  }

  function charge(target: string, amounts: Amounts, side: Side, where: readonly Which[]): void {
    const [region, environment = ''] = target.split('/')
    const cluster = clusterOf(side, target)?.name ?? `${region}/${environment}`
    for (const which of where) {
      add(bills.total, '', which, amounts)
      add(bills.clusters, cluster, which, amounts)
      add(bills.teams, teamOf(side, target) ?? 'nobody', which, amounts)
      add(bills.environments, environment, which, amounts)
    }
  }
}

function bill(): Bill {
  return new Map()
}

const free: Change<Amounts> = { before: nothing, after: nothing }

function add(bill: Bill, name: string, which: Which, amounts: Amounts): void {
  const row = bill.get(name) ?? { before: nothing, after: nothing }
  row[which] = plus(row[which], amounts)
  bill.set(name, row)
}

/** Those of which anything changes. */
function rowsOf(
  bill: Bill,
  capacity: (name: string) => CostRow['capacity'] = () => undefined,
): CostRow[] {
  return [...bill]
    .filter(([, row]) => differs(row))
    .map(([name, row]) => ({ name, ...row, capacity: capacity(name) }))
    .sort((a, b) => compare(a.name, b.name))
}

function differs(row: Change<Amounts>): boolean {
  const { requests, limits, pods } = gain(row)
  return [requests.cpu, requests.memory, limits.cpu, limits.memory, pods].some(
    (each) => each !== 0n,
  )
}

function capacityOf(name: string, { fleet }: Side): CostRow['capacity'] {
  const cluster = fleet.clusters.find((each) => each.name === name)
  if (!cluster || cluster.capacity.size === 0) return undefined
  const amount = (resource: Resource) => {
    const quantity = cluster.capacity.get(resource)?.quantity
    return resource === 'cpu' ? quantity?.millicores() : quantity?.bytes()
  }
  const [cpu, memory, pods] = [amount('cpu'), amount('memory'), amount('pods')]
  return {
    ...(cpu !== undefined && { cpu }),
    ...(memory !== undefined && { memory }),
    ...(pods !== undefined && { pods }),
  }
}

/**
 * What a share of a cost depends on: how many pods there are, or what one of them states. A request
 * that is not stated is what the limit is.
 */
type Factor = 'pods' | 'whole' | 'any' | Part | `unstated ${Part}`
type Part = `${'requests' | 'limits'}.${'cpu' | 'memory'}`

const parts: readonly Part[] = ['requests.cpu', 'requests.memory', 'limits.cpu', 'limits.memory']

/** How much one pod of an object needs, and how many there are. */
interface Size {
  readonly each: Amounts
  readonly pods: number
}

/**
 * Books what each workload costs more, or less, on the decisions behind it: what comes of having
 * more or fewer pods of the old size on whoever scales it, the new size of all pods on whoever
 * changes that. So the shares of all decisions add up to the whole.
 */
function shareOut(
  pairs: readonly ObjectPair[],
  drafts: readonly Draft[],
  sizeOf: (which: Which, object: ClusterObject | undefined) => Size,
): ReadonlyMap<Draft, Amounts> {
  const payers = payersOf(drafts)
  const shares = new Map<Draft, Amounts>()
  const book = (draft: Draft | undefined, amounts: Amounts) => {
    if (draft) shares.set(draft, plus(shares.get(draft) ?? nothing, amounts))
  }
  for (const pair of pairs) {
    const [was, is] = [sizeOf('before', pair.before), sizeOf('after', pair.after)]
    if (was.pods === 0 && is.pods === 0) continue
    const { target, file } = pair.after ?? pair.before
    const payer = (...factors: Factor[]) =>
      factors.map((factor) => payers.get(`${target}/${file} ${factor}`)).find((each) => each)
    const scaling = payer('pods', 'whole') ?? payers.get(`${target} pods`) ?? payer('any')
    book(scaling, times(was.each, is.pods - was.pods))
    const grown = times(minus(is.each, was.each), is.pods)
    for (const part of parts) {
      book(payer(part, `unstated ${part}`, 'whole', 'any'), only(part, grown))
    }
  }
  return shares
}

/** Who changes what the cost of an object depends on, the first of them where several do. */
function payersOf(drafts: readonly Draft[]): ReadonlyMap<string, Draft> {
  const payers = new Map<string, Draft>()
  const note = (key: string, draft: Draft) => {
    if (!payers.has(key)) payers.set(key, draft)
  }
  for (const draft of drafts) {
    for (const { pair, change } of draft.consequences) {
      const { target, file, kind } = pair.after ?? pair.before
      for (const factor of factorsOf(change)) note(`${target}/${file} ${factor}`, draft)
      if (kind === horizontal || kind === scaledObject) note(`${target} pods`, draft)
    }
  }
  return payers
}

/** What a change has to do with the cost of its object. */
function factorsOf(change: FieldChange | undefined): readonly Factor[] {
  if (!change) return ['whole']
  const { pattern } = change
  if (pattern === '/spec/replicas') return ['pods', 'any']
  const stated = /\/resources(?:\/(requests|limits)(?:\/(cpu|memory))?)?$/.exec(pattern)
  if (!stated) return pattern === '/spec' || ofPods.test(pattern) ? [...parts, 'any'] : ['any']
  const [, kind, resource] = stated
  const own = parts.filter((part) => part.endsWith(resource ?? ''))
  const [exact, others] = [
    own.filter((part) => part.startsWith(kind ?? '')),
    own.filter((part) => part.startsWith('requests')).map((part) => `unstated ${part}` as const),
  ]
  return [...exact, ...others, 'any']
}

/** What holds the requests of pods, or adds to them. */
const ofPods =
  /(?:\/template(?:\/spec)?|\/(?:c|initC)ontainers(?:\/\*)?|\/initContainers\/\*\/restartPolicy)$|\/overhead/

function only(part: Part, { requests, limits, pods }: Amounts): Amounts {
  const none = { cpu: 0n, memory: 0n }
  const [kind, resource] = part.split('.')
  const kept = (of: Amounts['requests']) => ({
    ...none,
    ...(resource === 'cpu' ? { cpu: of.cpu } : { memory: of.memory }),
  })
  const own =
    kind === 'requests'
      ? { requests: kept(requests), limits: none }
      : { requests: none, limits: kept(limits) }
  return { ...own, pods: part === 'requests.cpu' ? pods : 0n }
}
