import { isList, isMap, type Value } from '../../document/node.ts'
import { escapePart } from '../../document/pointer.ts'
import { isSame } from '../../document/same.ts'
import type { FieldChange } from '../change.ts'

/** One scalar, or empty list or map, of what a change brings, takes or changes. */
export interface Part {
  readonly deed: FieldChange['deed']
  /** Like `FieldChange.pattern`. */
  readonly pattern: string
  /** The pattern of all that comes or goes along with it; its own where it changes in place. */
  readonly root: string
  readonly beforeAt: string | undefined
  readonly afterAt: string | undefined
  readonly before: Value | undefined
  readonly after: Value | undefined
}

/** A change, down to the scalars in what comes, goes or differs. */
export function partsOf(change: FieldChange): readonly Part[] {
  const parts: Part[] = []
  if (change.deed !== 'reordered') split(change, change.pattern, undefined, parts)
  return parts.length > 0 ? parts : [{ ...change, root: change.pattern }]
}

type Sides = Pick<Part, 'beforeAt' | 'afterAt' | 'before' | 'after'>

function split(sides: Sides, pattern: string, above: string | undefined, parts: Part[]): void {
  const { before, after } = sides
  const deed = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed'
  const root = deed === 'changed' ? undefined : (above ?? pattern)
  const inner = childrenOf(sides)
  if (inner.length === 0) {
    if (isSame(before, after)) return
    const { beforeAt, afterAt } = sides
    parts.push({ deed, pattern, root: root ?? pattern, beforeAt, afterAt, before, after })
  }
  for (const [key, child] of inner) split(child, `${pattern}/${key}`, root, parts)
}

/** The entries of maps and the items of lists, before and after. */
function childrenOf({ before, after, beforeAt, afterAt }: Sides): [string, Sides][] {
  if ((isMap(before) || before === undefined) && (isMap(after) || after === undefined)) {
    const [old, now] = [before ?? {}, after ?? {}]
    const keys = new Set([...Object.keys(old), ...Object.keys(now)])
    return [...keys].map((key) => {
      const part = escapePart(key)
      return [part, sides(old[key], now[key], below(beforeAt, part), below(afterAt, part))]
    })
  }
  if ((isList(before) || before === undefined) && (isList(after) || after === undefined)) {
    return pairItems(before ?? [], after ?? []).map(([from, to]) => {
      const [old, now] = [itemAt(before, from), itemAt(after, to)]
      return ['*', sides(old, now, below(beforeAt, String(from)), below(afterAt, String(to)))]
    })
  }
  return []
}

function sides(
  before: Value | undefined,
  after: Value | undefined,
  beforeAt: string | undefined,
  afterAt: string | undefined,
): Sides {
  return {
    before,
    after,
    beforeAt: before === undefined ? undefined : beforeAt,
    afterAt: after === undefined ? undefined : afterAt,
  }
}

function below(pointer: string | undefined, part: string): string | undefined {
  return pointer === undefined ? undefined : `${pointer}/${part}`
}

function itemAt(list: Value | undefined, index: number | undefined): Value | undefined {
  return isList(list) && index !== undefined ? list[index] : undefined
}

type Index = number | undefined

/** Items that differ: those that are in one list only, paired in their order. */
function pairItems(before: readonly Value[], after: readonly Value[]): [Index, Index][] {
  const old = missingIn(before, after)
  const now = missingIn(after, before)
  const length = Math.max(old.length, now.length)
  return Array.from({ length }, (_, index) => [old[index], now[index]])
}

function missingIn(list: readonly Value[], other: readonly Value[]): number[] {
  const indexes = [...list.keys()]
  return indexes.filter((index) => !other.some((item) => isSame(item, list[index])))
}
