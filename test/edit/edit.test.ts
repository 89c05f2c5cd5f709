import { describe, expect, test } from 'vitest'
import type { Value } from '../../src/document/node.ts'
import { editDocument } from '../../src/edit/edit.ts'

const encoder = new TextEncoder()
const order = ['description', 'owner', 'cpu', 'memory', 'replicas', 'env', 'environments']

/** What a text becomes when a value is written at a dotted path, or taken away. */
function edited(text: string, path: string, value: Value | undefined, keys = order): string {
  const edits = [{ path: path.split('.'), value }]
  const result = editDocument('file.yaml', encoder.encode(text), edits, (above) =>
    above.length === 0 ? keys : [],
  )
  if ('bytes' in result) return new TextDecoder('utf-8', { ignoreBOM: true }).decode(result.bytes)
  const [first] = 'refusal' in result ? [result.refusal] : result.findings
  return `refused at ${first?.at?.start}: ${first?.message}`
}

type Row = readonly [string, string, string, Value | undefined, string]

describe('a value in place of another', () => {
  const rows: readonly Row[] = [
    ['keeps the comment', 'a: 1 # one\nb: 2\n', 'a', 3, 'a: 3 # one\nb: 2\n'],
    ['keeps double quotes', 'a: "x"\n', 'a', 'k z', 'a: "k z"\n'],
    ['keeps single quotes', "a: 'x'\n", 'a', "it's", "a: 'it''s'\n"],
    ['stays plain', 'a: some words\n', 'a', 'others: none', 'a: "others: none"\n'],
    ['stays plain where it may', 'a: some words\n', 'a', 'other words', 'a: other words\n'],
    ['is quoted where readers differ', 'a: b\n', 'a', 'on', 'a: "on"\n'],
    ['is quoted where it would be a number', 'a: b\n', 'a', '0123', 'a: "0123"\n'],
    ['is quoted where YAML 1.1 sees a date', 'a: b\n', 'a', '2024-01-01', 'a: "2024-01-01"\n'],
    ['stays plain for a quantity', 'cpu: 500m\n', 'cpu', '2Gi', 'cpu: 2Gi\n'],
    ['loses quotes as a number', 'a: "1"\n', 'a', 2, 'a: 2\n'],
    ['keeps its anchor', 'a: &x 1\n', 'a', 2, 'a: &x 2\n'],
    ['keeps CRLF', 'a: 1\r\nb: 2\r\n', 'a', 3, 'a: 3\r\nb: 2\r\n'],
    ['without a final newline', 'b: 2\na: 1', 'a', 3, 'b: 2\na: 3'],
    ['with a byte order mark', '\ufeffa: 1\n', 'a', 3, '\ufeffa: 3\n'],
    ['in brackets', '{a: 1, b: [x]}\n', 'a', 'p, q', '{a: "p, q", b: [x]}\n'],
    ['on the next line', 'a:\n  one # c\nb: 1\n', 'a', 'two', 'a:\n  two # c\nb: 1\n'],
    ['where nothing was', 'a: # c\nb: 1\n', 'a', 2, 'a: 2 # c\nb: 1\n'],
    ['behind a blank that waits', 'a: {b: , c: }\n', 'a.c', { x: 1 }, 'a: {b: , c: {x: 1}}\n'],
    ['where null was', 'a: ~\n', 'a', 2, 'a: 2\n'],
    ['null where something was', 'a: 2 # c\n', 'a', null, 'a: null # c\n'],
    ['in several lines', 'a: one\n  two\nb: 1\n', 'a', 'x', 'a: x\nb: 1\n'],
    ['in quotes over lines', 'a: "one\n  two" # c\nb: 1\n', 'a', 'x', 'a: "x" # c\nb: 1\n'],
    ['a literal', 'a: | # c\n   x\n   k\nb: 1\n', 'a', 'p\nq\n', 'a: | # c\n   p\n   q\nb: 1\n'],
    ['a literal by a word', 'a: |-\n   x\n   k\n\nb: 1\n', 'a', 'p', 'a: p\n\nb: 1\n'],
    ['a word by a literal', 'a: p # c\nb: 1\n', 'a', 'x\ny\n', 'a: | # c\n  x\n  y\nb: 1\n'],
    [
      'lines above comments far to the right',
      'a:\n - x\n\n   # c\nb: 1\n',
      'a',
      'p\nq\n',
      'a: "p\\nq\\n"\n\n   # c\nb: 1\n',
    ],
    ['lines within quotes', 'a: "p"\n', 'a', 'x\ny\n', 'a: "x\\ny\\n"\n'],
    ['a number by a map', 'a: 1 # c\nb: 1\n', 'a', { x: 2 }, 'a: # c\n  x: 2\nb: 1\n'],
    ['nothing by a map', 'a: # c\nb: 1\n', 'a', { x: 2 }, 'a: # c\n  x: 2\nb: 1\n'],
    ['a map by a number', 'a: # c\n  x: 1\n  k: 2 # d\nb: 1\n', 'a', 5, 'a: 5 # c\nb: 1\n'],
    ['a map by nothing', 'a:\n  x: 1\nb: 1\n', 'a', {}, 'a: {}\nb: 1\n'],
    [
      'a map by a map, key by key',
      'a:\n    x: 1 # one\n    # and\n    k: 2\nb: 1\n',
      'a',
      { x: 3, z: 4 },
      'a:\n    x: 3 # one\n    # and\n    z: 4\nb: 1\n',
    ],
    ['deep within', 'a: {b: {c: 1}, d: 2}\n', 'a.b.c', 'x', 'a: {b: {c: x}, d: 2}\n'],
    ['nothing where it says so', 'a: 1.0\n', 'a', 1, 'a: 1.0\n'],
  ]
  test.each(rows)('%s', (_, before, path, value, after) => {
    expect(edited(before, path, value)).toBe(after)
  })
})

