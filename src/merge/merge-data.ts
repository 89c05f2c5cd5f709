import mergePatch from 'json-merge-patch'
import type { ValueMap } from '../document/node.ts'

/**
 * Lays JSON Merge Patches (RFC 7386) over each other, lowest first: maps merge, lists and scalars
 * replace, `null` deletes. None of the inputs is changed: the package changes its target, so the
 * target is a map of our own, and it copies every map it takes over. Lists are shared with the
 * inputs, which is safe because nothing here ever changes a list. The keys at which the package
 * stops (`__proto__` and its like) are refused by the loader.
 */
export function mergeData(layers: readonly ValueMap[]): ValueMap {
  let merged: unknown = {}
  for (const layer of layers) merged = mergePatch.apply(merged, layer)
  return merged as ValueMap
}
