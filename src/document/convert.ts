import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'
import type { Report } from '../diagnostics/diagnostic.ts'
import type { Location, Source } from '../source/source.ts'
import { convertKey, type Key } from './convert-key.ts'
import { convertScalar } from './convert-scalar.ts'
import { limitsOf } from './limits.ts'
import type { Entry, Node } from './node.ts'
import { shown } from './shown.ts'
import { admit, type Walk } from './walk.ts'

/**
 * The nodes of the yaml package as ours. What we refuse is reported, and the result then stands
 * for nothing. An alias becomes the very node of its anchor, at the anchor's place: a wrong value
 * has to be changed there, while the entry that the alias stands in has a place of its own.
 */
export function convert(contents: unknown, source: Source, report: Report): Node {
  const anchors: Walk['anchors'] = new Map()
  const walk = { source, report, anchors, values: 0, deepest: 0, end: 0, stopped: false }
  return convertNode(contents, 0, walk)
}

function convertNode(node: unknown, depth: number, walk: Walk): Node {
  if (isAlias(node)) return convertAlias(node, depth, walk)
  if (!isScalar(node) && !isMap(node) && !isSeq(node)) return nothing(walk.end, walk)
  const { anchor } = node
  if (anchor === undefined) return convertValue(node, depth, walk)
  if (walk.anchors.has(anchor)) reportSecondAnchor(anchor, node.range?.[0] ?? 0, walk)

  const { values, deepest } = walk
  walk.anchors.set(anchor, undefined)
  walk.deepest = depth
  const value = convertValue(node, depth, walk)
  walk.anchors.set(anchor, {
    node: value,
    values: walk.values - values,
    depth: walk.deepest - depth,
  })
  walk.deepest = Math.max(walk.deepest, deepest)
  return value
}

function convertAlias(alias: Alias, depth: number, walk: Walk): Node {
  const [start, end] = alias.range ?? [0, 0]
  const at = { source: walk.source, start, end }
  walk.end = at.end
  const anchored = walk.anchors.get(alias.source)
  if (anchored) {
    admit(anchored.values, depth + anchored.depth, at, walk)
    return anchored.node
  }
  const name = shown(alias.source)
  const inside = walk.anchors.has(alias.source)
  walk.report({
    id: 'yaml-syntax',
    message: inside
      ? `*${name} stands inside of what it stands for`
      : `*${name} stands for nothing: no value above has the anchor &${name}`,
    at,
    help: inside ? 'write the value out' : `quote it if it is a text: "*${name}"`,
  })
  return nothing(at.start, walk)
}

function convertValue(node: Scalar | YAMLMap | YAMLSeq, depth: number, walk: Walk): Node {
  if (isScalar(node)) {
    const scalar = convertScalar(node, walk.source, walk.report)
    walk.end = scalar.at.end
    admit(1, depth, scalar.at, walk)
    return scalar
  }
  const start = node.range?.[0] ?? 0
  const first = { source: walk.source, start, end: start + 1 }
  if (!admit(1, depth + 1, first, walk)) return nothing(start, walk)
  return isMap(node) ? convertMap(node, depth + 1, walk) : convertList(node, depth + 1, walk)
}

function convertMap(map: YAMLMap, depth: number, walk: Walk): Node {
  const entries = new Map<string, Entry>()
  // Keys are the same if they look the same: "é" is one character or two.
  const decomposed = new Map<string, Entry>()
  for (const pair of map.items) {
    const key = convertKey(pair, walk.source, walk.report)
    if (key) walk.end = key.at.end
    const value = convertNode(pair.value, depth, walk)
    if (walk.stopped) break
    if (!key) continue

    const entry = { key: key.text, keyAt: key.at, value }
    const first = entries.get(key.composed) ?? decomposed.get(key.composed)
    if (first) reportDuplicate(key, first, walk)
    else entries.set(key.text, entry)
    if (!first && key.text !== key.composed) decomposed.set(key.composed, entry)
    if (entries.size > limitsOf(walk.source.path).keysInMap) {
      stopAt(key, walk)
      break
    }
  }
  return { kind: 'map', entries, at: extent(map, walk) }
}

function convertList(list: YAMLSeq, depth: number, walk: Walk): Node {
  const items: Node[] = []
  for (const item of list.items) {
    items.push(convertNode(item, depth, walk))
    if (walk.stopped) break
  }
  return { kind: 'list', items, at: extent(list, walk) }
}

function reportDuplicate(key: Key, first: Entry, { report }: Walk): void {
  report({
    id: 'duplicate-key',
    message: `the key "${shown(key.text)}" stands twice in one map`,
    at: key.at,
    notes: [{ message: 'it stands here first', at: first.keyAt }],
    help: 'remove one of the two',
  })
}

function reportSecondAnchor(anchor: string, before: number, { source, report }: Walk): void {
  const start = Math.max(0, source.text.lastIndexOf(`&${anchor}`, before))
  report({
    id: 'yaml-feature',
    message: `the anchor &${shown(anchor)} is given twice`,
    at: { source, start, end: start + anchor.length + 1 },
    help: 'give each anchor a name of its own',
  })
}

function stopAt({ at }: Key, walk: Walk): void {
  const message = `more than ${limitsOf(walk.source.path).keysInMap} keys in one map`
  walk.report({ id: 'yaml-limit', message, at, help: 'split the file' })
  walk.stopped = true
}

function extent({ range, flow }: YAMLMap | YAMLSeq, walk: Walk): Location {
  const start = range?.[0] ?? 0
  if (flow) walk.end = range?.[1] ?? walk.end
  return { source: walk.source, start, end: Math.max(start, walk.end) }
}

function nothing(offset: number, { source }: Walk): Node {
  const at = { source, start: offset, end: offset }
  return { kind: 'scalar', value: null, at, text: '', plain: true }
}
