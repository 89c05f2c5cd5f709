import { type ExpressionType, joinAll } from '../expression/type.ts'
import { type KubernetesData, spansOf } from './data.ts'
import type { ScalarKind, Shape } from './shape.ts'

// As in Kubernetes' own CEL, quantities and times of day stay the texts that they are in a manifest;
// a whole number or text has no type of its own.

const dyn: ExpressionType = { kind: 'dyn' }
const string: ExpressionType = { kind: 'string' }

const scalars: Readonly<Record<ScalarKind, ExpressionType>> = {
  text: string,
  integer: { kind: 'int' },
  number: { kind: 'double' },
  truth: { kind: 'bool' },
  quantity: string,
  integerOrText: dyn,
  time: string,
  base64: string,
}

const letters: Readonly<Record<string, ExpressionType>> = {
  s: scalars.text,
  i: scalars.integer,
  n: scalars.number,
  b: scalars.truth,
  q: scalars.quantity,
  p: scalars.integerOrText,
  d: scalars.time,
  y: scalars.base64,
  a: dyn,
}

/** The types of Kubernetes in expressions, with the fields of all versions. */
export function typesOf(data: KubernetesData): {
  /** The type that holds the values of several types. */
  readonly join: (types: readonly string[]) => ExpressionType
} {
  const known = new Map<string, ExpressionType>()
  const underway = new Set<string>()
  return { join: (types) => joinAll([...new Set(types)].map(structOf)) }

  function structOf(name: string): ExpressionType {
    const made = known.get(name)
    if (made) return made
    // A type that holds itself has no end.
    if (underway.has(name)) return dyn
    underway.add(name)
    const fields = Object.entries(data.types[name] ?? {}).map(([key, code]) => {
      const types = new Set(spansOf(code, data.minors).map((span) => span.code))
      return [key, joinAll([...types].map(typeOfCode))] as const
    })
    underway.delete(name)
    const type: ExpressionType = { kind: 'struct', fields: new Map(fields) }
    known.set(name, type)
    return type
  }

  function typeOfCode(code: string): ExpressionType {
    const scalar = letters[code]
    if (scalar) return scalar
    const [, bracket, of = ''] = /^([[{])(?:~\d+)?(.*)$/.exec(code) ?? []
    if (bracket !== undefined) {
      return { kind: bracket === '[' ? 'list' : 'map', of: typeOfCode(of) }
    }
    const [name = ''] = code.split('~')
    return letters[name] ?? structOf(name)
  }
}

/** The type of what has a shape. */
export function typeOfShape(shape: Shape, above: ReadonlySet<Shape> = new Set()): ExpressionType {
  if (shape.kind === 'any' || above.has(shape)) return dyn
  const within = new Set([...above, shape])
  if (shape.kind === 'list' || shape.kind === 'map') {
    return { kind: shape.kind, of: typeOfShape(shape.of, within) }
  }
  if (shape.kind !== 'struct') return scalars[shape.kind]
  if (shape.others) return { kind: 'map', of: dyn }
  const fields = shape.fields().map((key) => {
    const field = shape.field(key)
    return [key, field ? typeOfShape(field, within) : dyn] as const
  })
  return { kind: 'struct', fields: new Map(fields) }
}
