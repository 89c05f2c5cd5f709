import { parse } from 'yaml'
import type { Random } from '../../bench/random.ts'
import type { Value } from '../../src/document/node.ts'
import type { Edit } from '../../src/edit/edit.ts'

const words = [
  'cpu',
  'memory',
  'port',
  'env',
  'regions',
  'cq',
  'prod',
  'image',
  'a b',
  'on',
  'x-1',
] as const
const texts = [
  '500m',
  'some words',
  "it's so",
  'a: b',
  'a #b',
  '# c',
  'on',
  '0x1F',
  '1.10',
  '',
] as const
const more = [
  '2024-01-01',
  ' lead',
  'trail ',
  '- x',
  '[a',
  '{b}',
  'a, b',
  '"q"',
  '\\n',
  'é',
  '~',
] as const
const long = [
  'one\ntwo\n',
  'one\n\ntwo',
  '  in\nout\n',
  'end\n\n',
  'a\tb',
  'x\r',
  '\u200b',
  '1e3',
] as const

/** YAML as people write it, on the whole: comments, odd indentation, brackets, quotes, anchors. */
export function randomYaml(random: Random): string {
  const writer: Writer = { random, anchors: [], names: 0, lists: random.whole(0, 3) }
  const lines = [...comments(random), ...mapLines(writer, 0, 0)]
  if (random.chance(0.05)) lines.unshift('---')
  if (random.chance(0.05)) lines.splice(0, lines.length, ...comments(random))
  const text =
    lines.join('\n') + (random.chance(0.8) ? '\n' : '') + (random.chance(0.1) ? '\n' : '')
  const mark = random.chance(0.05) ? '\ufeff' : ''
  return mark + (random.chance(0.2) ? text.replaceAll('\n', '\r\n') : text)
}

/** An edit of data: of a value there is, or of one that is missing; or a value taken away. */
export function randomEdit(random: Random, data: Value | undefined): Edit {
  const path: string[] = []
  let now: Value | undefined = data
  do {
    const keys: readonly string[] = isPlainMap(now) ? Object.keys(now) : []
    const key: string =
      keys.length > 0 && random.chance(0.8) ? random.pick(keys as [string]) : random.pick(words)
    path.push(key)
    now = isPlainMap(now) ? now[key] : undefined
  } while (path.length < 4 && (isPlainMap(now) ? random.chance(0.8) : random.chance(0.15)))
  return { path, value: random.chance(0.25) ? undefined : randomValue(random, 0) }
}

export function randomValue(random: Random, depth: number): Value {
  const kind = random.whole(0, depth > 2 ? 6 : 9)
  if (kind <= 1) return random.whole(-3, 3000) / random.pick([1, 1, 10])
  if (kind === 2) return random.chance(0.5)
  if (kind === 3) return random.chance(0.3) ? null : random.pick(long.slice(0, 5) as [string])
  if (kind <= 6) return random.pick([...texts, ...more])
  const size = random.whole(0, 3)
  if (kind === 7) return Array.from({ length: size }, () => randomValue(random, depth + 1))
  const keys = [...new Set(Array.from({ length: size }, () => random.pick(words)))]
  return Object.fromEntries(keys.map((key) => [key, randomValue(random, depth + 1)]))
}

interface Writer {
  readonly random: Random
  readonly anchors: string[]
  names: number
  readonly lists: number
}

function mapLines(writer: Writer, column: number, depth: number): string[] {
  const { random } = writer
  const pad = ' '.repeat(column)
  const lines: string[] = []
  const keys = [...new Set(Array.from({ length: random.whole(1, 5) }, () => random.pick(words)))]
  for (const key of keys) {
    const [first = '', ...rest] = valueLines(writer, column, depth)
    lines.push(...comments(random).map((line) => (line === '' ? '' : pad + line)))
    lines.push(`${pad}${keyText(random, key)}:${first}`, ...rest)
  }
  if (random.chance(0.1)) lines.push(`${pad}# behind all`)
  return lines
}

