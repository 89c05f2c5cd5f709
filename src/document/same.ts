import type { Value, ValueMap } from './node.ts'

/** Whether two values are the same as JSON: items in their order, keys in any. */
export function isSame(a: Value | undefined, b: Value | undefined): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (a === undefined || b === undefined) return false
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && isSameList(a, b)
  }
  return isSameMap(a as ValueMap, b as ValueMap)
}

function isSameList(a: readonly Value[], b: readonly Value[]): boolean {
  if (a.length !== b.length) return false
  for (let index = 0; index < a.length; index++) if (!isSame(a[index], b[index])) return false
  return true
}

function isSameMap(a: ValueMap, b: ValueMap): boolean {
  let keys = 0
  for (const key in a) {
    keys++
    const other = b[key]
    if (a[key] !== other && !(Object.hasOwn(b, key) && isSame(a[key], other))) return false
  }
  for (const _ in b) keys--
  return keys === 0
}
