import type { Value, ValueMap } from '../../src/document/node.ts'

/** Patches laid over each other by the algorithm that stands in section 2 of RFC 7386. */
export function mergedAsTheRfcSays(patches: readonly Value[]): Value | undefined {
  let target: Value | undefined = {}
  for (const patch of patches) target = mergePatch(target, patch)
  return target
}

function mergePatch(target: Value | undefined, patch: Value): Value {
  if (!isObject(patch)) return patch
  const result = new Map(isObject(target) ? Object.entries(target) : [])
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) result.delete(name)
    else result.set(name, mergePatch(result.get(name), value))
  }
  return Object.fromEntries(result)
}

function isObject(value: Value | undefined): value is ValueMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
