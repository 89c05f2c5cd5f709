import { expect, test } from 'vitest'
import type { Node } from '../../src/document/node.ts'
import { load, place } from './load-text.ts'

/** Every node as `pointer: line:column text`, keys as `pointer (key): …`. */
function places(node: Node, pointer = ''): string[] {
  const own = `${pointer || '/'}: ${place(node.at)}`
  if (node.kind === 'scalar') return [own]
  if (node.kind === 'list') {
    return [own, ...node.items.flatMap((item, index) => places(item, `${pointer}/${index}`))]
  }
  return [
    own,
    ...[...node.entries.values()].flatMap(({ key, keyAt, value }) => [
      `${pointer}/${key} (key): ${place(keyAt)}`,
      ...places(value, `${pointer}/${key}`),
    ]),
  ]
}

const texts: readonly (readonly [string, string, readonly string[]])[] = [
  [
    'block',
    'a: 1\nb:\n  c: "x y" # comment\n  # more\n\nd: e f\n',
    [
      '/: 1:1 a: 1\nb:\n  c: "x y" # comment\n  # more\n\nd: e f',
      '/a (key): 1:1 a',
      '/a: 1:4 1',
      '/b (key): 2:1 b',
      '/b: 3:3 c: "x y"',
      '/b/c (key): 3:3 c',
      '/b/c: 3:6 "x y"',
      '/d (key): 6:1 d',
      '/d: 6:4 e f',
    ],
  ],
  [
    'flow',
    'a: {b: [1, "2" , c: d ], "e" : f} # x\n',
    [
      '/: 1:1 a: {b: [1, "2" , c: d ], "e" : f}',
      '/a (key): 1:1 a',
      '/a: 1:4 {b: [1, "2" , c: d ], "e" : f}',
      '/a/b (key): 1:5 b',
      '/a/b: 1:8 [1, "2" , c: d ]',
      '/a/b/0: 1:9 1',
      '/a/b/1: 1:12 "2"',
      '/a/b/2: 1:18 c: d',
      '/a/b/2/c (key): 1:18 c',
      '/a/b/2/c: 1:21 d',
      '/a/e (key): 1:26 "e"',
      '/a/e: 1:32 f',
    ],
  ],
  [
    'lists',
    '- a\n-  - b\n   -\n- c: d\n  e:\n# end\n',
    [
      '/: 1:1 - a\n-  - b\n   -\n- c: d\n  e:',
      '/0: 1:3 a',
      '/1: 2:4 - b\n   -',
      '/1/0: 2:6 b',
      '/1/1: 3:5',
      '/2: 4:3 c: d\n  e:',
      '/2/c (key): 4:3 c',
      '/2/c: 4:6 d',
      '/2/e (key): 5:3 e',
      '/2/e: 5:5',
    ],
  ],
  [
    'texts over several lines',
    'a: |\n  x\n\n  y\n\nb: >-\n  z\nc: "p\n  q"\nd: r\n  s\n',
    [
      '/: 1:1 a: |\n  x\n\n  y\n\nb: >-\n  z\nc: "p\n  q"\nd: r\n  s',
      '/a (key): 1:1 a',
      '/a: 1:4 |\n  x\n\n  y',
      '/b (key): 6:1 b',
      '/b: 6:4 >-\n  z',
      '/c (key): 8:1 c',
      '/c: 8:4 "p\n  q"',
      '/d (key): 10:1 d',
      '/d: 10:4 r\n  s',
    ],
  ],
  [
    'an alias has the place of its anchor, its key one of its own',
    'a: &x 1\nb: *x\n',
    ['/: 1:1 a: &x 1\nb: *x', '/a (key): 1:1 a', '/a: 1:7 1', '/b (key): 2:1 b', '/b: 1:7 1'],
  ],
  [
    'an emoji is one column',
    '"🙂": {"🙂": 🙂, b: 1}\n',
    [
      '/: 1:1 "🙂": {"🙂": 🙂, b: 1}',
      '/🙂 (key): 1:1 "🙂"',
      '/🙂: 1:6 {"🙂": 🙂, b: 1}',
      '/🙂/🙂 (key): 1:7 "🙂"',
      '/🙂/🙂: 1:12 🙂',
      '/🙂/b (key): 1:15 b',
      '/🙂/b: 1:18 1',
    ],
  ],
]

test.each(texts)('%s', (_, text, expected) => {
  const { root } = load(text).document
  expect(root && places(root)).toEqual(expected)
})

test.each(texts)('with CRLF: %s', (_, text, expected) => {
  const { root } = load(text.replaceAll('\n', '\r\n')).document
  expect(root && places(root).map((line) => line.replaceAll('\r', ''))).toEqual(expected)
})

test('a scalar keeps its text as written, and whether it was plain', () => {
  const { root } = load("- 1.10\n- '1.10'\n- true\n-\n- |\n  a\n- ${b}\n").document
  const items = root?.kind === 'list' ? root.items : []
  expect(
    items.map((item) => item.kind === 'scalar' && [item.value, item.text, item.plain]),
  ).toEqual([
    [1.1, '1.10', true],
    ['1.10', "'1.10'", false],
    [true, 'true', true],
    [null, '', true],
    ['a\n', '|\n  a', false],
    ['${b}', '${b}', true],
  ])
})
