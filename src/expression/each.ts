import { Optional } from '@marcbachmann/cel-js'
import { type ExpressionType, joinAll } from './type.ts'
import { isPlainMap } from './values.ts'

/** What is in scope in one repetition of an `$each` item, by name. */
export type Locals = Readonly<Record<string, unknown>>

/**
 * The names that `$each` over a value of a type brings into scope, with their types: `value` and
 * `index` for a list, `key` and `value` for a map. Undefined for what cannot be repeated over.
 */
export function localsOfEach(
  type: ExpressionType,
): ReadonlyMap<string, ExpressionType> | undefined {
  const index = ['index', { kind: 'int' }] as const
  const key = ['key', { kind: 'string' }] as const
  switch (type.kind) {
    case 'optional':
      return localsOfEach(type.of)
    case 'list':
      return new Map([['value', type.of], index])
    case 'map':
      return new Map([key, ['value', type.of]])
    case 'struct':
      return new Map([key, ['value', joinAll([...type.fields.values()])]])
    case 'dyn':
      return new Map([key, ['value', type], index])
    default:
      return undefined
  }
}

/**
 * The repetitions of an `$each` over what its expression yielded, in order: maps by code unit of
 * their keys. None for null and an empty optional; undefined for what is neither list nor map.
 */
export function repetitions(result: unknown): readonly Locals[] | undefined {
  const range = result instanceof Optional ? result.orValue(null) : result
  if (range === null) return []
  if (Array.isArray(range)) return range.map((value, index) => ({ value, index: BigInt(index) }))
  if (!isPlainMap(range)) return undefined
  const keys = Object.keys(range).sort()
  return keys.map((key) => ({ key, value: range[key] }))
}
