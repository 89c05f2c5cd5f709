import fc from 'fast-check'
import { expect, test } from 'vitest'
import { stringify, type ToStringOptions } from 'yaml'
import { forbiddenIn } from '../../src/document/raw-text.ts'
import { load, meaningOf, place } from './load-text.ts'

const refusedKeys = ['__proto__', 'constructor', 'prototype', 'hasOwnProperty', '<<']

const text = fc
  .oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...' \t\n"\'\\:#,-?[]{}&*!|>%@`$~=<01.eExX_+/é') }),
    fc.constantFrom('yes', 'null', '~', '0755', '1e3', '${a}', '---', '...', '\r\n'),
  )
  .filter((value) => forbiddenIn(value) === undefined)

const number = fc
  .oneof(fc.maxSafeInteger(), fc.integer(), fc.double({ noNaN: true, min: -1e15, max: 1e15 }))
  .filter((value) => /^-?\d+(?:\.\d+)?$/.test(String(value)) && !Object.is(value, -0))

const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.oneof(text, number, fc.boolean(), fc.constant(null)),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(
      text.map((key) => key.normalize()).filter((key) => !refusedKeys.includes(key)),
      tie('value'),
      { maxKeys: 5, noNullPrototype: true },
    ),
  ),
}))

const runs = { numRuns: 500 }

test('what JSON prints is read as what it was', () => {
  fc.assert(
    fc.property(value, fc.constantFrom(undefined, 1, 2, '\t'), (data, indent) => {
      expect(meaningOf(JSON.stringify(data, null, indent))).toEqual(data)
    }),
    runs,
  )
})

const styles: readonly ToStringOptions[] = [
  { defaultStringType: 'QUOTE_DOUBLE', lineWidth: 0 },
  { defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'QUOTE_DOUBLE', lineWidth: 24 },
  { defaultStringType: 'QUOTE_SINGLE', defaultKeyType: 'QUOTE_DOUBLE', lineWidth: 0 },
  { defaultStringType: 'QUOTE_DOUBLE', collectionStyle: 'flow', lineWidth: 40 },
  { defaultStringType: 'QUOTE_DOUBLE', indent: 4, indentSeq: false, lineWidth: 0 },
]

test.each(styles)('what YAML prints in the style %j is read as what it was', (style) => {
  fc.assert(
    fc.property(value, fc.boolean(), (data, crlf) => {
      // Where the yaml package folds a text it may cut a character beyond U+FFFF in two.
      fc.pre(style.lineWidth === 0 || !/[\u{10000}-\u{10ffff}]/u.test(JSON.stringify(data)))
      const printed = stringify(data, { ...style, aliasDuplicateObjects: false, version: '1.2' })
      expect(meaningOf(crlf ? printed.replaceAll('\n', '\r\n') : printed)).toEqual(data)
    }),
    runs,
  )
})

test('a scalar of a JSON text stands exactly where it was printed', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(text, number), { minLength: 1 }), (items) => {
      const { root } = load(JSON.stringify(items)).document
      const found = root?.kind === 'list' ? root.items : []
      expect(found.map(({ at }) => at.source.text.slice(at.start, at.end))).toEqual(
        items.map((item) => JSON.stringify(item)),
      )
    }),
    runs,
  )
})

test('whatever the text, it is read, reported or empty, and every place lies in it', () => {
  const piece = fc.oneof(
    fc.constantFrom(...'\n \t-:?,[]{}#&*!|>%@`\'"\\$~=<a1'),
    fc.constantFrom('a: ', '- ', '\n  ', '${', '---\n', '&a ', '*a', '": "', '\r\n', '!!str '),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      const { document, findings } = load(pieces.join(''))
      const states = [document.root !== undefined, document.empty, findings.length > 0]
      expect(states.filter(Boolean)).toHaveLength(1)
      for (const { at, notes } of findings) {
        for (const { start, end, source } of [at, ...(notes ?? []).map((note) => note.at)].flatMap(
          (location) => location ?? [],
        )) {
          expect(start >= 0 && start <= end && end <= source.text.length).toBe(true)
        }
        expect(place(at)).toBeTypeOf('string')
      }
    }),
    { numRuns: 5_000 },
  )
})
