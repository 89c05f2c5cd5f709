import { expect, test } from 'vitest'
import { load, meaningOf, place, reported } from './load-text.ts'

const bytes = (...parts: readonly (string | readonly number[])[]) =>
  new Uint8Array(
    parts.flatMap((part) =>
      typeof part === 'string' ? [...new TextEncoder().encode(part)] : [...part],
    ),
  )

test('one byte order mark is taken off, and places count without it', () => {
  const { document, findings } = load(bytes([0xef, 0xbb, 0xbf], 'a: 1\nb: yes\n'))
  expect(document.source.text).toBe('a: 1\nb: yes\n')
  expect(findings.map(({ at }) => place(at))).toEqual(['2:4 yes'])
  expect(meaningOf(bytes([0xef, 0xbb, 0xbf], 'a: 1\n'))).toEqual({ a: 1 })
})

test('CRLF is read like LF, and places are right', () => {
  const text = 'a: 1\r\nb: |\r\n  x\r\n  y\r\nc: "d\r\n  e"\r\nf: g\r\n  h\r\n'
  expect(meaningOf(text)).toEqual({ a: 1, b: 'x\ny\n', c: 'd e', f: 'g h' })
  expect(reported('a: 1\r\nb: yes\r\nc: [no]\r\n')).toEqual([
    'ambiguous-scalar 2:4 yes',
    'ambiguous-scalar 3:5 no',
  ])
})

const characters: readonly (readonly [string, string, string])[] = [
  ['a carriage return alone', 'a: b\rc: d\n', 'U+000D, a carriage return alone'],
  ['NUL', 'a: b\0\n', 'U+0000, a NUL'],
  ['BEL', 'a: b\x07\n', 'U+0007, a control character'],
  ['ESC in a comment', 'a: b # \x1b[31m\n', 'U+001B, a control character'],
  ['DEL', 'a: b\x7f\n', 'U+007F, a control character'],
  ['C1', 'a: b\x85\n', 'U+0085, a control character'],
  ['RLO', 'a: b\u202e\n', 'U+202E, a control of the direction of writing'],
  ['RLI in a key', 'a\u2067: b\n', 'U+2067, a control of the direction of writing'],
  ['ALM', 'a: b\u061c\n', 'U+061C, a control of the direction of writing'],
  ['a line separator', 'a: "b\u2028"\n', 'U+2028, a line separator'],
  ['a paragraph separator', 'a: "b\u2029"\n', 'U+2029, a line separator'],
  ['a second byte order mark', 'a: b\ufeff\n', 'U+FEFF, a byte order mark inside the text'],
  ['a zero-width space', 'a: b\u200b\n', 'U+200B, an invisible character'],
  ['a zero-width joiner', 'a: b\u200d\n', 'U+200D, an invisible character'],
  ['a word joiner', 'a: b\u2060\n', 'U+2060, an invisible character'],
  ['a soft hyphen', 'a: b\u00ad\n', 'U+00AD, an invisible character'],
  ['a tag', 'a: b\u{e0041}\n', 'U+E0041, an invisible character'],
  ['a non-character', 'a: b\uffff\n', 'U+FFFF, no character'],
]

test.each(characters)('%s is refused and spelled out', (_, text, name) => {
  const { findings } = load(text)
  expect(findings).toMatchObject([{ id: 'forbidden-character', message: `the text holds ${name}` }])
  const [found] = text.match(/[^\n -~]|\u007f/u) ?? []
  const { at } = findings[0] ?? {}
  expect(at?.source.text.slice(at.start, at.end)).toBe(found)
})

test.each(['\t# tab\n', 'ä: ö\n', '订单: 下单\n', 'a: 🙂\n', 'a: \u00a0b\n', 'a: é e\u0301\n'])(
  '%j is allowed',
  (text) => {
    expect(reported(text)).toEqual([])
  },
)

const escapes: readonly (readonly [string, string])[] = [
  ['a: "\\u202e"\n', 'U+202E, a control of the direction of writing'],
  ['a: "\\e"\n', 'U+001B, a control character'],
  ['a: "\\0"\n', 'U+0000, a NUL'],
  ['a: "\\r"\n', 'U+000D, a carriage return alone'],
  ['a: "\\N"\n', 'U+0085, a control character'],
  ['a: "\\ud83d"\n', 'U+D83D, half of a character'],
  ['a: "\\U000E0041"\n', 'U+E0041, an invisible character'],
]

