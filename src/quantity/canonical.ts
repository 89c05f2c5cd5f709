import { type Decimal, unscaledAt } from './decimal.ts'

/** The family a quantity's suffix belongs to: Ki…Ei, n…E, or e and E with a number. */
export type Family = 'binary' | 'decimal' | 'exponent'

/** The suffixes of thousands, from 10^-9 upwards. */
export const decimalSuffixes = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'] as const
/** The suffixes of 1024s, from 1024^0 upwards. */
export const binarySuffixes = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'] as const

/**
 * A number of at most nine decimals as Kubernetes prints it: in its family, without a fraction,
 * with the largest suffix that loses nothing. A binary one that is no whole number, or is less
 * than 1024, is printed as a decimal one.
 */
export function canonicalText(value: Decimal, family: Family): string {
  const nanos = unscaledAt(value, 9)
  if (nanos === 0n) return '0'
  if (family === 'binary') return binaryText(nanos) ?? decimalText(nanos)
  return family === 'decimal' ? decimalText(nanos) : exponentText(nanos)
}

const whole = 10n ** 9n

function binaryText(nanos: bigint): string | undefined {
  let amount = nanos / whole
  if (nanos % whole !== 0n || (amount > -1024n && amount < 1024n)) return undefined
  let suffix = 0
  while (amount % 1024n === 0n && suffix < binarySuffixes.length - 1) {
    amount /= 1024n
    suffix++
  }
  return `${amount}${binarySuffixes[suffix]}`
}

function decimalText(nanos: bigint): string {
  const { amount, thousands } = withoutThousands(nanos, decimalSuffixes.length - 1)
  return `${amount}${decimalSuffixes[thousands]}`
}

function exponentText(nanos: bigint): string {
  const { amount, thousands } = withoutThousands(nanos, Number.POSITIVE_INFINITY)
  const exponent = thousands * 3 - 9
  return exponent === 0 ? `${amount}` : `${amount}e${exponent}`
}

function withoutThousands(nanos: bigint, most: number): { amount: bigint; thousands: number } {
  let amount = nanos
  let thousands = 0
  while (amount % 1000n === 0n && thousands < most) {
    amount /= 1000n
    thousands++
  }
  return { amount, thousands }
}
