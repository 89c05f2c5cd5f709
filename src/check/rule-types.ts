import type { ExpressionType } from '../expression/type.ts'
import type { Kubernetes } from '../kubernetes/kubernetes.ts'
import { podPathOf } from '../kubernetes/pod-spec.ts'

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

export type RuleTypesOf = (
  apiVersion: string,
  kind: string,
) => { readonly object: ExpressionType; readonly podSpec: ExpressionType }

/** The types of objects, and of the specs of their pods, as rules see them. */
export function ruleTypes(kubernetes: Kubernetes | undefined): RuleTypesOf {
  const known = new Map<string, ReturnType<RuleTypesOf>>()
  return (apiVersion, kind) => {
    const key = `${apiVersion} ${kind}`
    const found = known.get(key) ?? make(apiVersion, kind)
    known.set(key, found)
    return found
  }

  function make(apiVersion: string, kind: string): ReturnType<RuleTypesOf> {
    const object = kubernetes?.typeOf(apiVersion, kind) ?? anything
    const path = podPathOf(apiVersion, kind)
    const own = path && typeAlong(object, path)
    const isKnown = own !== undefined && !('missing' in own) && own.kind === 'struct'
    return { object, podSpec: isKnown ? own : (kubernetes?.podSpecType ?? anything) }
  }
}
