import fc from 'fast-check'
import type { Value, ValueMap } from '../../src/document/node.ts'
import { forbiddenIn } from '../../src/document/raw-text.ts'
import { nastyStrings } from './nasty-strings.ts'

/** Texts of all kinds, most of them chosen to be misread. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...nastyStrings),
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc
    .array(fc.constantFrom(...'\n\t :#-?"\'|>&*!%@`[]{},\\=~<ab01'), { maxLength: 10 })
    .map((all) => all.join('')),
  fc
    .array(fc.constantFrom(...'0123456789+-._:eExobnfaTZ '), { maxLength: 9 })
    .map((all) => all.join('')),
)

/** Texts that the loader takes: no controls, nothing invisible, no half characters. */
export const readableText = anyText.filter((text) => forbiddenIn(text) === undefined)

export const anyNumber: fc.Arbitrary<number> = fc.oneof(
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
  fc.constantFrom(0, 1, 8080, 0.1, 1e21, 1e-7, 0.5, 1.5, 5e-324, 1.7976931348623157e308),
)

/** Numbers that can be written without an exponent and are exact. */
export const plainNumber: fc.Arbitrary<number> = fc.oneof(
  fc.integer(),
  fc.integer({ min: -99_999, max: 99_999 }).map((number) => number / 100),
)

const reserved = new Set(['__proto__', 'constructor', 'prototype', 'hasOwnProperty', '<<'])

/** Keys of maps: few, so that maps meet in them, and among them all that could go wrong. */
const keys = (texts: fc.Arbitrary<string>) =>
  fc
    .oneof(
      fc.constantFrom(
        'a',
        'b',
        'c',
        'name',
        'apiVersion',
        'metadata',
        '10',
        '9',
        '-1',
        '1.5',
        'é',
        '',
      ),
      texts,
    )
    // A key of more than 1024 characters is none to YAML.
    .filter((key) => !reserved.has(key) && !/^\$|\$\{|\n/.test(key) && key.length < 1000)

/** Any JSON value, as deep as manifests are. */
export function anyValue(texts = anyText, numbers = anyNumber): fc.Arbitrary<Value> {
  return tree(texts, numbers).value
}

/** Any JSON map. */
export function anyMap(texts = anyText, numbers = anyNumber): fc.Arbitrary<ValueMap> {
  return tree(texts, numbers).map
}

/** A map for a JSON Merge Patch: `null` may stand for a value, but not inside of lists. */
export function anyPatch(texts = readableText, numbers = plainNumber): fc.Arbitrary<ValueMap> {
  const inLists = tree(texts, numbers, fc.constant(true))
  const { patch } = fc.letrec<{ patch: ValueMap }>((tie) => ({
    patch: mapOf(
      texts,
      fc.oneof(
        { maxDepth: 4, withCrossShrink: true },
        fc.oneof(fc.constant(null), numbers, fc.boolean(), texts),
        fc.array(inLists.value, { maxLength: 3 }),
        tie('patch'),
        tie('patch'),
      ),
    ),
  }))
  return patch
}

function tree(
  texts: fc.Arbitrary<string>,
  numbers: fc.Arbitrary<number>,
  nothing: fc.Arbitrary<Value> = fc.constant(null),
): { readonly value: fc.Arbitrary<Value>; readonly map: fc.Arbitrary<ValueMap> } {
  return fc.letrec<{ value: Value; map: ValueMap }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.oneof(texts, numbers, fc.boolean(), nothing),
      fc.array(tie('value'), { maxLength: 4 }),
      tie('map'),
    ),
    map: mapOf(texts, tie('value')),
  }))
}

function mapOf(texts: fc.Arbitrary<string>, values: fc.Arbitrary<Value>): fc.Arbitrary<ValueMap> {
  // Keys that look the same are one key to the loader.
  const unique = (key: string) => key.normalize()
  return fc
    .uniqueArray(fc.tuple(keys(texts), values), { maxLength: 5, selector: ([key]) => unique(key) })
    .map((entries) => Object.fromEntries(entries))
}
