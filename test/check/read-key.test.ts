import { describe, expect, test } from 'vitest'
import { evidenceFrom, readAt } from '../../src/check/read-key.ts'
import type { Value, ValueMap } from '../../src/document/node.ts'
import type { SharedParts } from '../../src/expression/values.ts'

const nothingShared = { has: () => false }

type Paths = readonly (readonly string[])[]

function keyOf(values: ValueMap, paths: Paths, shared: SharedParts = nothingShared) {
  return evidenceFrom((name) => values[name], shared).keyOf(paths.map(readAt))
}

describe('the key of what is read', () => {
  const reads = [
    ['value', 'a'],
    ['value', 'b'],
  ]

  test('is the same where that is', () => {
    const one = keyOf({ value: { a: 'x', b: [1, { c: true }], other: 1 } }, reads)
    expect(keyOf({ value: { a: 'x', b: [1, { c: true }], other: 2 } }, reads)).toBe(one)
  })

  test.each([
    ['a text and a number', { a: '1' }, { a: 1 }],
    ['null and nothing', { a: null }, {}],
    ['the text null and null', { a: 'null' }, { a: null }],
    ['texts that run into each other', { a: 'x', b: 'yz' }, { a: 'xy', b: 'z' }],
    ['a text like the key of two', { a: 'xs1:y' }, { a: 'x', b: 'y' }],
    ['a list and a map', { a: ['x'] }, { a: { 0: 'x' } }],
    ['an empty list and an empty map', { a: [] }, { a: {} }],
    ['keys of a map', { a: { x: 'y' } }, { a: { y: 'x' } }],
    ['lists in lists', { a: [['x'], 'y'] }, { a: [['x', 'y']] }],
  ])('tells apart %s', (_, one, other) => {
    expect(keyOf({ value: one }, reads)).not.toBe(keyOf({ value: other }, reads))
  })

  test('knows shared parts by what they say, however large they are', () => {
    const large = () => ({ x: Array.from({ length: 20 }, String) })
    const [part, like, other] = [large(), large(), { x: ['0'] }]
    const shared = { has: (each: object) => [part, like, other].includes(each as typeof part) }
    const key = (a: ValueMap) => keyOf({ value: { a } }, reads, shared)
    expect(key(part)).toBeDefined()
    expect(key(part)).toBe(key(like))
    expect(key(part)).not.toBe(key(other))
  })

  test.each([
    ['variables of the policies', [['variables', 'a']]],
    ['other manifests', [['manifests']]],
  ])('is not there where %s are read', (_, read) => {
    expect(keyOf({ value: {} }, read)).toBeUndefined()
  })

  test('has of lists what is read of their items', () => {
    const key = (a: Value) => keyOf({ value: { a } }, [['value', 'a', '*', 'b']])
    const one = key([{ b: 1, c: 2 }, { c: 3 }])
    expect(key([{ b: 1, c: 4 }, { c: 5 }])).toBe(one)
    expect(key([{ b: 2, c: 2 }, { c: 3 }])).not.toBe(one)
    expect(key([{ b: 1, c: 2 }])).not.toBe(one)
    expect(key({ b: 1 })).not.toBe(one)
  })

  test('has the number of items where nothing else counts', () => {
    const key = (a: Value) => keyOf({ value: { a } }, [['value', 'a', '*', '']])
    expect(key(['x', 'y'])).toBe(key([1, 2]))
    expect(key(['x', 'y'])).not.toBe(key(['x']))
    expect(key([])).not.toBe(key(null))
  })

  test('is not there where it would be long', () => {
    expect(keyOf({ value: { a: Array.from({ length: 20 }, String) } }, reads)).toBeUndefined()
  })
})
