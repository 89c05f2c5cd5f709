import { describe, expect, test } from 'vitest'
import { randomFrom } from '../../bench/random.ts'
import { item, orderKeys } from '../../src/edit/order.ts'
import { tryOrder } from './order-laws.ts'
import { keyOrder, randomYaml } from './random-yaml.ts'

const orders: Readonly<Record<string, readonly string[]>> = {
  '': ['a', 'b', 'c', 'list'],
  c: ['x', 'y'],
  [`list/${item}`]: ['x', 'y'],
}

function ordered(text: string): string {
  const order = (path: readonly string[]) => orders[path.join('/')] ?? []
  const result = orderKeys('f.yaml', new TextEncoder().encode(text), order)
  if ('refusal' in result) return `refused: ${result.refusal.message}`
  if ('findings' in result) return `not read: ${result.findings.map(({ id }) => id).join(' ')}`
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(result.bytes)
}

describe('keys are put in order', () => {
  test('with the comments above them and behind them', () => {
    expect(ordered('# of b\n# still\nb: 1 # one\n# of a\na: 2\n')).toBe(
      '# of a\na: 2\n# of b\n# still\nb: 1 # one\n',
    )
  })

  test('and blank lines stay where they are, as does the head of the file', () => {
    expect(ordered('# Head\n\n# of c\nc: 1\n\nb: 2\na: 3\n\n# last\n')).toBe(
      '# Head\n\na: 3\n\nb: 2\n# of c\nc: 1\n\n# last\n',
    )
    const schema = '# yaml-language-server: $schema=x.json\n'
    expect(ordered(`${schema}# of b\nb: 1\na: 2\n`)).toBe(`${schema}a: 2\n# of b\nb: 1\n`)
    expect(ordered('---\nb: 1\na: 2\n')).toBe('---\na: 2\nb: 1\n')
  })

  test('with a comment that a blank line parts from its key', () => {
    expect(ordered('c: 1\n\n# Sizes\n\nb: 2\n')).toBe('# Sizes\n\nb: 2\n\nc: 1\n')
  })

  test('in the maps within, and in those of lists', () => {
    expect(ordered('c:\n  # of y\n  y: 1\n  x: 2\n  # behind\na: 1\n')).toBe(
      'a: 1\nc:\n  x: 2\n  # of y\n  y: 1\n  # behind\n',
    )
    expect(ordered('list:\n  - y: 1\n    x: 2 # two\n  - x: 1\n    y: 2\n')).toBe(
      'list:\n  - x: 2 # two\n    y: 1\n  - x: 1\n    y: 2\n',
    )
  })

  test('in brackets, within one line and over several', () => {
    expect(ordered('c: {y: [1, 2],  x: "2"} # c\na: 1\n')).toBe(
      'a: 1\nc: {x: "2",  y: [1, 2]} # c\n',
    )
    expect(ordered('{\n  b: {},\n  a: 1,\n}\n')).toBe('{\n  a: 1,\n  b: {},\n}\n')
  })

  test('keys without a place in the order stay where they are', () => {
    expect(ordered('z: 1\nb: 2\ny: 3\na: 4\n')).toBe('z: 1\na: 4\ny: 3\nb: 2\n')
    expect(ordered('other: {y: 1, x: 2}\n')).toBe('other: {y: 1, x: 2}\n')
  })

  test('line ends, the mark and a missing line break at the end stay', () => {
    expect(ordered('\ufeffb: 1\r\na: 2')).toBe('\ufeffa: 2\r\nb: 1')
  })

  test('texts of several lines go as a whole', () => {
    const text = '  # no comment\n  x: 1\n\n  end\n'
    expect(ordered(`b: |\n${text}\na: 1\n`)).toBe(`a: 1\n\nb: |\n${text}`)
  })
})

describe('left alone are', () => {
  test.each([
    ['b: 1\na: 2', 'a: 2\nb: 1'],
    ['c: {y: 1, # of which\n  x: 2}\n', 'c: {y: 1, # of which\n  x: 2}\n'],
    ['list:\n  - y: 1\n    # of x\n    x: 2\n', 'list:\n  - y: 1\n    # of x\n    x: 2\n'],
    ['a: 1\nb: 2\nc: {x: 1, y: 2}\n', 'a: 1\nb: 2\nc: {x: 1, y: 2}\n'],
    ['', ''],
    ['# nothing\n', '# nothing\n'],
    ['- b: 1\n  a: 2\n', '- b: 1\n  a: 2\n'],
  ])('%j becomes %j', (before, after) => {
    expect(ordered(before)).toBe(after)
  })

  test('files in which an alias would stand above its anchor', () => {
    expect(ordered('b: &one 1\na: *one\n')).toBe(
      'refused: in order, an alias would stand above its anchor',
    )
    expect(ordered('c: &one {y: 1, x: 2}\nlist: *one\na: 1\n')).toBe(
      'a: 1\nc: &one {x: 2, y: 1}\nlist: *one\n',
    )
  })

  test('files in which a text would take in what follows', () => {
    expect(ordered('b: 1\n\na: |+\n  x\n')).toMatch(/^refused: .* no safe way/)
    expect(ordered('b: [\n')).toBe('not read: yaml-syntax')
  })
})

test('whatever the file looks like, it says the same in order, and comments stay with their keys', () => {
  const counts = new Map<string, number>()
  for (let seed = 1; seed <= 1500; seed += 1) {
    const text = randomYaml(randomFrom(seed))
    const { kind, wrong } = tryOrder(text, keyOrder)
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
    if (wrong !== undefined) expect.fail(`seed ${seed}: ${wrong}\n${JSON.stringify(text)}`)
  }
  expect(counts.get('ordered')).toBeGreaterThan(300)
  expect(counts.get('same')).toBeGreaterThan(300)
})
