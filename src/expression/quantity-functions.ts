import type { Environment } from '@marcbachmann/cel-js'
import { explainBadQuantity } from '../quantity/explain.ts'
import { parseQuantity, Quantity, quantityOfNumber } from '../quantity/quantity.ts'
import { failure } from './library-error.ts'

/** Adds the type `Quantity`, its functions, and its comparison with itself and with numbers. */
export function addQuantities(environment: Environment): void {
  environment.registerType('Quantity', { ctor: Quantity, fields: {} })
  const functions: Readonly<Record<string, (...args: never[]) => unknown>> = {
    'quantity(string): Quantity': toQuantity,
    'quantity(int): Quantity': quantityOfNumber,
    'quantity(double): Quantity': quantityOfDouble,
    'quantity(Quantity): Quantity': (quantity: Quantity) => quantity,
    'isQuantity(string): bool': (text: string) => parseQuantity(text) !== undefined,
    'string(Quantity): string': String,
    'Quantity.times(double): Quantity': times,
    'Quantity.times(int): Quantity': times,
    'Quantity.mebibytes(): int': (quantity: Quantity) => quantity.mebibytes(),
    'Quantity.bytes(): int': (quantity: Quantity) => quantity.bytes(),
    'Quantity.millicores(): int': (quantity: Quantity) => quantity.millicores(),
    'Quantity.add(Quantity): Quantity': (a: Quantity, b: Quantity) => a.add(b),
    'Quantity.add(int): Quantity': (a: Quantity, b: bigint) => a.add(quantityOfNumber(b)),
    'Quantity.sub(Quantity): Quantity': (a: Quantity, b: Quantity) => a.sub(b),
    'Quantity.sub(int): Quantity': (a: Quantity, b: bigint) => a.sub(quantityOfNumber(b)),
    'Quantity.compareTo(Quantity): int': (a: Quantity, b: Quantity) => BigInt(a.compareTo(b)),
    'Quantity.isGreaterThan(Quantity): bool': (a: Quantity, b: Quantity) => a.compareTo(b) > 0,
    'Quantity.isLessThan(Quantity): bool': (a: Quantity, b: Quantity) => a.compareTo(b) < 0,
    'Quantity.sign(): int': (quantity: Quantity) => BigInt(quantity.compareTo(nothing)),
    'Quantity.isInteger(): bool': (quantity: Quantity) => quantity.asInteger() !== undefined,
    'Quantity.asInteger(): int': asInteger,
    'Quantity.asApproximateFloat(): double': (quantity: Quantity) => quantity.asApproximateFloat(),
  }
  for (const [signature, handler] of Object.entries(functions)) {
    environment.registerFunction(signature, handler, { async: false })
  }
  for (const [a, b] of [
    ['Quantity', 'Quantity'],
    ['Quantity', 'int'],
    ['Quantity', 'double'],
    ['int', 'Quantity'],
    ['double', 'Quantity'],
  ]) {
    // Equality of two types holds in both directions once it is registered in one.
    if (a === 'Quantity') environment.registerOperator(`${a} == ${b}`, (x, y) => order(x, y) === 0)
    environment.registerOperator(`${a} < ${b}`, (x, y) => order(x, y) < 0)
    environment.registerOperator(`${a} <= ${b}`, (x, y) => order(x, y) <= 0)
    environment.registerOperator(`${a} > ${b}`, (x, y) => order(x, y) > 0)
    environment.registerOperator(`${a} >= ${b}`, (x, y) => order(x, y) >= 0)
  }
}

const nothing = quantityOfNumber(0)

type Comparable = Quantity | bigint | number

function order(a: Comparable, b: Comparable): number {
  return comparable(a).compareTo(comparable(b))
}

function comparable(value: Comparable): Quantity {
  if (value instanceof Quantity) return value
  return typeof value === 'bigint' ? quantityOfNumber(value) : quantityOfDouble(value)
}

function quantityOfDouble(value: number): Quantity {
  if (Number.isFinite(value)) return quantityOfNumber(value)
  throw failure(`${value} is no quantity`)
}

function toQuantity(text: string): Quantity {
  const quantity = parseQuantity(text)
  if (quantity) return quantity
  throw failure(whyNoQuantity(text) ?? '')
}

/** What is wrong with a text as a quantity; undefined if nothing is. */
export function whyNoQuantity(text: string): string | undefined {
  if (parseQuantity(text)) return undefined
  const meant = explainBadQuantity(text)
  return `${JSON.stringify(text)} is no quantity${meant ? `; did you mean ${meant}?` : ''}`
}

function times(quantity: Quantity, ratio: number | bigint): Quantity {
  if (ratio >= 0 && ratio !== Number.POSITIVE_INFINITY) return quantity.times(ratio)
  throw failure(`a quantity cannot be multiplied by ${ratio}`)
}

function asInteger(quantity: Quantity): bigint {
  const integer = quantity.asInteger()
  if (integer !== undefined) return integer
  throw failure(`${quantity} is no whole number; use bytes(), mebibytes() or millicores()`)
}
