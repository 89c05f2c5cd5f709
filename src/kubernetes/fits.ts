import { isList, isMap, type Value } from '../document/node.ts'
import { unmet } from './constraints.ts'
import { isScalar } from './scalars.ts'
import type { ListShape, MapShape, Shape, StructShape } from './shape.ts'

/**
 * The parts that are one and the same object in the manifests of many targets: what is constant in
 * a plan. One that was found right is not looked at again.
 */
export interface SharedParts {
  readonly has: (part: object) => boolean
}

/** Whether a value has a shape: the quick answer, to which `explain` gives the reasons. */
export type Fits = (value: Value, shared: SharedParts) => boolean

export const nothingShared: SharedParts = { has: () => false }

const known = new WeakMap<Shape, Fits>()

/** The check of a shape, made when it is first asked for: shapes may hold themselves. */
export function fitsOf(shape: Shape): Fits {
  const made = known.get(shape) ?? withConstraint(shape, makeFits(shape))
  known.set(shape, made)
  return made
}

function makeFits(shape: Shape): Fits {
  if (shape.kind === 'any') return () => true
  if (shape.kind === 'list') return remembering(listFits(shape))
  if (shape.kind === 'map') return remembering(mapFits(shape))
  if (shape.kind === 'struct') return remembering(structFits(shape))
  const { kind } = shape
  return (value) => isScalar(kind, value)
}

function withConstraint({ constraint, nullable }: Shape, plain: Fits): Fits {
  const fits: Fits = constraint
    ? (value, shared) => plain(value, shared) && unmet(constraint, value) === undefined
    : plain
  return nullable ? (value, shared) => value === null || fits(value, shared) : fits
}

function listFits({ of }: ListShape): Fits {
  const item = fitsOf(of)
  return (value, shared) => isList(value) && value.every((each) => item(each, shared))
}

function mapFits({ of }: MapShape): Fits {
  const entry = fitsOf(of)
  return (value, shared) => {
    if (!isMap(value)) return false
    for (const key in value) if (!entry(value[key] ?? null, shared)) return false
    return true
  }
}

function structFits(shape: StructShape): Fits {
  const fields = new Map<string, Fits | undefined>()
  const others = shape.others && fitsOf(shape.others)
  let required: readonly string[] | undefined
  return (value, shared) => {
    if (!isMap(value)) return false
    for (const key in value) {
      let fits = fields.get(key)
      if (fits === undefined) {
        const field = shape.field(key)
        fits = field ? fitsOf(field) : others
        if (fits === undefined) return false
        fields.set(key, fits)
      }
      const entry = value[key] ?? null
      if (entry !== null && !fits(entry, shared)) return false
    }
    required ??= shape.required()
    for (const key of required) if ((value[key] ?? null) === null) return false
    return true
  }
}

/** Remembers the shared parts that were found right; remembering others would cost more than it saves. */
function remembering(fits: Fits): Fits {
  const right = new WeakSet<object>()
  return (value, shared) => {
    if (typeof value !== 'object' || value === null || !shared.has(value)) {
      return fits(value, shared)
    }
    if (right.has(value)) return true
    if (!fits(value, shared)) return false
    right.add(value)
    return true
  }
}
