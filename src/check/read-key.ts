import { isList, isMap, type Value } from '../document/node.ts'
import type { SharedParts } from '../expression/values.ts'

/**
 * What an expression reads: a name and the keys that lead on from there; `*` for each item of a list,
 * and "" behind it where of the items only their number counts.
 */
export interface Read {
  readonly path: readonly string[]
  /** The same for the same path. */
  readonly id: number
}

const ids = new Map<string, number>()

export function readAt(path: readonly string[]): Read {
  const text = path.join('\0')
  const id = ids.get(text) ?? ids.size
  ids.set(text, id)
  return { path, id }
}

/** Says of what is read whether it is as it was another time. */
export interface Evidence {
  /**
   * A text that is the same where all that is read is the same; undefined where that would cost more
   * than to evaluate what reads it.
   */
  readonly keyOf: (reads: readonly Read[]) => string | undefined
}

export function evidenceFrom(
  named: (name: string) => Value | undefined,
  shared: SharedParts,
): Evidence {
  // Many rules read the same.
  const known: (string | undefined | null)[] = []

  function keyAt({ path, id }: Read): string | undefined {
    const found = known[id]
    if (found !== undefined) return found ?? undefined
    const [name = ''] = path
    // Of these it cannot be told beforehand what they depend on in turn.
    const isOpen = name === 'variables' || name === 'manifests'
    const key = isOpen ? undefined : keyAlong(named(name), path, 1, shared)
    known[id] = key ?? null
    return key
  }

  return {
    keyOf(reads) {
      let key = ''
      for (const read of reads) {
        const part = keyAt(read)
        if (part === undefined) return undefined
        key += part
      }
      return key
    },
  }
}

function keyAlong(
  from: Value | undefined,
  path: readonly string[],
  start: number,
  shared: SharedParts,
): string | undefined {
  let value = from
  for (let depth = start; depth < path.length; depth++) {
    const step = path[depth] ?? ''
    if (step !== '*') value = stepInto(value, step)
    else if (isList(value)) return keyOfItems(value, path, depth + 1, shared)
  }
  return keyOf(value, shared)
}

function keyOfItems(
  items: readonly Value[],
  path: readonly string[],
  start: number,
  shared: SharedParts,
): string | undefined {
  if (path[start] === '') return `*${items.length};`
  if (items.length > mostParts) return undefined
  let key = `*${items.length}:`
  for (const item of items) {
    const own = keyAlong(item, path, start, shared)
    if (own === undefined) return undefined
    key += own
  }
  return key
}

function stepInto(value: Value | undefined, step: string): Value | undefined {
  if (isMap(value)) return Object.hasOwn(value, step) ? value[step] : undefined
  return isList(value) ? value[Number(step)] : undefined
}

/** Each part begins with its kind and, where it may be any text, its length: none runs into the next. */
function keyOf(value: Value | undefined, shared: SharedParts, depth = 0): string | undefined {
  if (typeof value === 'string') return `s${value.length}:${value}`
  if (typeof value !== 'object' || value === null) return `${String(value)};`
  if (shared.has(value)) return `#${numberOf(value)};`
  if (depth > 3 || Object.keys(value).length > mostParts) return undefined
  let key = isList(value) ? '[' : '{'
  for (const [name, part] of Object.entries(value)) {
    const own = keyOf(part as Value, shared, depth + 1)
    if (own === undefined) return undefined
    key += isList(value) ? own : `${name.length}:${name}${own}`
  }
  return `${key};`
}

/** What has more is hardly ever the same twice: the variables of a container. */
const mostParts = 6

const numbers = new WeakMap<object, number>()
const numbersByText = new Map<string, number>()

/** The same for parts that say the same: those of several plans often do. */
function numberOf(part: object): number {
  const known = numbers.get(part)
  if (known !== undefined) return known
  const text = JSON.stringify(part)
  const number = numbersByText.get(text) ?? numbersByText.size
  numbersByText.set(text, number)
  numbers.set(part, number)
  return number
}
