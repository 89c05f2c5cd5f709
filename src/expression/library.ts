import { createHash } from 'node:crypto'
import { Environment } from '@marcbachmann/cel-js'
import { type Quantity, quantityOfNumber } from '../quantity/quantity.ts'
import { canonicalJson } from './canonical-json.ts'
import { failure } from './library-error.ts'
import { addQuantities } from './quantity-functions.ts'
import {
  charAt,
  indexOf,
  intOfText,
  join,
  lastIndexOf,
  lowerAscii,
  matches,
  replace,
  substring,
  upperAscii,
} from './string-functions.ts'
import { Struct } from './struct.ts'
import { fromExpressionValue } from './values.ts'

/**
 * Functions of CEL that we do better; an expression that names one calls ours, which is registered
 * with a `_` before it. The package's `matches` can take exponential time, its `int("")` is 0, and
 * its positions are UTF-16 units.
 */
export const ownVersions: ReadonlySet<string> = new Set([
  'matches',
  'lowerAscii',
  'upperAscii',
  'indexOf',
  'lastIndexOf',
  'substring',
  'join',
  'int',
  'dyn',
])

/**
 * The functions that an expression may call. Of CEL's, times and durations are missing (they read
 * the machine's time zone), bytes and unsigned numbers (a manifest has none).
 */
export const functionNames: ReadonlySet<string> = new Set([
  ...['size', 'string', 'int', 'double', 'bool', 'dyn', 'type', 'has'],
  ...['all', 'exists', 'exists_one', 'map', 'filter'],
  ...['contains', 'startsWith', 'endsWith', 'matches', 'split', 'join', 'replace', 'trim'],
  ...['lowerAscii', 'upperAscii', 'substring', 'indexOf', 'lastIndexOf', 'charAt'],
  ...['value', 'hasValue', 'or', 'orValue', 'of', 'none'],
  ...['quantity', 'isQuantity', 'times', 'mebibytes', 'bytes', 'millicores', 'add', 'sub'],
  ...['compareTo', 'isGreaterThan', 'isLessThan', 'isInteger', 'asInteger', 'asApproximateFloat'],
  'sum',
  ...['sha256', 'greatest', 'least'],
])

class MathFunctions {}

const zero = quantityOfNumber(0)

function makeLibrary(): Environment {
  const environment = new Environment({
    enableOptionalTypes: true,
    homogeneousAggregateLiterals: false,
    limits: {
      maxAstNodes: 2000,
      maxDepth: 60,
      maxListElements: 200,
      maxMapEntries: 200,
      maxCallArguments: 16,
    },
  })
  addQuantities(environment)
  environment.registerType('MathFunctions', { ctor: MathFunctions, fields: {} })
  environment.registerConstant('math', 'MathFunctions', new MathFunctions())
  for (const [signature, handler] of Object.entries(functions)) {
    environment.registerFunction(signature, handler, { async: false })
  }
  return environment
}

const functions: Readonly<Record<string, (...args: never[]) => unknown>> = {
  '_matches(string, string): bool': matches,
  'string._matches(string): bool': matches,
  'string._lowerAscii(): string': lowerAscii,
  'string._upperAscii(): string': upperAscii,
  'string.charAt(int): string': charAt,
  'string._indexOf(string): int': indexOf,
  'string._indexOf(string, int): int': indexOf,
  'string._lastIndexOf(string): int': lastIndexOf,
  'string._lastIndexOf(string, int): int': lastIndexOf,
  'string._substring(int): string': substring,
  'string._substring(int, int): string': substring,
  'string.replace(string, string): string': replace,
  'string.replace(string, string, int): string': replace,
  'list<string>._join(): string': join,
  'list<string>._join(string): string': join,
  'list<Quantity>.sum(): Quantity': (quantities: readonly Quantity[]) =>
    quantities.reduce((sum, quantity) => sum.add(quantity), zero),
  '_int(int): int': (value: bigint) => value,
  '_int(double): int': intOfDouble,
  '_int(string): int': intOfText,
  '_dyn(dyn): dyn': (value: unknown) => (value instanceof Struct ? { ...value } : value),
  'sha256(dyn): string': sha256,
  'MathFunctions.greatest(int, int): int': (_: unknown, a: bigint, b: bigint) => (a < b ? b : a),
  'MathFunctions.least(int, int): int': (_: unknown, a: bigint, b: bigint) => (b < a ? b : a),
  'MathFunctions.greatest(double, double): double': (_: unknown, a: number, b: number) =>
    Math.max(a, b),
  'MathFunctions.least(double, double): double': (_: unknown, a: number, b: number) =>
    Math.min(a, b),
  'MathFunctions.greatest(Quantity, Quantity): Quantity': (_: unknown, a: Quantity, b: Quantity) =>
    a.compareTo(b) < 0 ? b : a,
  'MathFunctions.least(Quantity, Quantity): Quantity': (_: unknown, a: Quantity, b: Quantity) =>
    b.compareTo(a) < 0 ? b : a,
}

function intOfDouble(value: number): bigint {
  if (Math.abs(value) < 2 ** 63) return BigInt(Math.trunc(value))
  throw failure(`${value} is too large for a whole number`)
}

/** Lower-case hex: of a text itself, of anything else its canonical JSON, however long. */
function sha256(value: unknown): string {
  const text =
    typeof value === 'string' ? value : canonicalJson(fromExpressionValue(value, Infinity))
  return createHash('sha256').update(text, 'utf8').digest('hex')
}

/** CEL with our functions and no variables: what every scope begins with. */
export const library: Environment = makeLibrary()