/** What stands behind a key, and the lines below it. */
function valueLines(writer: Writer, column: number, depth: number): string[] {
  const { random } = writer
  const kind = random.whole(0, depth > 3 ? 7 : 14)
  const anchor = random.chance(0.05) ? ` &${newAnchor(writer)}` : ''
  const note = random.chance(0.15) ? random.pick([' # note', '  # a: b', ' #']) : ''
  if (kind === 0) return [`${anchor}${note}`]
  if (kind === 1 && writer.anchors.length > 0 && random.chance(0.3)) {
    return [` *${random.pick(writer.anchors as [string, ...string[]])}${note}`]
  }
  if (kind === 1 || kind === 2) return block(writer, column, anchor, note)
  if (kind === 3) return ['', `${' '.repeat(column + 1)}${scalar(random, false)}${note}`]
  if (kind <= 7) return [`${anchor} ${scalar(random, false)}${note}`]
  if (kind <= 9) return [`${anchor} ${flow(writer, depth, column)}${note}`]
  if (kind <= 11) return [`${anchor}${note}`, ...listLines(writer, column, depth)]
  return [`${anchor}${note}`, ...mapLines(writer, column + random.whole(1, 5), depth + 1)]
}

function block({ random }: Writer, column: number, anchor: string, note: string): string[] {
  const pad = ' '.repeat(column + random.whole(1, 4))
  const body = Array.from({ length: random.whole(1, 3) }, () =>
    random.pick(['x: 1', '# no', 'two words']),
  )
  const blank = random.chance(0.3) ? [''] : []
  const header = random.pick(['|', '|-', '|+', '>', '>-'])
  return [`${anchor} ${header}${note}`, ...body.map((line) => pad + line), ...blank]
}

function listLines(writer: Writer, column: number, depth: number): string[] {
  const { random, lists } = writer
  const pad = ' '.repeat(column + lists)
  return Array.from({ length: random.whole(1, 3) }, () => {
    const note = random.chance(0.1) ? ' # item' : ''
    if (random.chance(0.2)) {
      const [first = '', ...rest] = mapLines({ ...writer, random }, column + lists + 2, depth + 2)
      if (/^ *(?:#|$)/.test(first)) return [`${pad}- 1`]
      return [`${pad}- ${first.trimStart()}`, ...rest]
    }
    const value = random.chance(0.2) ? flow(writer, depth + 1, column) : scalar(random, false)
    return [`${pad}- ${value}${note}`]
  }).flat()
}

function flow(writer: Writer, depth: number, column: number): string {
  const { random } = writer
  const size = random.whole(0, 3)
  const isWide = random.chance(0.2) && size > 0
  const inner = () =>
    depth < 3 && random.chance(0.2) ? flow(writer, depth + 1, column) : scalar(random, true)
  const isMap = random.chance(0.6)
  const keys = [...new Set(Array.from({ length: size }, () => random.pick(words)))]
  const parts = isMap ? keys.map((key) => `${keyText(random, key)}: ${inner()}`) : keys.map(inner)
  const pad = `\n${' '.repeat(column + random.whole(1, 4))}`
  const note = random.chance(0.2) ? ' # in' : ''
  const gap = random.pick(['', '', ' '])
  const comma = random.chance(0.2) ? ',' : ''
  const [open, close] = isMap ? '{}' : '[]'
  if (isWide) return `${open}${pad}${parts.join(`,${note}${pad}`)}${comma}${note}${pad}${close}`
  return size === 0 ? `${open}${close}` : `${open}${gap}${parts.join(', ')}${gap}${close}`
}

function scalar(random: Random, inFlow: boolean): string {
  const text = random.pick(['abc', 'two words', '500m', '2Gi', 'a/b:1.2', 'x'])
  const kind = random.whole(0, 6)
  if (kind === 0) return String(random.whole(0, 9000))
  if (kind === 1) return random.pick(['true', 'false', 'null', '~', '1.50'])
  if (kind === 2) return JSON.stringify(random.pick(texts))
  if (kind === 3) return `'${random.pick(texts).replaceAll("'", "''")}'`
  if (kind === 4 && !inFlow) return random.pick(['a, b', 'x [1]', 'http://a/b#c'])
  return text
}

function keyText(random: Random, key: string): string {
  if (key === 'on') return '"on"'
  if (random.chance(0.1)) return random.pick([`"${key}"`, `'${key}'`])
  return random.chance(0.02) ? `${key} ` : key
}

function comments(random: Random): string[] {
  if (random.chance(0.75)) return []
  return random.pick([['# one'], ['', '# two: x'], [''], ['# a', '#b', ''], ['', '']])
}

function newAnchor(writer: Writer): string {
  writer.names += 1
  const name = `n${writer.names}`
  writer.anchors.push(name)
  return name
}

function isPlainMap(value: Value | undefined): value is { readonly [key: string]: Value } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export const keyOrder = ['image', 'cpu', 'memory', 'env', 'regions']

/** What a text says to the yaml package; undefined if it is none. */
export function dataOf(text: string): Value | undefined {
  try {
    return parse(text, { logLevel: 'silent' }) ?? undefined
  } catch {
    return undefined
  }
}
