import { isDeepStrictEqual } from 'node:util'
import { isAlias, isMap, isScalar, LineCounter, type Pair, parse, parseDocument } from 'yaml'
import type { Finding } from '../../src/diagnostics/diagnostic.ts'
import { loadDocument } from '../../src/document/load.ts'
import { toValue, type Value } from '../../src/document/node.ts'
import { type Edit, editDocument } from '../../src/edit/edit.ts'

/** What became of one edit: what is wrong with it, if anything, and what was tried. */
export interface Outcome {
  readonly kind: 'unreadable' | 'refused' | 'same' | 'edited' | 'edited and back'
  readonly wrong?: string
}

const encoder = new TextEncoder()

/** Makes an edit, and holds the result against the laws by means of the yaml package alone. */
export function tryEdit(text: string, edit: Edit, order: readonly string[]): Outcome {
  const data = read(text)
  if ('findings' in data) return { kind: 'unreadable' }
  const result = editDocument('f.yaml', encoder.encode(text), [edit], () => order)
  if (!('bytes' in result)) {
    const message = 'refusal' in result ? result.refusal.message : 'it is not read'
    const isDue = /alias|no map/.test(message)
    return { kind: 'refused', ...(!isDue && { wrong: `refused: ${message}` }) }
  }
  const after = new TextDecoder('utf-8', { ignoreBOM: true }).decode(result.bytes)
  const wanted = expected(data.value, edit.path, edit.value)
  if (!isDeepStrictEqual(parsed(after), wanted)) return { kind: 'edited', wrong: 'other data' }
  if (after === text) return { kind: 'same' }
  const wrong = strayLines(bare(text), bare(after), edit) ?? lineEnds(text, after)
  if (wrong !== undefined) return { kind: 'edited', wrong }
  return back(text, after, edit, data.value)
}

/** A text without its byte order mark. */
function bare(text: string): string {
  return text.replace(/^\ufeff/, '')
}

function read(text: string): { value: Value | undefined } | { findings: Finding[] } {
  const findings: Finding[] = []
  const { root } = loadDocument('f.yaml', encoder.encode(text), (each) => findings.push(each))
  return findings.length > 0 ? { findings } : { value: root && toValue(root) }
}

function parsed(text: string): unknown {
  const options = { stringKeys: true, logLevel: 'silent', maxAliasCount: -1 } as const
  return parse(bare(text), options) ?? undefined
}

function expected(data: unknown, [key = '', ...rest]: readonly string[], value: unknown): unknown {
  const isThere = typeof data === 'object' && data !== null && Object.hasOwn(data, key)
  if (value === undefined && !isThere) return data
  const { [key]: own, ...others } = { ...(data as Record<string, unknown>) }
  if (rest.length > 0) return { ...others, [key]: expected(own, rest, value) }
  return value === undefined ? others : { ...others, [key]: value }
}

/**
 * The lines of the old text that are gone must be among those that the edit is about: the lines of the
 * pair that is edited; where there is none, of the map in brackets, or the line of the empty parent.
 */
function strayLines(before: string, after: string, { path, value }: Edit): string | undefined {
  const [old, fresh] = [linesOf(before), linesOf(after)]
  const [first, last] = concerned(before, path, value === undefined)
  let same = 0
  while (same < old.length && same < fresh.length && old[same] === fresh[same]) same += 1
  let end = 0
  while (
    end < old.length - same &&
    end < fresh.length - same &&
    old.at(-1 - end) === fresh.at(-1 - end)
  ) {
    end += 1
  }
  const [changedFrom, changedTo] = [same, old.length - end]
  if (changedFrom >= changedTo) return undefined
  if (changedFrom >= first && changedTo <= last) return undefined
  return `lines ${changedFrom}–${changedTo} changed, but the edit is about ${first}–${last}`
}

