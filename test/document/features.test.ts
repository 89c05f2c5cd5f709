import { expect, test } from 'vitest'
import { load, meaningOf, place, reported } from './load-text.ts'

const refused: readonly (readonly [string, string, readonly string[]])[] = [
  ['a tag', 'a: !foo b\n', ['yaml-feature 1:4 !foo']],
  ['a core tag', 'a: !!str 1\n', ['yaml-feature 1:4 !!str']],
  ['a tag of a map', 'a: !!map {}\n', ['yaml-feature 1:4 !!map']],
  ['a tag of a block', 'a: !!set\n  b:\n', ['yaml-feature 1:4 !!set']],
  ['the tag of a key', '!!str a: 1\n', ['yaml-feature 1:1 !!str']],
  ['a tag without a name', '! a\n', ['yaml-feature 1:1 !']],
  [
    'a verbatim tag',
    'a: !<tag:yaml.org,2002:str> b\n',
    ['yaml-feature 1:4 !<tag:yaml.org,2002:str>'],
  ],
  ['code as a tag', 'a: !!js/function "x"\n', ['yaml-feature 1:4 !!js/function']],
  ['a version', '%YAML 1.1\n---\na: 1\n', ['yaml-feature 1:1 %YAML 1.1']],
  ['a tag directive', '%TAG ! tag:x,2000:\n---\na: 1\n', ['yaml-feature 1:1 %TAG ! tag:x,2000:']],
  ['a second document', 'a: 1\n---\nb: 2\n', ['yaml-feature 2:1 ---']],
  ['a third document', '---\na: 1\n---\nb: 2\n---\nc: 3\n', ['yaml-feature 3:1 ---']],
  ['an empty second document', 'a: 1\n---\n', ['yaml-feature 2:1 ---']],
  ['an empty first document', '---\n---\na: 1\n', ['yaml-feature 2:1 ---']],
  ['the end of a document', 'a: 1\n...\n', ['yaml-feature 2:1 ...']],
  ['a document after the end', 'a: 1\n...\n%YAML 1.1\n---\nb: 1\n', ['yaml-feature 2:1 ...']],
  ['a merge key', 'a: &a {b: 1}\nc:\n  <<: *a\n', ['yaml-feature 3:3 <<']],
  ['a quoted merge key', '"<<": {b: 1}\n', ['yaml-feature 1:1 "<<"']],
  ['a map as a key', '{a: 1}: b\n', ['yaml-feature 1:1 {a: 1}']],
  ['a list as a key', '? [a]\n: b\n', ['yaml-feature 1:3 [a]']],
  ['an alias as a key', 'a: &a b\n*a : c\n', ['yaml-feature 2:1 *a']],
  ['a block as a key', '? |\n  a\n: b\n', ['yaml-feature 1:3 |\n  a']],
  ['a template of another tool', 'a: {{ .Values.b }}\n', ['yaml-feature 1:5 { .Values.b }']],
  ['an anchor given twice', 'a: &x 1\nb: [&x 2]\n', ['yaml-feature 2:5 &x']],
  ['an anchor inside of itself', 'a: &x\n  b: &x 1\n', ['yaml-feature 2:6 &x']],
  ['the anchor of a key', '&a b: c\n', ['yaml-feature 1:4 b']],
]

test.each(refused)('%s is refused', (_, text, expected) => {
  expect(reported(text)).toEqual(expected)
})

const read: readonly (readonly [string, string, unknown])[] = [
  ['a document mark at the top', '# comment\n---\na: 1\n', { a: 1 }],
  ['an exclamation mark inside', 'a: b!c\nd: "!e"\nf: |\n  !g\n', { a: 'b!c', d: '!e', f: '!g\n' }],
  ['a per cent sign inside', 'a: 25%\nb: |\n  %c\n', { a: '25%', b: '%c\n' }],
  [
    'dots and dashes inside',
    'a: ...\nb: ---\nc: |\n  ---\n  ...\n',
    { a: '...', b: '---', c: '---\n...\n' },
  ],
  ['a key with a question mark', '? a\n: b\n', { a: 'b' }],
  ['a quoted key', '"a b": 1\n\'c\': 2\n"": 3\n', { 'a b': 1, c: 2, '': 3 }],
  [
    'an alias',
    'a: &x {b: [1]}\nc: *x\nd: [*x]\n',
    { a: { b: [1] }, c: { b: [1] }, d: [{ b: [1] }] },
  ],
  ['an alias of null', 'a: &x\nb: *x\n', { a: null, b: null }],
  ['a scalar at the top', 'text\n', 'text'],
  ['null at the top', 'null\n', null],
]

test.each(read)('%s is read', (_, text, value) => {
  expect(meaningOf(text)).toEqual(value)
})

test.each(['', '\n\n', '# comment\n', '---\n', '--- # comment\n', '\ufeff', '   '])(
  'a file that holds only %j is empty',
  (text) => {
    const { document, findings } = load(text)
    expect(findings).toEqual([])
    expect(document).toMatchObject({ root: undefined, empty: true })
  },
)

test('a file that is refused is not empty', () => {
  expect(load('a: yes\n').document).toMatchObject({ root: undefined, empty: false })
})

const keys: readonly (readonly [string, string, string, string])[] = [
  ['plainly', 'a: 1\nb: 2\na: 3\n', '3:1 a', '1:1 a'],
  ['in a flow map', 'x: {a: 1, a: 2}\n', '1:11 a', '1:5 a'],
  ['in quotes', 'a: 1\n"a": 2\n', '2:1 "a"', '1:1 a'],
  ['by an escape', 'a: 1\n"\\x61": 2\n', '2:1 "\\x61"', '1:1 a'],
  ['as number and text', '1: a\n"1": b\n', '2:1 "1"', '1:1 1'],
  ['as boolean and text', "true: a\n'true': b\n", "2:1 'true'", '1:1 true'],
  ['composed and decomposed', 'é: 1\ne\u0301: 2\n', '2:1 e\u0301', '1:1 é'],
  ['decomposed and composed', 'e\u0301: 1\né: 2\n', '2:1 é', '1:1 e\u0301'],
]

test.each(keys)('a key that stands twice is refused: %s', (_, text, second, first) => {
  const { findings } = load(text)
  expect(findings).toMatchObject([{ id: 'duplicate-key', help: 'remove one of the two' }])
  expect(place(findings[0]?.at)).toBe(second)
  expect(findings[0]?.notes?.map(({ at }) => place(at))).toEqual([first])
})

test('keys that differ are kept in their order', () => {
  const { document } = load('b: 1\na: 2\nA: 3\n10: 4\n9: 5\n')
  const { root } = document
  expect(root?.kind === 'map' && [...root.entries.keys()]).toEqual(['b', 'a', 'A', '10', '9'])
})

test.each(['__proto__', 'constructor', 'prototype', 'hasOwnProperty'])(
  'the key %s is refused',
  (key) => {
    expect(reported(`a: {${key}: 1}\n`)).toEqual([`forbidden-key 1:5 ${key}`])
    expect(reported(`"${key.replace('o', '\\x6f')}": 1\n`)).toHaveLength(1)
    expect(meaningOf(`a: ${key}\n`)).toEqual({ a: key })
  },
)

test.each(['toString', '__proto', 'Constructor', 'valueOf'])('the key %s is read', (key) => {
  expect(meaningOf(`${key}: 1\n`)).toEqual({ [key]: 1 })
})
