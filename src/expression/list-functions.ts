import { Quantity, quantityOfNumber } from '../quantity/quantity.ts'
import { failure } from './library-error.ts'
import { compareValues, sameValue } from './same-value.ts'

type List = readonly unknown[]

/** What works on lists: Kubernetes' functions, and those of CEL's own extension. */
export const listFunctions: Readonly<Record<string, (...args: never[]) => unknown>> = {
  'list.isSorted(): bool': (list: List) =>
    list.every((item, at) => at === 0 || compareValues(list[at - 1], item) <= 0),
  'list<int>.sum(): int': sum,
  'list<double>.sum(): double': (list: List) => (list.length === 0 ? 0 : sum(list)),
  'list<Quantity>.sum(): Quantity': (list: List) =>
    list.length === 0 ? quantityOfNumber(0) : sum(list),
  'list<A>.min(): A': (list: List) => extreme('min', list, (order) => order < 0),
  'list<A>.max(): A': (list: List) => extreme('max', list, (order) => order > 0),
  'list<A>._indexOf(A): int': (list: List, wanted: unknown) =>
    BigInt(list.findIndex((item) => sameValue(item, wanted))),
  'list<A>._lastIndexOf(A): int': (list: List, wanted: unknown) =>
    BigInt(list.findLastIndex((item) => sameValue(item, wanted))),
  'list<A>.slice(int, int): list<A>': slice,
  'list.flatten(): list': (list: List) => list.flat(),
  'list.flatten(int): list': flatten,
  'list<A>.distinct(): list<A>': distinct,
  'list<A>.sort(): list<A>': (list: List) => [...list].sort(compareValues),
  'Sets.contains(list, list): bool': (_: unknown, a: List, b: List) => isWithin(b, a),
  'Sets.equivalent(list, list): bool': (_: unknown, a: List, b: List) =>
    isWithin(a, b) && isWithin(b, a),
  'Sets.intersects(list, list): bool': (_: unknown, a: List, b: List) =>
    a.some((item) => holds(b, item)),
}

/** Of numbers of one kind, or quantities. Throws for others, and for more than a whole number holds. */
export function sum(list: List): unknown {
  if (list.length === 0) return 0n
  return list.reduce((total, item) => {
    if (typeof total === 'bigint' && typeof item === 'bigint') return withinInt(total + item)
    if (typeof total === 'number' && typeof item === 'number') return total + item
    if (total instanceof Quantity && item instanceof Quantity) return total.add(item)
    throw failure('only numbers of one kind, and quantities, have a sum')
  })
}

function withinInt(value: bigint): bigint {
  if (BigInt.asIntN(64, value) === value) return value
  throw failure('the result is too large for a whole number')
}

function extreme(name: string, list: List, isBetter: (order: number) => boolean): unknown {
  if (list.length === 0) throw failure(`${name}() of an empty list`)
  return list.reduce((best, item) => (isBetter(compareValues(item, best)) ? item : best))
}

function slice(list: List, from: bigint, to: bigint): List {
  if (from >= 0n && from <= to && to <= BigInt(list.length)) {
    return list.slice(Number(from), Number(to))
  }
  throw failure(`there is no slice(${from}, ${to}) of a list of ${list.length}`)
}

function flatten(list: List, depth: bigint): List {
  if (depth < 0n) throw failure(`flatten takes no negative depth: ${depth}`)
  return list.flat(Number(depth))
}

function distinct(list: List): List {
  const found: unknown[] = []
  for (const item of list) if (!holds(found, item)) found.push(item)
  return found
}

function holds(list: List, wanted: unknown): boolean {
  return list.some((item) => sameValue(item, wanted))
}

function isWithin(part: List, whole: List): boolean {
  return part.every((item) => holds(whole, item))
}
