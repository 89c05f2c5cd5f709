import { isList, isMap, type Value } from '../document/node.ts'

/** A part of an object, where it stands, and its number in the nearest list. */
export interface Part {
  readonly value: Value
  readonly pointer: string
  readonly index: number
  /** The path that led there. */
  readonly path: readonly string[]
}

/** What a path leads to in a value; lists on the way, and the one it ends at, give their items. */
export function partsAlong(value: Value, pointer: string, path: readonly string[]): Part[] {
  const found: Part[] = []
  visit(value, pointer, 0, 0)
  return found

  function visit(part: Value, at: string, depth: number, index: number): void {
    if (isList(part)) {
      for (const [each, item] of part.entries()) visit(item, `${at}/${each}`, depth, each)
      return
    }
    const key = path[depth]
    if (key === undefined) {
      found.push({ value: part, pointer: at, index, path })
      return
    }
    const field = isMap(part) && Object.hasOwn(part, key) ? part[key] : undefined
    // The keys of a path are letters and digits: nothing in them needs escaping.
    if (field !== undefined) visit(field, `${at}/${key}`, depth + 1, index)
  }
}
