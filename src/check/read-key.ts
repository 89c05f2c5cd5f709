import { isList, isMap, type Value } from '../document/node.ts'
import type { SharedParts } from '../expression/values.ts'

/** What an expression reads, each as a name and the keys that lead on from there. */
export type Reads = readonly (readonly string[])[]

/**
 * A text that is the same where all that is read is the same; undefined where that would cost more
 * than to evaluate what reads it.
 */
export function keyOfReads(
  reads: Reads,
  named: (name: string) => Value | undefined,
  shared: SharedParts,
): string | undefined {
  let key = ''
  for (const path of reads) {
    const [name = ''] = path
    // Of these it cannot be told beforehand what they depend on in turn.
    if (name === 'variables' || name === 'manifests') return undefined
    let value: Value | undefined = named(name)
    for (let depth = 1; depth < path.length; depth++) value = stepInto(value, path[depth] ?? '')
    const part = keyOf(value, shared)
    if (part === undefined) return undefined
    key += part
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
  if (depth > 3) return undefined
  let key = isList(value) ? '[' : '{'
  const parts = isList(value) ? value.entries() : Object.entries(value)
  if ((isList(value) ? value : Object.keys(value)).length > mostParts) return undefined
  for (const [name, part] of parts) {
    const own = keyOf(part, shared, depth + 1)
    if (own === undefined) return undefined
    key += isList(value) ? own : `${String(name).length}:${name}${own}`
  }
  return `${key};`
}

/** What has more is hardly ever the same twice: the variables of a container. */
const mostParts = 6

const numbers = new WeakMap<object, number>()
let last = 0

function numberOf(part: object): number {
  const known = numbers.get(part)
  if (known !== undefined) return known
  last += 1
  numbers.set(part, last)
  return last
}
