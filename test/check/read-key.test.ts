import { describe, expect, test } from 'vitest'
import { keyOfReads, type Reads } from '../../src/check/read-key.ts'
import type { ValueMap } from '../../src/document/node.ts'

const nothingShared = { has: () => false }

function keyOf(
  values: ValueMap,
  reads: Reads,
  shared = nothingShared as { has(part: object): boolean },
) {
  return keyOfReads(reads, (name) => values[name], shared)
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

  test('knows shared parts by their identity', () => {
    const [part, like] = [{ x: 1 }, { x: 1 }]
    const shared = { has: (each: object) => each === part || each === like }
    const key = (a: ValueMap) => keyOf({ value: { a } }, reads, shared)
    expect(key(part)).toBe(key(part))
    expect(key(part)).not.toBe(key(like))
  })

  test.each([
    ['variables of the policies', [['variables', 'a']]],
    ['other manifests', [['manifests']]],
  ])('is not there where %s are read', (_, read) => {
    expect(keyOf({ value: {} }, read)).toBeUndefined()
  })

  test('is not there where it would be long', () => {
    expect(keyOf({ value: { a: Array.from({ length: 20 }, String) } }, reads)).toBeUndefined()
  })
})
