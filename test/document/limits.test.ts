import { expect, test } from 'vitest'
import { toValue } from '../../src/document/node.ts'
import { load, meaningOf, reported } from './load-text.ts'

const deep = {
  'flow lists': (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`,
  'flow maps': (depth: number) => `${'{a: '.repeat(depth - 1)}{}${'}'.repeat(depth - 1)}`,
  'block lists': (depth: number) => `${'- '.repeat(depth)}a`,
  'explicit keys': (depth: number) => `${'? a\n: '.repeat(1)}${'- '.repeat(depth - 1)}a`,
  'block maps': (depth: number) =>
    Array.from({ length: depth }, (_, level) => `${' '.repeat(level)}a:\n`).join(''),
  'pairs in flow lists': (depth: number) => `${'[a: '.repeat(depth / 2)}b${']'.repeat(depth / 2)}`,
}

test.each(Object.entries(deep))('%s may be 64 deep, not more', (_, text) => {
  expect(reported(text(64))).toEqual([])
  expect(load(text(66)).findings).toMatchObject([
    { id: 'yaml-limit', message: 'maps and lists are nested more than 64 deep' },
  ])
})

test('the place of what is too deep is that of the 65th bracket', () => {
  expect(reported('['.repeat(70))).toEqual(['yaml-limit 1:65 ['])
})

test('aliases count as deep as what they stand for', () => {
  const half = `${'['.repeat(33)}${']'.repeat(33)}`
  expect(reported(`a: &a ${half}\nb: *a\n`)).toEqual([])
  expect(reported(`a: &a ${half}\nb: ${'['.repeat(30)}*a${']'.repeat(30)}\n`)).toEqual([])
  expect(reported(`a: &a ${half}\nb: ${'['.repeat(31)}*a${']'.repeat(31)}\n`)).toEqual([
    'yaml-limit 2:35 *a',
  ])
})

test('20 aliases are read, 21 are refused at the last', () => {
  const text = (count: number) => `a: &a 1\nb: [${'*a,'.repeat(count)}]\n`
  expect(reported(text(20))).toEqual([])
  expect(reported(text(21))).toEqual(['yaml-limit 2:65 *a'])
})

test('an asterisk inside of a text is no alias', () => {
  expect(reported(`a: |\n${'  *b\n'.repeat(30)}`)).toEqual([])
})

test('aliases that stand for too much are refused', () => {
  const lists = [...'bcdefghij'].map((name, index) => {
    const alias = `*${'abcdefghij'[index]}`
    return `${name}: &${name} [${alias}, ${alias}]\n`
  })
  const items = (count: number) => Array(count).fill('x').join(', ')
  expect(reported(`a: &a [${items(15)}]\n${lists.join('')}`)).toEqual([])
  expect(reported(`a: &a [${items(30)}]\n${lists.join('')}`)).toEqual(['yaml-limit 10:8 *i'])
})

const lost: readonly (readonly [string, string, string, string])[] = [
  ['undefined', 'a: *x\n', '1:4 *x', '*x stands for nothing: no value above has the anchor &x'],
  [
    'defined below',
    'a: *x\nb: &x 1\n',
    '1:4 *x',
    '*x stands for nothing: no value above has the anchor &x',
  ],
  [
    'a glob',
    'a: *.log\n',
    '1:4 *.log',
    '*.log stands for nothing: no value above has the anchor &.log',
  ],
  ['inside of itself', 'a: &x [*x]\n', '1:8 *x', '*x stands inside of what it stands for'],
  ['in a cycle', 'a: &x {b: {c: *x}}\n', '1:15 *x', '*x stands inside of what it stands for'],
]

test.each(lost)('an alias that is %s is refused', (_, text, at, message) => {
  expect(reported(text)).toEqual([`yaml-syntax ${at}`])
  expect(load(text).findings[0]?.message).toBe(message)
})

test('a file may have 262144 bytes, not more', () => {
  const text = (bytes: number) => `a: ${'x'.repeat(bytes - 4)}\n`
  expect(reported(text(262_144))).toEqual([])
  expect(load(text(262_145)).findings).toMatchObject([
    { id: 'unreadable-file', message: 'the file has 262145 bytes; at most 262144 are read' },
  ])
})

const list = (items: number) => '- a\n'.repeat(items)
const map = (keys: number) => Array.from({ length: keys }, (_, key) => `key${key}: 1\n`).join('')

test('a file may have 20,000 values, not more', () => {
  expect(reported(list(19_999))).toEqual([])
  expect(reported(list(20_000))).toEqual(['yaml-limit 20000:3 a'])
  expect(reported(list(60_000))).toEqual(['yaml-limit 40001:3 a'])
})

test('a map may have 5,000 keys, not more', () => {
  expect(reported(map(5_000))).toEqual([])
  expect(reported(map(5_001))).toEqual(['yaml-limit 5001:1 key5000'])
  expect(reported(map(15_000))).toEqual(['yaml-limit 5001:1 key5000'])
})

test('only the first mistakes are shown, and how many more there are', () => {
  const { findings } = load('- yes\n'.repeat(300))
  expect(findings).toHaveLength(9)
  expect(findings[8]).toMatchObject({
    id: 'ambiguous-scalar',
    message: '292 more mistakes in this file from here on',
  })
  expect(reported('- yes\n'.repeat(300))[8]).toBe('ambiguous-scalar 9:3 yes')
})

const size = 262_144
const costly: Readonly<Record<string, string>> = {
  'keys of a map': map(5_000),
  'items of a list': list(19_999),
  'far too many items': list(size / 4),
  'opening brackets': '['.repeat(size),
  'opening braces': '{a: '.repeat(size / 4),
  'closing brackets': ']'.repeat(size),
  'commas in a list': `[${','.repeat(size - 1)}`,
  'explicit keys': '? '.repeat(size / 2),
  'list indicators': '- '.repeat(size / 2),
  'unclosed lists': 'a: [\n'.repeat(size / 5 - 1),
  colons: ': '.repeat(size / 2),
  'keys without a name': '  :\n'.repeat(size / 4),
  tags: '- !a b\n'.repeat(size / 7),
  anchors: `a: ${'&a '.repeat(size / 3 - 1)}`,
  aliases: '- *a\n'.repeat(size / 5),
  documents: '---\n'.repeat(size / 4),
  directives: '%a\n'.repeat(size / 3),
  comments: '#\n'.repeat(size / 2),
  quotes: '"\n'.repeat(size / 2),
  'texts side by side': `a: ${'"a" '.repeat(size / 4 - 1)}`,
  'texts over two lines': "- 'a\n  b'\n".repeat(19_000),
  'blanks in quotes': `a: "x${' \n'.repeat(size / 2 - 4)}"`,
  'bad escapes': `a: "${'\\q'.repeat(size / 2 - 3)}"`,
  tabs: `a:\n${'\tb: 1\n'.repeat(size / 6 - 1)}`,
  underscores: `a: 1.${'_'.repeat(size - 7)}x`,
  'base 60': `a: ${'1:1'.repeat(size / 3 - 2)}x`,
  'half slots': `a: ${'${'.repeat(size / 2 - 4)}} x`,
  'slots cut by colons': '- ${ab: }\n'.repeat(size / 10),
  conflicts: '<<<<<<< a\n'.repeat(size / 10),
  'control characters': '\x01'.repeat(size),
  'ambiguous scalars': '- yes\n'.repeat(19_000),
  'the same key': 'a: 1\n'.repeat(19_000),
}

test.each(Object.entries(costly))('%s by the thousand are read or refused at once', (_, text) => {
  const begin = performance.now()
  const { document, findings } = load(text)
  // At most 0.6 s on an idle machine; without the limits some take a minute.
  expect(performance.now() - begin).toBeLessThan(5_000)
  expect(findings.length).toBeLessThanOrEqual(9)
  if (document.root) toValue(document.root)
  for (const { message, help } of findings) expect(`${message}${help}`.length).toBeLessThan(300)
})

test('a long text is read whole', () => {
  const text = 'x'.repeat(200_000)
  expect(meaningOf(`a: ${text}\nb: "${text.slice(0, 50_000)}"\n`)).toEqual({
    a: text,
    b: text.slice(0, 50_000),
  })
})
