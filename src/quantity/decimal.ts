/** An exact decimal number: `unscaled` / 10^`scale`, where scale is never negative. */
export interface Decimal {
  readonly unscaled: bigint
  readonly scale: number
}

/** The decimal that a number's shortest text denotes: 0.1 is a tenth. Refuses NaN and infinities. */
export function decimalOf(value: number | bigint): Decimal {
  const [mantissa = '', exponent = '0'] = String(value).split('e')
  const [whole = '', fraction = ''] = mantissa.split('.')
  if (!/^-?[0-9]+$/.test(whole)) throw new RangeError(`${value} is no decimal number`)
  return shifted(BigInt(whole + fraction), fraction.length - Number(exponent))
}

/** `unscaled` / 10^`scale` for any scale. */
export function shifted(unscaled: bigint, scale: number): Decimal {
  if (scale >= 0) return { unscaled, scale }
  return { unscaled: unscaled * 10n ** BigInt(-scale), scale: 0 }
}

export function add(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale)
  return { unscaled: unscaledAt(a, scale) + unscaledAt(b, scale), scale }
}

export function negate(a: Decimal): Decimal {
  return { unscaled: -a.unscaled, scale: a.scale }
}

export function multiply(a: Decimal, b: Decimal): Decimal {
  return { unscaled: a.unscaled * b.unscaled, scale: a.scale + b.scale }
}

export function compare(a: Decimal, b: Decimal): -1 | 0 | 1 {
  const scale = Math.max(a.scale, b.scale)
  const left = unscaledAt(a, scale)
  const right = unscaledAt(b, scale)
  return left < right ? -1 : left > right ? 1 : 0
}

/** How many whole `unit`s (a positive integer) fit into a number: towards minus infinity. */
export function floorOf(a: Decimal, unit: bigint): bigint {
  const divisor = unit * 10n ** BigInt(a.scale)
  const quotient = a.unscaled / divisor
  return a.unscaled % divisor < 0n ? quotient - 1n : quotient
}

/** How many whole `unit`s (a positive integer) hold a number: towards plus infinity. */
export function ceilingOf(a: Decimal, unit: bigint): bigint {
  return -floorOf(negate(a), unit)
}

/** A number times 10^`scale`; exact only where the number has no more decimals than that. */
export function unscaledAt(a: Decimal, scale: number): bigint {
  if (scale >= a.scale) return a.unscaled * 10n ** BigInt(scale - a.scale)
  return a.unscaled / 10n ** BigInt(a.scale - scale)
}
