import type { ExpressionType } from '../expression/type.ts'

/** A type that is only looked at when an expression is evaluated. */
export const anything: ExpressionType = { kind: 'dyn' }

/** The type of what a path leads to; lists on the way, and the one it ends at, give their items. */
export function typeAlong(
  type: ExpressionType,
  path: readonly string[],
): ExpressionType | { readonly missing: string; readonly known: readonly string[] } {
  const own = type.kind === 'list' ? type.of : type
  const [first, ...rest] = path
  if (first === undefined) return own.kind === 'list' ? typeAlong(own, []) : own
  if (own.kind === 'map') return typeAlong(own.of, rest)
  if (own.kind !== 'struct') return own.kind === 'dyn' ? own : { missing: first, known: [] }
  const field = own.fields.get(first)
  return field ? typeAlong(field, rest) : { missing: first, known: [...own.fields.keys()] }
}