/** The lines that an edit is about, from the first up to the one before the last. */
function concerned(text: string, path: readonly string[], isRemoval: boolean): [number, number] {
  const counter = new LineCounter()
  const document = parseDocument(text, {
    lineCounter: counter,
    keepSourceTokens: true,
  })
  const lineAt = (offset: number) => counter.linePos(offset).line - 1
  let node: unknown = document.contents
  let above: Pair | undefined
  for (const [index, key] of path.entries()) {
    if (!isMap(node)) break
    const pair = node.items.find((each) => isScalar(each.key) && String(each.key.value) === key)
    if (!pair) {
      // A block gets new lines only; brackets are written anew within theirs.
      return node.flow ? spanOf(above ?? node, lineAt) : [0, 0]
    }
    if (isAlias(pair.value) && index < path.length - 1) break
    // What is taken from a map that then is empty makes it `{}`.
    const isOnly = isRemoval && node.items.length === 1
    if (index === path.length - 1) {
      const [from, to] = node.flow && above ? spanOf(above, lineAt) : spanOf(pair, lineAt)
      const blanks = isRemoval ? blankLines(text, from, to) : [from, to]
      const start = isOnly && above ? spanOf(above, lineAt)[0] : (blanks[0] as number)
      return [start, blanks[1] as number]
    }
    above = pair as Pair
    node = pair.value
  }
  return above ? spanOf(above, lineAt) : [0, 0]
}

function spanOf(node: unknown, lineAt: (offset: number) => number): [number, number] {
  const pair = node as { key?: { range: number[] }; value?: { range?: number[] }; range?: number[] }
  const from = (pair.key?.range ?? pair.range ?? [0])[0] ?? 0
  const [, end = from, all = end] = pair.value?.range ?? pair.range ?? pair.key?.range ?? []
  // Up to where comments behind the value end, those indented below it included.
  return [
    lineAt(from),
    Math.max(lineAt(Math.max(from, end - 1)), lineAt(Math.max(from, all - 1))) + 1,
  ]
}

function blankLines(text: string, from: number, to: number): [number, number] {
  const lines = linesOf(text)
  let [start, end] = [from, to]
  while (start > 0 && lines[start - 1]?.trim() === '') start -= 1
  while (end < lines.length && lines[end]?.trim() === '') end += 1
  return [start, end]
}

function linesOf(text: string): string[] {
  const lines = text.split(/\r?\n/)
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines
}

/** A file has one kind of line ends, and ends in one or not, as it did. */
function lineEnds(before: string, after: string): string | undefined {
  if (before.startsWith('\ufeff') !== after.startsWith('\ufeff')) return 'the byte order mark'
  const kinds = new Set(after.match(/\r?\n/g) ?? [])
  const old = new Set(before.match(/\r?\n/g) ?? [])
  if (old.size > 0 && kinds.size > old.size) return 'mixed line ends'
  // What stood below a literal that keeps its line breaks cannot take the last one along.
  const isFree = bare(before) === '' || /[|>]\+/.test(before)
  return isFree || before.endsWith('\n') === after.endsWith('\n')
    ? undefined
    : 'the final line break'
}

/** Where a scalar was replaced by one in the same style, the way back must give the original. */
function back(before: string, after: string, { path }: Edit, data: Value | undefined): Outcome {
  const [old, fresh] = [scalarAt(before, path), scalarAt(after, path)]
  if (!old || !fresh || !old.canonical || old.style !== fresh.style) return { kind: 'edited' }
  const value = path.reduce<unknown>((now, key) => (now as Record<string, unknown>)[key], data)
  const result = editDocument('f.yaml', encoder.encode(after), [{ path, value: value as Value }])
  const again =
    'bytes' in result ? new TextDecoder('utf-8', { ignoreBOM: true }).decode(result.bytes) : ''
  return {
    kind: 'edited and back',
    ...(again !== before && { wrong: `back: ${JSON.stringify(again)}` }),
  }
}

/** How a scalar is written; canonical if there is one way to write it in that style. */
function scalarAt(text: string, path: readonly string[]) {
  const source = bare(text)
  const node = parseDocument(source).getIn(path, true)
  if (!isScalar(node) || !node.range) return undefined
  const written = source.slice(node.range[0], node.range[1])
  const content = String(node.value)
  const ways = [content, JSON.stringify(content), `'${content.replaceAll("'", "''")}'`]
  return { style: node.type, canonical: ways.includes(written) && written !== '' }
}
