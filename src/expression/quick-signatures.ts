import { type ExpressionType, signatureOf } from './type.ts'

type Kind = ExpressionType['kind']

export const bool: ExpressionType = { kind: 'bool' }
export const dyn: ExpressionType = { kind: 'dyn' }
export const text: ExpressionType = { kind: 'string' }
const int: ExpressionType = { kind: 'int' }
const double: ExpressionType = { kind: 'double' }
const quantity: ExpressionType = { kind: 'quantity' }
const texts: ExpressionType = { kind: 'list', of: text }

/** What a call takes and gives; for no kinds at all, anything. */
interface Signature {
  readonly takes: readonly Kind[]
  readonly gives: ExpressionType
}

/** What is called with one argument. It may be dyn: what it is given then is told by evaluating. */
const functions: Readonly<Record<string, Signature>> = {
  size: { takes: ['string', 'list', 'map', 'struct'], gives: int },
  string: { takes: ['string', 'bool', 'int', 'double', 'quantity'], gives: text },
  _int: { takes: ['int', 'double', 'string'], gives: int },
  double: { takes: ['int', 'double', 'string'], gives: double },
  quantity: { takes: ['string', 'int', 'double', 'quantity'], gives: quantity },
  isQuantity: { takes: ['string'], gives: bool },
  sha256: { takes: [], gives: text },
  _dyn: { takes: [], gives: dyn },
}

/** What is called on a text: how many arguments it has, all of one kind, and what it gives. */
const methodsOfText: Readonly<Record<string, Signature & { readonly counts: readonly number[] }>> =
  {
    contains: { counts: [1], takes: ['string'], gives: bool },
    startsWith: { counts: [1], takes: ['string'], gives: bool },
    endsWith: { counts: [1], takes: ['string'], gives: bool },
    _matches: { counts: [1], takes: ['string'], gives: bool },
    split: { counts: [1], takes: ['string'], gives: texts },
    replace: { counts: [2], takes: ['string'], gives: text },
    _substring: { counts: [1, 2], takes: ['int'], gives: text },
    _indexOf: { counts: [1], takes: ['string'], gives: int },
    _lastIndexOf: { counts: [1], takes: ['string'], gives: int },
    _lowerAscii: { counts: [0], takes: [], gives: text },
    _upperAscii: { counts: [0], takes: [], gives: text },
    trim: { counts: [0], takes: [], gives: text },
  }

const methodsOfQuantity: typeof methodsOfText = {
  times: { counts: [1], takes: ['int', 'double'], gives: quantity },
  add: { counts: [1], takes: ['quantity', 'int'], gives: quantity },
  sub: { counts: [1], takes: ['quantity', 'int'], gives: quantity },
  mebibytes: { counts: [0], takes: [], gives: int },
  bytes: { counts: [0], takes: [], gives: int },
  millicores: { counts: [0], takes: [], gives: int },
}

/** What a call with one argument gives; undefined where it is rare, or wrong. */
export function typeOfCall(name: string, of: ExpressionType): ExpressionType | undefined {
  const signature = Object.hasOwn(functions, name) ? functions[name] : undefined
  return signature && isTaken(of, signature) ? signature.gives : undefined
}

/** The same of what is called on something. */
export function typeOfMethod(
  name: string,
  self: ExpressionType,
  args: readonly ExpressionType[],
): ExpressionType | undefined {
  const methods = self.kind === 'quantity' ? methodsOfQuantity : methodsOfText
  if (self.kind === 'string' || self.kind === 'quantity') {
    const method = Object.hasOwn(methods, name) ? methods[name] : undefined
    if (!method?.counts.includes(args.length)) return undefined
    return args.every((arg) => isTaken(arg, method)) ? method.gives : undefined
  }
  if (self.kind === 'list') return typeOfListMethod(name, self.of, args)
  if (self.kind !== 'optional' || args.length > 0) return undefined
  if (name === 'hasValue') return bool
  return name === 'value' ? self.of : undefined
}

function typeOfListMethod(
  name: string,
  of: ExpressionType,
  args: readonly ExpressionType[],
): ExpressionType | undefined {
  const isText = args.every(({ kind }) => kind === 'string')
  if (name === '_join' && of.kind === 'string' && args.length < 2 && isText) return text
  if (args.length > 0) return undefined
  if (name === 'size') return int
  return name === 'sum' && numbers.has(of.kind) ? of : undefined
}

function isTaken({ kind }: ExpressionType, { takes }: Signature): boolean {
  return takes.length === 0 || kind === 'dyn' || takes.includes(kind)
}

const numbers: ReadonlySet<Kind> = new Set(['int', 'double', 'quantity'])
const scalars: ReadonlySet<Kind> = new Set([...numbers, 'string', 'bool'])

/** What stands between two values: mostly of one type; a verdict also of what is dyn. */
export function typeOfOperation(
  op: string,
  left: ExpressionType,
  right: ExpressionType,
): ExpressionType | undefined {
  const [a, b] = [left.kind, right.kind]
  switch (op) {
    case '==':
    case '!=':
      return areComparable(a, b) || (a === 'dyn' && b === 'null') ? bool : undefined
    case '<':
    case '<=':
    case '>':
    case '>=':
      return areComparable(a, b) ? bool : undefined
    case 'in':
      return isMember(a, right) ? bool : undefined
    case '+':
      if (a === 'list') return signatureOf(left) === signatureOf(right) ? left : undefined
      return a === b && (a === 'string' || isPlain(a)) ? left : undefined
    case '-':
    case '*':
    case '/':
      return a === b && isPlain(a) ? left : undefined
    default:
      return undefined
  }
}

function areComparable(a: Kind, b: Kind): boolean {
  if (a === 'dyn') return b === 'dyn' || scalars.has(b)
  return scalars.has(a) && (a === b || b === 'dyn')
}

function isMember(kind: Kind, holder: ExpressionType): boolean {
  if (holder.kind === 'list') {
    return scalars.has(holder.of.kind) && (kind === holder.of.kind || kind === 'dyn')
  }
  return kind === 'string' && (holder.kind === 'map' || holder.kind === 'struct')
}

function isPlain(kind: Kind): boolean {
  return kind === 'int' || kind === 'double'
}
