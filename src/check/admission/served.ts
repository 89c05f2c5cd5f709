import { isList, isMap, type Value, type ValueMap } from '../../document/node.ts'
import type { ExpressionType } from '../../expression/type.ts'
import { toExpressionValue } from '../../expression/values.ts'
import type { Defaults, Derive } from '../../kubernetes/defaults/tree.ts'
import { defaultsOf } from '../../kubernetes/defaults.ts'
import { podPathOf } from '../../kubernetes/pod-spec.ts'
import { parseQuantity } from '../../quantity/quantity.ts'

const anything: ExpressionType = { kind: 'dyn' }

/**
 * What expressions read of objects: a field and what they read of it; undefined is all of it. `*` is
 * any item of a list.
 */
export type Reads = ReadonlyMap<string, Reads | undefined>

/**
 * An object as expressions of a cluster's policies see it: with defaults, and quantities as canonical
 * texts. What they do not read may be left out, which is most of it.
 */
export function asServed(object: ValueMap, reads: Reads | undefined): unknown {
  const { apiVersion, kind } = object
  const value = part(object, reads)
  if (!isRecord(value)) return value
  fill(value, defaultsOf(String(apiVersion), String(kind)))
  const podPath = podPathOf(apiVersion, kind)
  const pod = podPath?.reduce<unknown>((at, key) => (isRecord(at) ? at[key] : at), value)
  if (isRecord(pod)) writeAmounts(pod)
  return value
}

/** A part of an object for expressions, with no more of it than they read. */
function part(value: Value, reads: Reads | undefined): unknown {
  if (reads && isList(value) && reads.size === 1 && reads.has('*')) {
    const ofItem = reads.get('*')
    return value.map((item) => part(item, ofItem))
  }
  // With `*` it is the keys of a map that are walked over.
  if (!reads || !isMap(value) || reads.has('*')) return toExpressionValue(value, anything)
  const read: Record<string, unknown> = {}
  for (const [key, of] of reads) {
    const own = Object.hasOwn(value, key) ? value[key] : undefined
    if (own !== undefined && own !== null) read[key] = part(own, of)
  }
  return read
}

type Filled = Record<string, unknown>

/** Fills in what the API server would, before any policy sees an object. */
function fill(record: Filled, { filled, fields }: Defaults, around?: Around): void {
  const owners = { record, around }
  const lacking = Object.keys(filled ?? {}).filter((key) => record[key] === undefined)
  // All of them depend on what is written, and none on another.
  const values = lacking.map((key) => valueFor(filled?.[key], record, owners))
  for (const [index, key] of lacking.entries()) {
    const value = values[index]
    if (value !== undefined) record[key] = toExpressionValue(value, anything)
  }
  for (const key in fields) {
    const value = record[key]
    const below = fields[key]
    if (value === undefined || !below) continue
    if (isRecord(value)) fill(value, below, owners)
    else if (below.items) for (const item of recordsIn(value)) fill(item, below.items, owners)
  }
}

/** A record within others, the innermost first. */
interface Around {
  readonly record: Filled
  readonly around: Around | undefined
}

function valueFor(
  filled: Value | Derive | undefined,
  record: Filled,
  owners: Around,
): Value | undefined {
  if (typeof filled !== 'function') return filled
  return filled(record as ValueMap, (key) => inherited(owners, key) as Value | undefined)
}

function inherited(owners: Around | undefined, key: string): unknown {
  return owners && (owners.record[key] ?? inherited(owners.around, key))
}

function writeAmounts(pod: Filled): void {
  for (const list of ['containers', 'initContainers', 'ephemeralContainers']) {
    for (const { resources } of recordsIn(pod[list])) {
      if (!isRecord(resources)) continue
      for (const key of ['limits', 'requests']) {
        const amounts = resources[key]
        if (!isRecord(amounts)) continue
        for (const [name, amount] of Object.entries(amounts)) {
          amounts[name] = canonical(String(amount))
        }
      }
    }
  }
}

const canonicalTexts = new Map<string, string>()
const mostTexts = 1000

function canonical(amount: string): string {
  const known = canonicalTexts.get(amount)
  if (known !== undefined) return known
  const text = parseQuantity(amount)?.toString() ?? amount
  if (canonicalTexts.size < mostTexts) canonicalTexts.set(amount, text)
  return text
}

function recordsIn(list: unknown): readonly Filled[] {
  return Array.isArray(list) ? list.filter(isRecord) : []
}

function isRecord(value: unknown): value is Filled {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
