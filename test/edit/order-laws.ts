import { isDeepStrictEqual } from 'node:util'
import { isMap, isScalar, isSeq, type Node, parse, parseDocument } from 'yaml'
import { orderKeys } from '../../src/edit/order.ts'

export interface OrderOutcome {
  readonly kind: 'unreadable' | 'refused' | 'same' | 'ordered'
  readonly wrong?: string
}

/** Puts keys in order, and holds the result against the laws by means of the yaml package alone. */
export function tryOrder(text: string, order: readonly string[]): OrderOutcome {
  const result = ordered(text, order)
  if ('findings' in result) return { kind: 'unreadable' }
  if ('refusal' in result) {
    const { message } = result.refusal
    const isDue = /alias/.test(message) ? text.includes('*') : mayBeTorn(text)
    return { kind: 'refused', ...(!isDue && { wrong: `refused: ${message}` }) }
  }
  const { after } = result
  const wrong = after === text ? undefined : lawsBroken(text, after, order)
  const unordered = wrong ?? outOfOrder(after, order)
  return {
    kind: after === text ? 'same' : 'ordered',
    ...(unordered !== undefined && { wrong: `${unordered}: ${JSON.stringify(after)}` }),
  }
}

function ordered(text: string, order: readonly string[]) {
  const result = orderKeys('f.yaml', new TextEncoder().encode(text), () => order)
  if (!('bytes' in result)) return result
  return { after: new TextDecoder('utf-8', { ignoreBOM: true }).decode(result.bytes) }
}

/** Texts of several lines may take in the blank lines, or lose the line break, that follow them. */
function mayBeTorn(text: string): boolean {
  return /[|>][-+]?(?: +#.*)?\r?$/m.test(text)
}

function lawsBroken(before: string, after: string, order: readonly string[]): string | undefined {
  if (!isDeepStrictEqual(dataIn(after), dataIn(before))) return 'other data'
  if (sorted([...after]) !== sorted([...before])) return 'other characters'
  const isInLines = !/[{}]/.test(before)
  if (isInLines && sorted(linesIn(after)) !== sorted(linesIn(before))) return 'other lines'
  if (!isDeepStrictEqual(commentsIn(after), commentsIn(before))) return 'other comments of a key'
  const again = ordered(after, order)
  return 'after' in again && again.after === after ? undefined : 'the second time differs'
}

function sorted(parts: readonly string[]): string {
  return [...parts].sort().join('\n')
}

/** The lines without their ends; a dash stays where it is, so what stands behind it counts. */
function linesIn(text: string): string[] {
  return bare(text)
    .split(/\r?\n/)
    .map((line) => line.replace(/^[ -]+/, ''))
}

const options = { stringKeys: true, logLevel: 'silent', keepSourceTokens: true } as const

function dataIn(text: string): unknown {
  return parse(text, { ...options, maxAliasCount: -1 })
}

/** The comments directly above each key that begins a line, by the path of the key. */
function commentsIn(text: string): ReadonlyMap<string, readonly string[]> {
  const lines = bare(text).split(/\r?\n/)
  const found = new Map<string, string[]>()
  for (const { path, at } of keysIn(text)) {
    const above = bare(text).slice(0, at).split('\n')
    const indent = above.at(-1) ?? ''
    if (indent.trim() !== '') continue
    const comments: string[] = []
    for (let index = above.length - 2; lines[index]?.startsWith(`${indent}#`); index -= 1) {
      comments.unshift(lines[index] ?? '')
    }
    if (comments.length > 0) found.set(path, comments)
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)))
}

interface Key {
  readonly path: string
  readonly at: number
}

function keysIn(text: string): Key[] {
  return below(parseDocument(bare(text), options).contents, '')
}

function below(node: unknown, path: string): Key[] {
  if (isSeq(node)) return node.items.flatMap((each, index) => below(each, `${path}/${index}`))
  if (!isMap(node)) return []
  return node.items.flatMap(({ key, value }) => {
    if (!isScalar(key)) return []
    const own = `${path}/${key.value}`
    return [{ path: own, at: key.range?.[0] ?? 0 }, ...below(value, own)]
  })
}

/** A map of which the named keys are not in order, unless it is one that is left alone. */
function outOfOrder(text: string, order: readonly string[]): string | undefined {
  return unorderedIn(parseDocument(bare(text), options).contents, bare(text), order)
}

function unorderedIn(node: unknown, text: string, order: readonly string[]): string | undefined {
  const inner = isSeq(node) ? node.items : isMap(node) ? node.items.map(({ value }) => value) : []
  for (const each of inner) {
    const found = unorderedIn(each, text, order)
    if (found !== undefined) return found
  }
  if (!isMap(node) || mayStay(node, text)) return undefined
  const ranks = node.items.map(({ key }) => order.indexOf(isScalar(key) ? String(key.value) : ''))
  const named = ranks.filter((rank) => rank !== -1)
  const isInOrder = named.every((rank, index) => index === 0 || rank > (named[index - 1] ?? 0))
  return isInOrder ? undefined : `not in order: ${JSON.stringify(node.toJSON())}`
}

/** Brackets with comments in them, and an item that would begin with a comment. */
function mayStay({ flow, range }: Node & { flow?: boolean }, text: string): boolean {
  const [start = 0, end = 0] = range ?? []
  const isBehindDash = text.slice(text.lastIndexOf('\n', start - 1) + 1, start).trim() !== ''
  return (flow === true || isBehindDash) && text.slice(start, end).includes('#')
}

function bare(text: string): string {
  return text.replace(/^\ufeff/, '')
}
