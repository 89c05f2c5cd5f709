import { expect, test } from 'vitest'
import { load, meaningOf, place } from './load-text.ts'

/** A text, what is said about it, where, and the cure. */
const mistakes: readonly (readonly [string, string, string, string?])[] = [
  // Expressions that YAML cuts.
  [
    'x: ${a ? b : c}\ny: 1\n',
    'an expression that holds ": " must be quoted',
    '1:4 ${a ? b : c}',
    'put the expression in double quotes: "${a ? b : c}"',
  ],
  [
    'x: ${a ? "b" : c} # why\n',
    'an expression that holds ": " must be quoted',
    '1:4 ${a ? "b" : c}',
    'put the expression in double quotes, with single quotes inside it',
  ],
  [
    '- ${a ? b : c}\n',
    'an expression that holds ": " must be quoted',
    '1:3 ${a ? b : c}',
    'put the expression in double quotes: "${a ? b : c}"',
  ],
  [
    'x: ${a ?\n  b : c}\n',
    'an expression that holds ": " must be quoted',
    '1:4 ${a ?',
    'put the expression in double quotes',
  ],
  [
    'x: [1, ${a}]\n',
    'an expression inside [ ] or { } must be quoted',
    '1:8 ${a}',
    'put the expression in double quotes: "${a}"',
  ],
  [
    'x: {y: ${a.b}, z: 1}\nw: 2\n',
    'an expression inside [ ] or { } must be quoted',
    '1:8 ${a.b}',
    'put the expression in double quotes: "${a.b}"',
  ],
  [
    'x: ${a #b}\n',
    'an expression that holds " #" must be quoted',
    '1:4 ${a',
    'put the expression in double quotes',
  ],
  // Quotes and brackets.
  [
    'a: 1\nb: "x\nc: 2\n',
    'a text that begins with " does not end with one',
    '2:4 "x',
    'close it with "',
  ],
  [
    "a: 'x\r\nb: 1\r\n",
    "a text that begins with ' does not end with one",
    "1:4 'x",
    "close it with '",
  ],
  [
    'a: "x\nb: "y"\n',
    'a text that begins with " does not end with one',
    '1:4 "x',
    'close it with ", and indent the lines between further than the key before',
  ],
  [
    'a: "x\n  b: "y"\nc: 1\n',
    'y" is not expected here',
    '2:7 y"',
    'is a " missing at the end of that line?',
  ],
  ['a: "b" c\n', '"c" is not expected here', '1:8 c', 'write \\" for a quote inside the text'],
  ["a: 'it's'\n", '"s\'" is not expected here', "1:8 s'", "write '' for a quote inside the text"],
  [
    'a: [1, 2\nb: 3\n',
    '[ is not closed',
    '1:4 [',
    'close it with ], and indent the lines between further than the key before',
  ],
  [
    'a: [\n  b,\nc]\n',
    '[ is not closed',
    '1:4 [',
    'close it with ], and indent the lines between further than the key before',
  ],
  ['a: {x: 1\n', '{ is not closed', '1:4 {', 'close it with }'],
  [
    'a: [#trade]\n',
    'a space is missing before "#"',
    '1:5 #trade]',
    'add it, or quote the value if "#" belongs to it',
  ],
  ['a: [b, #c]\n', '[ is not closed', '1:4 [', 'quote what begins with "#": it is a comment'],
  ['a: [1, 2]]\n', '"]" is not expected here', '1:10 ]'],
  ['a: [1,, 2]\n', 'a comma without a value before it', '1:7 ,', 'remove it'],
  ['a: ["x" "y"]\n', 'a comma is missing before this', '1:9 "'],
  [
    'a: "\\q"\n',
    '\\q means nothing in double quotes',
    '1:5 \\q',
    'write \\\\q for a backslash, or use single quotes',
  ],
  // Colons.
  ['a: b: c\n', 'a value without quotes cannot hold ": "', '1:4 b: c', 'quote it: "b: c"'],
  ['a: b: c # d\n', 'a value without quotes cannot hold ": "', '1:4 b: c', 'quote it: "b: c"'],
  [
    'a: 1\nb\nc: 2\n',
    '"b" is no key: ": " is missing',
    '2:1 b',
    'add the colon, or indent the line if it continues the one above',
  ],
  [
    'a:b\nc: d\n',
    '"a:b" is no key: ": " is missing',
    '1:1 a:b',
    'write "a: b", with a space after the colon',
  ],
  ['a: {b:1}\n', 'the key "b:1" has no value', '1:5 b:1', 'write "b: 1"'],
  ['a: {b, c: 1}\n', 'the key "b" has no value', '1:5 b', 'write "b: …"'],
  ['? a\n', 'the key "a" has no value', '1:3 a', 'write "a: …"'],
  [': a\n', 'there is no key before the ":"', '1:1'],
  // Indentation.
  ['a:\n\tb: 1\n', 'a tab is no indentation', '2:1', 'indent with spaces'],
  [
    'a: 1\n  b: 2\n',
    '"b" is indented as if it continued the value above',
    '2:3 b',
    'indent it like the key above, or quote the value if all of it is one text',
  ],
  [
    'a:\n  b: 1\n c: 2\n',
    'this line is indented differently from those it belongs to',
    '3:2 c: 2',
    'indent the keys of a map, and the items of a list, alike',
  ],
  [
    'a:\n  - b\n - c\n',
    'this line is indented differently from those it belongs to',
    '3:2 - c',
    'indent the keys of a map, and the items of a list, alike',
  ],
  [
    'a:\n- b\n - c\n',
    'a list item here continues the text above it',
    '2:3 b\n - c',
    'indent the items of a list alike, or quote the text',
  ],
  [
    'a: - b\n',
    'a list cannot begin on the line of its key',
    '1:4 -',
    'begin it on the next line; quote the value if it is a text',
  ],
  [
    'a: 1\n- b\n',
    'a list item stands among the keys of a map',
    '2:1 -',
    'indent it under the key that it belongs to',
  ],
  [
    '- a\nb: 1\n',
    '"b" is not expected here',
    '2:1 b',
    'is it indented like the lines it belongs to?',
  ],
  [
    'a: |x\n  y\n',
    'a text cannot begin on the line of | or >',
    '1:5 x',
    'begin it on the next line',
  ],
  // Characters that mean something to YAML.
  ['a: @x\n', 'a value without quotes cannot begin with @', '1:4 @', 'put the value in quotes'],
  ['a: %x\n', 'a value without quotes cannot begin with %', '1:4 %', 'put the value in quotes'],
  ['a: ? b\n', 'a value cannot begin with "? "', '1:4 ?', 'quote it'],
  [
    'a: "x"#y\n',
    'a space is missing before "#"',
    '1:7 #y',
    'add it, or quote the value if "#" belongs to it',
  ],
  ['a: &x &y b\n', 'a value cannot have two anchors', '1:7 &y', 'remove one'],
  ['a: & b\n', '& and * need a name', '1:4 &', 'quote the value if it begins with one'],
  [
    'a: *x: b\n',
    'the name of an anchor or alias ends in ":"',
    '1:6 :',
    'put a space before the colon',
  ],
]

