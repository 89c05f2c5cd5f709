import { Optional } from '@marcbachmann/cel-js'
import { fitsFor, nothing } from './shortcut-types.ts'
import type { ExpressionType } from './type.ts'
import { isPlainMap } from './values.ts'

/** What is evaluated in, and what macros have given names to there, by their depth. */
export interface Frame {
  readonly context: Readonly<Record<string, unknown>>
  readonly items: unknown[]
  steps: number
}

/** A part of an expression; undefined where the long way must be gone. */
export type Part = (frame: Frame) => unknown

export const unknown: Part = () => undefined

export function literal(value: unknown): Part | undefined {
  const isPlain = ['string', 'bigint', 'boolean', 'number'].includes(typeof value)
  return isPlain ? () => value : undefined
}

/** Has a value be what checking said that it is. */
export function checked(part: Part | undefined, type: ExpressionType | undefined) {
  const isOptional = type?.kind === 'optional'
  const fits = type && fitsFor[isOptional ? type.of.kind : type.kind]
  if (!part || !fits) return undefined
  return (frame: Frame) => {
    const found = part(frame)
    const value = isOptional && found instanceof Optional ? found.orValue(nothing) : found
    return fits(value) || (isOptional && value === nothing) ? value : undefined
  }
}

export function fieldOf(map: Part, key: string): Part {
  return (frame) => {
    const value = map(frame)
    return isPlainMap(value) && Object.hasOwn(value, key) ? value[key] : undefined
  }
}

/** `a.?b`, whose type is an optional one. */
export function optionalField(map: Part, key: string, type: ExpressionType | undefined) {
  const fits = type?.kind === 'optional' ? fitsFor[type.of.kind] : undefined
  if (!fits) return undefined
  return (frame: Frame) => {
    const value = map(frame)
    if (value === nothing) return nothing
    if (!isPlainMap(value)) return undefined
    const field = Object.hasOwn(value, key) ? value[key] : undefined
    if (field === undefined) return nothing
    return fits(field) ? field : undefined
  }
}

export function itemOf(list: Part, at: number): Part {
  return (frame) => {
    const value = list(frame)
    return Array.isArray(value) ? value[at] : undefined
  }
}

export function negation(part: Part): Part {
  return (frame) => {
    const value = part(frame)
    return typeof value === 'boolean' ? !value : undefined
  }
}

/** `a || b` and `a && b`: of these, one that is `decisive` suffices. */
export function either(first: Part, second: Part, decisive: boolean): Part {
  return (frame) => {
    const value = first(frame)
    if (value === decisive) return value
    const other = value === !decisive ? second(frame) : undefined
    return typeof other === 'boolean' ? other : undefined
  }
}

export function choice(condition: Part, yes: Part, no: Part): Part {
  return (frame) => {
    const value = condition(frame)
    return typeof value === 'boolean' ? (value ? yes : no)(frame) : undefined
  }
}

export function listOf(parts: readonly Part[]): Part {
  return (frame) => {
    const items = parts.map((part) => part(frame))
    return items.includes(undefined) || items.includes(nothing) ? undefined : items
  }
}

/** `has(a.b)` of what is there as far as its last key; the type is that of what it asks for. */
export function presence(
  from: Part,
  keys: readonly string[],
  type: ExpressionType | undefined,
): Part | undefined {
  const fits = type && fitsFor[type.kind]
  const last = keys.at(-1)
  if (!fits || last === undefined) return undefined
  const holder = keys.slice(0, -1).reduce(fieldOf, from)
  return (frame) => {
    const value = holder(frame)
    if (!isPlainMap(value)) return undefined
    if (!Object.hasOwn(value, last) || value[last] === undefined) return false
    return fits(value[last]) ? true : undefined
  }
}

/** What is called on an optional. */
export function ofOptional(name: string, self: Part, otherwise: Part): Part | undefined {
  switch (name) {
    case 'value':
      return (frame) => present(self(frame))
    case 'hasValue':
      return (frame) => {
        const value = self(frame)
        return value === undefined ? undefined : value !== nothing
      }
    case 'or':
    case 'orValue':
      return (frame) => {
        const value = self(frame)
        return value === nothing ? otherwise(frame) : value
      }
    default:
      return undefined
  }
}

function present(value: unknown): unknown {
  return value === nothing ? undefined : value
}
