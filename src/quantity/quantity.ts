import { binarySuffixes, canonicalText, decimalSuffixes, type Family } from './canonical.ts'
import {
  add,
  ceilingOf,
  compare,
  type Decimal,
  decimalOf,
  floorOf,
  multiply,
  negate,
  shifted,
} from './decimal.ts'

const grammar =
  /^([+-]?)(?=\.?[0-9])([0-9]*)\.?([0-9]*)([numkMGTPE]?|[KMGTPE]i|[eE][+-]?[0-9]{1,2})$/
const longest = 64
const mebibyte = 1024n * 1024n

/**
 * Reads a Kubernetes quantity, exactly; what is finer than a billionth is rounded up to one, as
 * Kubernetes does. Undefined for any other text, and for a suffix without digits.
 */
export function parseQuantity(text: string): Quantity | undefined {
  const [, sign, whole = '', fraction = '', suffix = ''] =
    (text.length <= longest && grammar.exec(text)) || []
  if (sign === undefined) return undefined
  const digits = BigInt(sign + whole + fraction)
  const binary = suffix.endsWith('i') ? binarySuffixes.indexOf(suffix as 'Ki') : 0
  if (binary > 0) return quantityOf(digits * 1024n ** BigInt(binary), fraction.length, 'binary')
  if (/[0-9]$/.test(suffix)) {
    return quantityOf(digits, fraction.length - Number(suffix.slice(1)), 'exponent')
  }
  const thousands = decimalSuffixes.indexOf(suffix as 'k') - decimalSuffixes.indexOf('')
  return quantityOf(digits, fraction.length - 3 * thousands, 'decimal')
}

/** Whether `parseQuantity` reads a text. */
export function isQuantity(text: string): boolean {
  return text.length <= longest && grammar.test(text)
}

/** A plain number as a quantity without suffix; refuses NaN and infinities. */
export function quantityOfNumber(value: number | bigint): Quantity {
  const { unscaled, scale } = decimalOf(value)
  return quantityOf(unscaled, scale, 'decimal')
}

function quantityOf(unscaled: bigint, scale: number, family: Family): Quantity {
  const value = shifted(unscaled, scale)
  if (value.scale <= 9) return new Quantity(value, family)
  const divisor = 10n ** BigInt(value.scale - 9)
  const excess = unscaled % divisor
  const awayFromZero = excess === 0n ? 0n : excess < 0n ? -1n : 1n
  return new Quantity({ unscaled: unscaled / divisor + awayFromZero, scale: 9 }, family)
}

/** How the result of a multiplication is rounded when it is printed. */
interface Rounding {
  /** Whether it counts bytes, which are printed in whole Mi. */
  readonly bytes: boolean
  /** The quantity of which it is a part; a part is never printed larger than the whole. */
  readonly whole?: Quantity
}

/** A Kubernetes quantity: an exact number and the suffix family it was written in. Immutable. */
export class Quantity {
  private readonly value: Decimal
  private readonly family: Family
  private readonly rounding: Rounding | undefined
  private text: string | undefined

  constructor(value: Decimal, family: Family, rounding?: Rounding) {
    this.value = value
    this.family = family
    this.rounding = rounding
  }

  /**
   * The canonical text. The result of a multiplication is rounded up here and nowhere else: what
   * counts bytes (binary suffix, or 1Mi and more) to whole Mi, anything else to thousandths.
   */
  toString(): string {
    this.text ??= this.rounding
      ? this.roundedText(this.rounding)
      : canonicalText(this.value, this.family)
    return this.text
  }

  private roundedText({ bytes, whole }: Rounding): string {
    const rounded = bytes
      ? { unscaled: ceilingOf(this.value, mebibyte) * mebibyte, scale: 0 }
      : { unscaled: ceilingOf(multiply(this.value, thousand), 1n), scale: 3 }
    const isPart = whole !== undefined && compare(this.value, whole.value) <= 0
    if (isPart && compare(rounded, whole.value) > 0) return whole.toString()
    return canonicalText(rounded, bytes ? 'binary' : this.family)
  }

  compareTo(other: Quantity): -1 | 0 | 1 {
    return compare(this.value, other.value)
  }

  /** The exact product with the number that the ratio's shortest text denotes, 0 or more. */
  times(ratio: number | bigint): Quantity {
    if (!(ratio >= 0)) throw new RangeError(`a quantity cannot be multiplied by ${ratio}`)
    const product = multiply(this.value, decimalOf(ratio))
    const bytes = this.countsBytes || !isBelow(product, mebibyte)
    const whole = this.rounding ? this.rounding.whole : this
    return new Quantity(product, this.family, whole ? { bytes, whole } : { bytes })
  }

  add(other: Quantity): Quantity {
    return this.sum(add(this.value, other.value), other)
  }

  sub(other: Quantity): Quantity {
    return this.sum(add(this.value, negate(other.value)), other)
  }

  private sum(value: Decimal, other: Quantity): Quantity {
    const { family } = this.value.unscaled === 0n ? other : this
    if (!this.rounding && !other.rounding) return new Quantity(value, family)
    return new Quantity(value, family, { bytes: this.countsBytes || other.countsBytes })
  }

  private get countsBytes(): boolean {
    return this.family === 'binary' || (this.rounding?.bytes ?? !isBelow(this.value, mebibyte))
  }

  /** Whole mebibytes, rounded down. */
  mebibytes(): bigint {
    return floorOf(this.value, mebibyte)
  }

  /** Whole bytes, rounded up. */
  bytes(): bigint {
    return ceilingOf(this.value, 1n)
  }

  /** Whole thousandths, rounded up. */
  millicores(): bigint {
    return ceilingOf(multiply(this.value, thousand), 1n)
  }

  /** The number itself, if it has no fraction. */
  asInteger(): bigint | undefined {
    const floor = floorOf(this.value, 1n)
    return floor === ceilingOf(this.value, 1n) ? floor : undefined
  }

  /** The nearest floating-point number. */
  asApproximateFloat(): number {
    return Number(`${this.value.unscaled}e-${this.value.scale}`)
  }
}

const thousand: Decimal = { unscaled: 1000n, scale: 0 }

function isBelow(value: Decimal, limit: bigint): boolean {
  return compare(value, { unscaled: limit, scale: 0 }) < 0
}