describe('a list in place of a list', () => {
  const rows: readonly Row[] = [
    ['one more', 'a: [x, k] # c\n', 'a', ['x', 'k', 'z'], 'a: [x, k, z] # c\n'],
    ['one more first', 'a: [x, k]\n', 'a', ['w', 'x', 'k'], 'a: [w, x, k]\n'],
    ['one less', 'a: [x, "k", z]\n', 'a', ['x', 'z'], 'a: [x, z]\n'],
    ['the last one less', 'a: [x, "k"]\n', 'a', ['x'], 'a: [x]\n'],
    ['another one', 'a: [x, "k"]\n', 'a', ['x', 'z'], 'a: [x, "z"]\n'],
    ['none', 'a: [x, "k"]\n', 'a', [], 'a: []\n'],
    [
      'dashes: one more',
      'a:\n- x # c\n- k\nb: 1\n',
      'a',
      ['x', 'k', 'z'],
      'a:\n- x # c\n- k\n- z\nb: 1\n',
    ],
    ['dashes: one less', 'a:\n  - x # c\n  - k\nb: 1\n', 'a', ['k'], 'a:\n  - k\nb: 1\n'],
    ['dashes: none', 'a:\n  - x # c\n  - k\nb: 1\n', 'a', [], 'a: []\nb: 1\n'],
    [
      'dashes: all others',
      'a:\n  - x\nb: 1\n',
      'a',
      [{ p: 1, q: 2 }],
      'a:\n  - p: 1\n    q: 2\nb: 1\n',
    ],
    ['first of all', 'a:\nb: 1\n', 'a', ['x'], 'a: [x]\nb: 1\n'],
    ['as lists are here', 'a:\nb:\n- 1\n', 'a', ['x'], 'a:\n- x\nb:\n- 1\n'],
  ]
  test.each(rows)('%s', (_, before, path, value, after) => {
    expect(edited(before, path, value)).toBe(after)
  })
})