for (const [text, message, at, help] of mistakes) {
  test(JSON.stringify(text), () => {
    const { document, findings } = load(text)
    expect(document.root).toBeUndefined()
    expect(findings.map((finding) => [finding.message, place(finding.at), finding.help])).toEqual([
      [message, at, help],
    ])
    expect(findings[0]?.id).toBe('yaml-syntax')
  })
}

const wellFormed: readonly (readonly [string, unknown])[] = [
  ['x: "${a ? b : c}"\n', { x: '${a ? b : c}' }],
  ['x: \'${a ? "b" : c}\'\n', { x: '${a ? "b" : c}' }],
  ['x: ${a.b} and ${c}\n', { x: '${a.b} and ${c}' }],
  ['x: ${a} # comment\n', { x: '${a}' }],
  ['x: $${a\n', { x: '$${a' }],
  ['${a}: b\n', { '${a}': 'b' }],
  ['a: "x\n  y"\n', { a: 'x y' }],
  ['a:\n  - "x\n    y"\n', { a: ['x y'] }],
  ['a: {b: "x\n  y"}\n', { a: { b: 'x y' } }],
  ['"x\ny"\n', 'x y'],
  ['a: b\n  c\n', { a: 'b c' }],
  ['a: [\n  b,\n]\n', { a: ['b'] }],
  ['a:\n- b\n- c\n', { a: ['b', 'c'] }],
  ['a: http://b:80/c\n', { a: 'http://b:80/c' }],
  ['a: b#c\n', { a: 'b#c' }],
  ['a: # comment\n  b: 1\n', { a: { b: 1 } }],
  ['a:\n  #b: 1\nc: 1\n', { a: null, c: 1 }],
  ["a: 'it''s'\n", { a: "it's" }],
  ['a: b -c - d\n', { a: 'b -c - d' }],
  ['a: |-\n  - b\n  - c\n', { a: '- b\n- c' }],
  ['a: >\n  b\n  c\n\n  d\n', { a: 'b c\nd\n' }],
  ['{"a":1,"b":[true,null]}\n', { a: 1, b: [true, null] }],
]

test.each(wellFormed)('%j is well-formed', (text, meaning) => {
  expect(meaningOf(text)).toEqual(meaning)
})

test('a comment glued to its sign is refused where the value is empty', () => {
  const { findings } = load('a: #trade\nb: # nothing\nc: #\n')
  expect(findings).toMatchObject([
    {
      id: 'ambiguous-scalar',
      message: '#trade is a comment, the value is empty',
      help: 'quote it if it is a text: "#trade"; or put a space after the "#"',
    },
  ])
})

test('the place where a bracket was expected is a note', () => {
  const { findings } = load('a: [1,\n  2\nb: 3\n')
  expect(findings[0]?.notes?.map(({ message, at }) => [message, place(at)])).toEqual([
    ['] was expected before this', '3:1 b'],
  ])
})

test.each([2, 20, 100])(
  'a bracket not closed before a block of %d lines is one mistake',
  (lines) => {
    const { findings } = load(`a:\n  b: [x\n${'    c:\n      d: 1\n'.repeat(lines / 2)}`)
    expect(findings.map(({ message, at }) => [message, place(at)])).toEqual([
      ['[ is not closed', '2:6 ['],
    ])
  },
)

test('mistakes in different lines are all told, those in one line once', () => {
  const { findings } = load('a: @x @y\nb: {c: `d, e: `f}\ng: "\\q \\w"\n')
  expect(findings.map(({ at }) => place(at))).toEqual(['1:4 @', '2:8 `', '3:5 \\q'])
})

test('a file full of mistakes is told in a few words', () => {
  const { findings } = load('a: "b" c\n'.repeat(1_000))
  expect(findings).toHaveLength(9)
  expect(findings[8]?.message).toMatch(/^\d+ more mistakes in this file from here on$/)
})