test.each(escapes)('%s is refused though it is written as an escape', (text, name) => {
  expect(load(text).findings).toMatchObject([
    { id: 'forbidden-character', message: `the text holds ${name}` },
  ])
})

test('escapes that stand for ordinary characters are read', () => {
  expect(meaningOf('a: "\\t\\n\\"\\\\\\/\\u00e9\\x41\\ud83d\\ude42"\n')).toEqual({
    a: '\t\n"\\/éA🙂',
  })
})

test('a bad character in a key that is written as an escape is refused', () => {
  expect(reported('"a\\u200b": 1\n')).toEqual(['forbidden-character 1:1 "a\\u200b"'])
})

test('bytes that are not UTF-8 are refused where they stand', () => {
  const { document, findings } = load(bytes('a: é\nb: caf', [0xe9], '\n'))
  expect(document.root).toBeUndefined()
  expect(findings).toMatchObject([
    { id: 'unreadable-file', message: 'the file is not UTF-8: byte 0xE9' },
  ])
  expect(place(findings[0]?.at)).toBe('2:7 \ufffd')
})

const encodings: readonly (readonly [string, Uint8Array, string])[] = [
  ['UTF-16 LE', bytes([0xff, 0xfe], 'a\0:\0'), 'the file is UTF-16, not UTF-8'],
  ['UTF-16 BE', bytes([0xfe, 0xff], '\0a\0:'), 'the file is UTF-16, not UTF-8'],
  ['an overlong slash', bytes('a', [0xc0, 0xaf]), 'the file is not UTF-8: byte 0xC0'],
  ['a surrogate', bytes('a', [0xed, 0xa0, 0x80]), 'the file is not UTF-8: byte 0xED'],
  ['a cut character', bytes('a: ', [0xef, 0xbf]), 'the file is not UTF-8: byte 0xEF'],
  ['a mark before', bytes([0xef, 0xbb, 0xbf], 'a', [0x80]), 'the file is not UTF-8: byte 0x80'],
]

test.each(encodings)('%s is refused', (_, text, message) => {
  expect(load(text).findings).toMatchObject([{ id: 'unreadable-file', message }])
})

test('UTF-16 without a mark is refused because of its NULs', () => {
  const { findings } = load(bytes('a\0:\0'))
  expect(findings[0]?.help).toBe('remove it; is the file saved as UTF-8?')
})

test('a replacement character that somebody wrote is read', () => {
  expect(meaningOf('a: \ufffd\n')).toEqual({ a: '\ufffd' })
})

test('a pointer of Git LFS is named', () => {
  const text = 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n'
  expect(load(text).findings).toMatchObject([
    {
      id: 'unreadable-file',
      message: 'the file is a pointer of Git LFS, not the YAML it points to',
    },
  ])
})

test('a merge conflict is reported once, where it begins', () => {
  const conflict = '<<<<<<< HEAD\nb: 2\n||||||| base\nb: 1\n=======\nb: 3\n>>>>>>> theirs\n'
  expect(reported(`a: 1\n${conflict}c: 1\n${conflict}`)).toEqual([
    'merge-conflict 2:1 <<<<<<<',
    'merge-conflict 10:1 <<<<<<<',
  ])
})

test.each(['=======', '>>>>>>> theirs', '|||||||', '<<<<<<<'])(
  'what is left of a conflict is found: %s',
  (line) => {
    expect(reported(`a: 1\r\n${line}\r\nb: 2\r\n`)).toEqual([
      `merge-conflict 2:1 ${line.slice(0, 7)}`,
    ])
  },
)

test('lines that only look like markers are text', () => {
  const text = 'a: |\n  =======\n  <<<<<<< x\n# ========\nb: <<<<<<<<\n'
  expect(meaningOf(text)).toEqual({ a: '=======\n<<<<<<< x\n', b: '<<<<<<<<' })
})
