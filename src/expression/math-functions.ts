import type { Quantity } from '../quantity/quantity.ts'
import { failure } from './library-error.ts'
import { compareValues } from './same-value.ts'

type Numeric = bigint | number

/** What is called as `math.…(…)`. */
export const mathFunctions: Readonly<Record<string, (...args: never[]) => unknown>> = {
  ...pairs('int'),
  ...pairs('double'),
  ...pairs('Quantity'),
  'Math.greatest(list<A>): A': (_: unknown, list: readonly Numeric[]) => pick(list, 'greatest'),
  'Math.least(list<A>): A': (_: unknown, list: readonly Numeric[]) => pick(list, 'least'),
  'Math.abs(int): int': (_: unknown, value: bigint) => (value < 0n ? -value : value),
  'Math.abs(double): double': (_: unknown, value: number) => Math.abs(value),
  'Math.sign(int): int': (_: unknown, value: bigint) => (value < 0n ? -1n : value > 0n ? 1n : 0n),
  'Math.sign(double): double': (_: unknown, value: number) => Math.sign(value),
  'Math.ceil(double): double': (_: unknown, value: number) => Math.ceil(value),
  'Math.floor(double): double': (_: unknown, value: number) => Math.floor(value),
  // Half is rounded away from zero, where JavaScript rounds it up.
  'Math.round(double): double': (_: unknown, value: number) =>
    Math.sign(value) * Math.round(Math.abs(value)),
  'Math.trunc(double): double': (_: unknown, value: number) => Math.trunc(value),
}

function pairs(type: string): Readonly<Record<string, (...args: never[]) => unknown>> {
  return {
    [`Math.greatest(${type}, ${type}): ${type}`]: (_: unknown, ...both: (Numeric | Quantity)[]) =>
      pick(both, 'greatest'),
    [`Math.least(${type}, ${type}): ${type}`]: (_: unknown, ...both: (Numeric | Quantity)[]) =>
      pick(both, 'least'),
  }
}

function pick(values: readonly unknown[], which: 'greatest' | 'least'): unknown {
  if (values.length === 0) throw failure(`math.${which} of an empty list`)
  return values.reduce((best, value) => {
    const order = compareValues(value, best)
    return (which === 'greatest' ? order > 0 : order < 0) ? value : best
  })
}
