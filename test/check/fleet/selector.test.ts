import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LabelIndex } from '../../../src/check/fleet/label-index.ts'
import { type Labels, selectorOf, selects } from '../../../src/check/fleet/selector.ts'

/** Whether a selector with one requirement selects what bears some labels. */
function isSelected(operator: string, values: readonly string[] | undefined, labels: Labels) {
  const requirement = { key: 'app', operator, ...(values && { values }) }
  const selector = selectorOf({ matchExpressions: [requirement] })
  return selector && selects(selector, labels)
}

describe('matchExpressions', () => {
  test('In needs the label', () => {
    expect(isSelected('In', ['a', 'b'], { app: 'b' })).toBe(true)
    expect(isSelected('In', ['a', 'b'], { app: 'c' })).toBe(false)
    expect(isSelected('In', ['a', 'b'], {})).toBe(false)
  })

  test('NotIn is met without the label', () => {
    expect(isSelected('NotIn', ['a'], { app: 'b' })).toBe(true)
    expect(isSelected('NotIn', ['a'], { app: 'a' })).toBe(false)
    expect(isSelected('NotIn', ['a'], {})).toBe(true)
  })

  test('Exists and DoesNotExist ask for the key', () => {
    expect(isSelected('Exists', undefined, { app: '' })).toBe(true)
    expect(isSelected('Exists', undefined, {})).toBe(false)
    expect(isSelected('DoesNotExist', undefined, {})).toBe(true)
    expect(isSelected('DoesNotExist', undefined, { app: '' })).toBe(false)
  })
})

test('a selector that asks for nothing selects everything', () => {
  expect(selectorOf({})).toSatisfy((selector) => selects(selector, { app: 'a' }))
})

test('the index finds what looking at everything finds', () => {
  const key = fc.constantFrom('app', 'track', 'constructor')
  const value = fc.constantFrom('a', 'b', 'c', 'true')
  const labels = fc.dictionary(key, value)
  const operator = fc.constantFrom('In', 'NotIn', 'Exists', 'DoesNotExist')
  const requirement = fc.record({ key, operator, values: fc.array(value, { maxLength: 2 }) })
  const selector = fc.record({
    matchLabels: labels,
    matchExpressions: fc.array(requirement, { maxLength: 2 }),
  })
  fc.assert(
    fc.property(fc.array(labels), selector, (all, written) => {
      const items = all.map((each, number) => ({ labels: each, number }))
      const index = new LabelIndex<(typeof items)[number]>()
      for (const item of items) index.add(item)
      const read = selectorOf(written)
      if (!read) throw new Error('a map is a selector')
      const found = [...index.selected(read)].map(({ number }) => number)
      const expected = items.filter((item) => selects(read, item.labels))
      expect(found.sort((a, b) => a - b)).toEqual(expected.map(({ number }) => number))
    }),
    { seed: 1 },
  )
})
