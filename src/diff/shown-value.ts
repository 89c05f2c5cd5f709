import { isMap, type Value } from '../document/node.ts'
import { redacted, redaction } from '../secret/redact.ts'
import { redactedValue } from '../secret/redact-value.ts'

/** Longer texts are cut to what surrounds their first difference. */
const most = 2000
const around = 200

/**
 * Two values as texts for a review: a text as it is, all else as JSON on one line. Secrets are left
 * out, also those that only the name in their path gives away; of texts too long to be shown whole, the part is given in which they begin to differ.
 */
export function shownValues(
  before: Value | undefined,
  after: Value | undefined,
  hide: boolean,
  path = '',
): { readonly before: string | undefined; readonly after: string | undefined } {
  const [old, fresh] = [before, after].map((value) =>
    value === undefined ? undefined : textOf(hide ? value : redactedValue(value, nameIn(path))),
  )
  const start = Math.max(0, firstDifference(old ?? '', fresh ?? '') - around)
  const cut = (text: string | undefined) =>
    text === undefined ? undefined : part(text, start, hide)
  return { before: cut(old), after: cut(fresh) }
}

/** What a field is called: "DB_PASSWORD" of `env[DB_PASSWORD].value` and of `data.DB_PASSWORD`. */
function nameIn(path: string): string {
  return /\[([^\]]+)\](?:\.value)?$/.exec(path)?.[1] ?? path.slice(path.lastIndexOf('.') + 1)
}

/** Two orders of the same items without what both begin and end with. */
export function reordered(
  before: readonly Value[],
  after: readonly Value[],
): readonly [readonly Value[], readonly Value[]] {
  const same = (a: number, b: number) => textOf(before[a] ?? null) === textOf(after[b] ?? null)
  let start = 0
  while (start < before.length && same(start, start)) start += 1
  let end = before.length
  while (end > start && same(end - 1, end - 1 + after.length - before.length)) end -= 1
  return [before.slice(start, end), after.slice(start, end)]
}

/** A value that orders and groups: the same for the same value. */
export function textOf(value: Value): string {
  return typeof value === 'string' && value !== '' ? value : JSON.stringify(sorted(value))
}

function part(text: string, start: number, hide: boolean): string {
  if (hide) return redaction(text)
  const safe = redacted(text)
  if (safe.length <= most) return safe
  const end = start + most
  return `${start > 0 ? '…' : ''}${safe.slice(start, end)}${end < safe.length ? '…' : ''}`
}

/** How far two texts are the same. */
export function firstDifference(a: string, b: string): number {
  let at = 0
  while (at < a.length && a[at] === b[at]) at += 1
  return at
}

function sorted(value: Value): Value {
  if (Array.isArray(value)) return value.map(sorted)
  if (!isMap(value)) return value
  const keys = Object.keys(value).sort()
  return Object.fromEntries(keys.map((key) => [key, sorted(value[key] ?? null)]))
}
