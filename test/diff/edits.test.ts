import { expect, test } from 'vitest'
import { snapshotOf } from '../../bench/generate-fleet.ts'
import { editsOf, fieldText } from '../../src/diff/edits.ts'

function told(before: string, after: string): string[] {
  const path = 'policies/base/policy.yaml'
  const [old, fresh] = [before, after].map((text) => snapshotOf(new Map([[path, text]])))
  if (!old || !fresh) return []
  return editsOf(old, fresh).map((edit) => `${edit.deed} ${fieldText(edit)}`)
}

test('an item more at the beginning of a list is one edit', () => {
  expect(told('a: [one, two, six]', 'a: [new, one, two, six]')).toEqual(['added a[0]'])
})

test('an item less in the middle of a list is one edit', () => {
  expect(told('a: [one, two, six]', 'a: [one, six]')).toEqual(['removed a[1]'])
})

test('items with names are told apart by them', () => {
  const [one, two] = ['{name: one, size: 1}', '{name: two, size: 2}']
  expect(told(`a: [${one}, ${two}]`, `a: [${two}, ${one}]`)).toEqual(['reordered a'])
  expect(told(`a: [${one}, ${two}]`, `a: [${two}]`)).toEqual(['removed a[one]'])
})