describe('a new key', () => {
  const rows: readonly Row[] = [
    [
      'at its place',
      'cpu: 1\nreplicas: 2\n',
      'memory',
      '1Gi',
      'cpu: 1\nmemory: 1Gi\nreplicas: 2\n',
    ],
    ['before the first', '# top\ncpu: 1\n', 'owner', 'x', '# top\nowner: x\ncpu: 1\n'],
    ['at the end', 'cpu: 1\n# end\n', 'other', true, 'cpu: 1\nother: true\n# end\n'],
    [
      'behind comments of a block',
      'a:\n  b: 1\n  # c\nz: 1\n',
      'a.d',
      2,
      'a:\n  b: 1\n  d: 2\n  # c\nz: 1\n',
    ],
    [
      'not among comments',
      'cpu: {}\nenv:\n  b: 1\n  # c\n',
      'other',
      1,
      'cpu: {}\nenv:\n  b: 1\n  # c\nother: 1\n',
    ],
    [
      'behind an alias of a literal that keeps',
      'a:\n  b: &x |+\n    p\n\n  c: *x\n\nz: 1\n',
      'a',
      2,
      'a: 2\n\nz: 1\n',
    ],
    ['without a final newline', 'cpu: 1', 'memory', '1Gi', 'cpu: 1\nmemory: 1Gi'],
    ['with CRLF', 'cpu: 1\r\n', 'memory', '1Gi', 'cpu: 1\r\nmemory: 1Gi\r\n'],
    ['in an empty file', '', 'a.b', 1, 'a:\n  b: 1\n'],
    ['below comments', '# c\n', 'a', 1, '# c\na: 1\n'],
    ['below a comment without a newline', '# c', 'a', 1, '# c\na: 1'],
    ['in brackets', 'a: {x: 1}\n', 'a.k', 2, 'a: {x: 1, k: 2}\n'],
    ['in wide brackets', 'a: { x: 1 }\n', 'a.k', 2, 'a: { x: 1, k: 2 }\n'],
    ['in empty brackets', 'a: {}\n', 'a.k', 2, 'a: {k: 2}\n'],
    [
      'in empty brackets of wide ones',
      'b: { x: 1 }\na: {}\n',
      'a.k',
      2,
      'b: { x: 1 }\na: { k: 2 }\n',
    ],
    ['with parents in brackets', 'a: {r: {}}\n', 'a.r.z.i', 'x', 'a: {r: {z: {i: x}}}\n'],
    [
      'in brackets over lines',
      'a: {\n  x: 1, # c\n  k: 2 # d\n}\n',
      'a.z',
      3,
      'a: {\n  x: 1, # c\n  k: 2, # d\n  z: 3\n}\n',
    ],
    ['behind a final comma', 'a: {\n  x: 1, # c\n}\n', 'a.z', 3, 'a: {\n  x: 1, # c\n  z: 3,\n}\n'],
    ['as JSON', '{"a": 1}\n', 'b', { c: 'x' }, '{"a": 1, "b": {c: x}}\n'],
    [
      'with quotes as its siblings',
      'env: {A: "x:1", B: "1"}\n',
      'env.C',
      'k',
      'env: {A: "x:1", B: "1", C: "k"}\n',
    ],
    ['below a key with nothing', 'a: # c\nb: 1\n', 'a.x', 1, 'a: # c\n  x: 1\nb: 1\n'],
    ['indented as elsewhere', 'a:\n    b: 1\nc:\n', 'c.d', 1, 'a:\n    b: 1\nc:\n    d: 1\n'],
    ['with a key that needs quotes', 'a: 1\n', 'on', 1, 'a: 1\n"on": 1\n'],
    ['behind a literal that keeps', 'a: |+\n  x\n\nz: 1\n', 'a1', 2, 'a: |+\n  x\n\nz: 1\na1: 2\n'],
    ['leaves as leaves are', 'a: {x: 1}\nr:\n', 'r.s', { k: 1 }, 'a: {x: 1}\nr:\n  s: {k: 1}\n'],
  ]
  test.each(rows)('%s', (_, before, path, value, after) => {
    expect(edited(before, path, value)).toBe(after)
  })
  test('goes behind the blank lines that a literal keeps', () => {
    expect(edited('cpu: |+\n  x\n\nreplicas: 1\n', 'memory', 2)).toBe(
      'cpu: |+\n  x\n\nmemory: 2\nreplicas: 1\n',
    )
  })
})

