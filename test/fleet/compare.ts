import { isDeepStrictEqual } from 'node:util'
import { isMap, type Value, type ValueMap } from '../../src/document/node.ts'
import { escapePart } from '../../src/document/pointer.ts'
import { isList } from './lookup.ts'

/** What tells the items of a list apart; the first that all of them have. */
const identities = ['mountPath', 'containerPort', 'port', 'name']

/**
 * Where a leaf of `wanted` is not in `given`, or is another there. Items of a list are paired by
 * what tells them apart; a list of anything else must be the same.
 */
export function differences(wanted: Value, given: Value | undefined, path = ''): string[] {
  const pairs = pairsOf(wanted, given)
  if (pairs) return pairs.flatMap((pair) => differences(pair.left, pair.right, path + pair.path))
  if (isDeepStrictEqual(wanted, given)) return []
  return [`${path} is ${JSON.stringify(given)}, not ${JSON.stringify(wanted)}`]
}

/** The paths that `more` has and `less` has not. An item of a list is one addition, a map many. */
export function additions(more: Value, less: Value | undefined, path = ''): string[] {
  const pairs = pairsOf(more, less ?? (isMap(more) ? {} : []))
  if (!pairs) return less === undefined ? [path] : []
  return pairs.flatMap(({ path: part, left, right }) =>
    isList(more) && right === undefined ? [path + part] : additions(left, right, path + part),
  )
}

interface Pair {
  readonly path: string
  readonly left: Value
  readonly right: Value | undefined
}

/** Each entry of one value with its counterpart in the other; undefined where there are none. */
function pairsOf(left: Value, right: Value | undefined): readonly Pair[] | undefined {
  const lefts = entriesOf(left)
  const rights = entriesOf(right)
  if (!lefts || !rights || isMap(left) !== isMap(right)) return undefined
  return Object.entries(lefts).map(([key, value]) => {
    return { path: `/${escapePart(key)}`, left: value, right: rights[key] }
  })
}

function entriesOf(value: Value | undefined): ValueMap | undefined {
  if (isMap(value)) return value
  if (!isList(value)) return undefined
  const maps = value.filter(isMap)
  const identity = identities.find((key) => maps.every((map) => key in map))
  if (maps.length < value.length || !identity) return undefined
  const entries = new Map(maps.map((map) => [String(map[identity]), map]))
  return entries.size < maps.length ? undefined : Object.fromEntries(entries)
}
