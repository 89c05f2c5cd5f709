import type { Value, ValueMap } from '../../src/document/node.ts'
import { type BaseKind, baseObjects } from './base-objects.ts'

/** An object with one change, and whether a cluster takes it. */
export interface ValidationCase {
  readonly name: string
  readonly kind: BaseKind
  readonly pointer: string
  readonly object: ValueMap
  /** Undefined where a cluster does not know the field. */
  readonly isRefused: (minor: number) => boolean | undefined
}

/**
 * Kind, the field that is changed, values that are accepted, values that are refused. `undefined`
 * takes the field away. With `before` they are refused by older clusters only; with `since`, by
 * newer ones. Before `known` a cluster does not know the field and drops it: there it has no verdict.
 */
export type Row = readonly [
  kind: BaseKind,
  field: string,
  accepted: readonly (Value | undefined)[],
  refused: readonly (Value | undefined)[],
  versions?: { readonly before?: number; readonly since?: number; readonly known?: number },
]

export const long = (length: number) => 'a'.repeat(length)

export const ports = (...items: readonly ValueMap[]): Value => items

export const selector = (operator: string, ...values: readonly string[]): ValueMap => ({
  matchExpressions: [{ key: 'a', operator, values }],
})

/** The cases of a row. */
export function casesOf([
  kind,
  field,
  accepted,
  refused,
  { before = 99, since = 0, known = 0 } = {},
]: Row) {
  const pointer = pointerOf(kind, field)
  const caseOf = (value: Value | undefined, refuses: (minor: number) => boolean) => ({
    name: `${kind} ${pointer} ${shorten(JSON.stringify(value) ?? 'left out')}`,
    kind,
    pointer,
    object: changed(baseObjects[kind], pointer.split('/').slice(1), value) as ValueMap,
    isRefused: (minor: number) => (minor < known ? undefined : refuses(minor)),
  })
  return [
    ...accepted.map((value) => caseOf(value, () => false)),
    ...refused.map((value) => caseOf(value, (minor) => minor < before && minor >= since)),
  ]
}

/** "pod/…" and "container/…" stand for the way to the spec of the pods, and to its container. */
function pointerOf(kind: BaseKind, field: string): string {
  const way = { Pod: '/spec', CronJob: '/spec/jobTemplate/spec/template/spec' } as Record<
    string,
    string
  >
  const pod = way[kind] ?? '/spec/template/spec'
  return field.replace(/^pod\//, `${pod}/`).replace(/^container\//, `${pod}/containers/0/`)
}

function changed(
  whole: Value,
  path: readonly string[],
  value: Value | undefined,
): Value | undefined {
  const [key, ...rest] = path
  if (key === undefined) return value
  if (Array.isArray(whole)) {
    return whole.map((item, index) =>
      String(index) === key ? (changed(item, rest, value) ?? null) : item,
    )
  }
  const map = (whole ?? {}) as ValueMap
  const next = changed(map[key] ?? {}, rest, value)
  const others = Object.entries(map).filter(([each]) => each !== key)
  return Object.fromEntries(next === undefined ? others : [...others, [key, next]])
}

function shorten(text: string): string {
  return text.length > 100 ? `${text.slice(0, 40)}…${text.slice(-60)} (${text.length})` : text
}