describe('a key less', () => {
  const gone = (text: string, path: string) => edited(text, path, undefined)
  const rows: readonly (readonly [string, string, string, string])[] = [
    ['with its comment', 'a: 1 # c\nb: 2\n', 'a', 'b: 2\n'],
    ['but not those above', '# c\na: 1\nb: 2\n', 'a', '# c\nb: 2\n'],
    ['with its block', 'a:\n  x: 1\n  # c\nb: 2\n', 'a', 'b: 2\n'],
    ['the last in the file', 'b: 2\na: 1\n', 'a', 'b: 2\n'],
    ['the last without a newline', 'b: 2\na: 1', 'a', 'b: 2'],
    ['between blank lines', 'b: 2\n\na: 1\n\nc: 3\n', 'a', 'b: 2\n\nc: 3\n'],
    ['behind a blank line at the end', 'b: 2\n\na: 1\n', 'a', 'b: 2\n'],
    ['of a group', 'b: 2\n\na: 1\nc: 3\n', 'a', 'b: 2\n\nc: 3\n'],
    ['the only one of a map', 'a: # c\n  x: 1\nb: 2\n', 'a.x', 'a: {} # c\nb: 2\n'],
    ['the only one of a file', '# c\na: 1\n', 'a', '# c\n{}\n'],
    ['in brackets', 'a: {x: 1, k: 2, z: 3}\n', 'a.k', 'a: {x: 1, z: 3}\n'],
    ['first in brackets', 'a: {x: 1, k: 2}\n', 'a.x', 'a: {k: 2}\n'],
    ['last in brackets', 'a: {x: 1, k: 2}\n', 'a.k', 'a: {x: 1}\n'],
    ['last in brackets, over lines', 'a: {x: 1, k: [\n  1, # c\n  2\n  ]}\n', 'a.k', 'a: {x: 1}\n'],
    ['only one in brackets', 'a: { x: 1 }\n', 'a.x', 'a: {}\n'],
    [
      'on its line in brackets',
      'a: {\n  x: 1, # c\n  k: 2 # d\n}\n',
      'a.k',
      'a: {\n  x: 1 # c\n}\n',
    ],
    ['first on its line', 'a: {\n  x: 1, # c\n  k: 2 # d\n}\n', 'a.x', 'a: {\n  k: 2 # d\n}\n'],
    ['that was an alias', 'a: &x 1\nb: *x # c\nc: 2\n', 'b', 'a: &x 1\nc: 2\n'],
    ['that was not there', 'a: 1\n', 'b.c', 'a: 1\n'],
    ['with CRLF', 'a: 1\r\nb: 2\r\nc: 3\r\n', 'b', 'a: 1\r\nc: 3\r\n'],
  ]
  test.each(rows)('%s', (_, before, path, after) => {
    expect(gone(before, path)).toBe(after)
  })
})

describe('what cannot be edited safely is refused', () => {
  const rows: readonly (readonly [string, string, string, Value | undefined, string])[] = [
    [
      'an alias',
      'a: &x {c: 1}\nb: *x\n',
      'b',
      2,
      'refused at 13: the value of "b" is an alias: it is written elsewhere',
    ],
    [
      'below an alias',
      'a: &x {c: 1}\nb: *x\n',
      'b.c',
      2,
      'refused at 13: the value of "b" is an alias: it is written elsewhere',
    ],
    [
      'below its anchor',
      'a: &x {c: 1}\nb: *x\n',
      'a.c',
      2,
      'refused at 0: the value of "a" has an anchor, and stands elsewhere as an alias as well',
    ],
    [
      'an anchor that is used',
      'a: {c: &x 1}\nb: *x\n',
      'a',
      undefined,
      'refused at 0: the value of "a" has an anchor, and stands elsewhere as an alias as well',
    ],
    ['below a number', 'a: 1\n', 'a.b', 2, 'refused at 3: "a" is no map, so it has no fields'],
    ['a file that is not read', 'a: [1\n', 'a', 2, 'refused at 3: [ is not closed'],
    ['a merge key', 'a:\n  <<: {b: 1}\n', 'a.c', 2, 'refused at 5: merge keys are not read'],
    [
      'a key with a question mark',
      '? a\n: 1\n',
      'a',
      2,
      'refused at 2: this key is not written as "key:"',
    ],
  ]
  test.each(rows)('%s', (_, before, path, value, said) => {
    expect(edited(before, path, value)).toBe(said)
  })
})
