import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { loadDocument } from '../../src/document/load.ts'
import { toValue, type Value } from '../../src/document/node.ts'
import { printManifest } from '../../src/print/manifest.ts'
import { nastyStrings } from './nasty-strings.ts'
import { patience, runs } from './runs.ts'
import { anyMap, plainNumber, readableText } from './values.ts'

const isFull = (manifest: object) => Object.keys(manifest).length > 0

test(
  'what is printed reads back the same in YAML 1.2 and 1.1',
  () => {
    fc.assert(
      fc.property(anyMap().filter(isFull), (manifest) => {
        const text = printManifest(manifest)
        expect(parse(text, { version: '1.2', schema: 'core' })).toEqual(manifest)
        expect(parse(text, { version: '1.1' })).toEqual(manifest)
      }),
      runs(800),
    )
  },
  patience,
)

test(
  'what is printed reads back the same with our own loader, without a word',
  () => {
    fc.assert(
      fc.property(anyMap(readableText, plainNumber).filter(isFull), (manifest) => {
        expect(load(printManifest(manifest))).toEqual(manifest)
      }),
      runs(800),
    )
  },
  patience,
)

test('every nasty text reads back the same, as a value, as a key and in a list', () => {
  const wrong = nastyStrings.filter((nasty) => {
    const manifest = {
      value: nasty,
      list: [nasty, [nasty], { name: nasty }],
      map: { [nasty.slice(0, 999)]: 1 },
    }
    const text = printManifest(manifest)
    const readings = [parse(text), parse(text, { version: '1.1' })]
    return readings.some((reading) => JSON.stringify(reading) !== JSON.stringify(ordered(manifest)))
  })
  expect(wrong).toEqual([])
})

test('a long text stays on its line, and is read back whole', () => {
  for (const unit of ['a', 'a b ', 'é', '"', 'a: ', '😀', 'a\n', '\n a\n']) {
    const manifest = { text: unit.repeat(100_000 / unit.length) }
    const text = printManifest(manifest)
    expect(parse(text) as Value).toEqual(manifest)
    expect(parse(text, { version: '1.1' }) as Value).toEqual(manifest)
  }
})

/** The printer's order of these keys. */
function ordered({ list, map, value }: { list: Value; map: Value; value: Value }): Value {
  return { list, map, value }
}

function load(text: string): Value | undefined {
  const { root } = loadDocument(
    'printed.yaml',
    new TextEncoder().encode(text),
    ({ message, at }) => {
      throw new Error(`${message}: ${at?.source.text.slice(at.start, at.end)}`)
    },
  )
  return root && toValue(root)
}
