import fc from 'fast-check'
import { expect, test } from 'vitest'
import { asServed } from '../../src/check/admission/served.ts'
import { isMap, type Value, type ValueMap } from '../../src/document/node.ts'
import { isSame } from '../../src/document/same.ts'
import { fromExpressionValue } from '../../src/expression/values.ts'
import { patience, runs } from '../properties/runs.ts'
import { applyChanges } from '../support/apply-changes.ts'
import { changesOf, ignorance, knowledge } from './comparing.ts'
import { anEditedObject, someObjects } from './some-objects.ts'

test.each([
  ['with the schemas', knowledge],
  ['without them', ignorance],
])(
  'what is reported is all there is, %s',
  (_, known) => {
    let changed = 0
    fc.assert(
      fc.property(anEditedObject, ([before, after]) => {
        const changes = changesOf(before, after, known)
        changed += changes.length
        expect(changesOf(applyChanges(before, changes), after, known)).toEqual([])
        expect(changesOf(after, before, known).length > 0).toBe(changes.length > 0)
      }),
      runs(2000),
    )
    expect(changed).toBeGreaterThan(1000)
  },
  patience,
)

test('an object is equal to itself, whatever the order of its keys', () => {
  for (const object of someObjects) {
    expect(changesOf(object, turned(object) as ValueMap)).toEqual([])
  }
})

test('what the API server fills in is no change', () => {
  let filled = 0
  for (const object of someObjects) {
    const served = fromExpressionValue(asServed(object, undefined)) as ValueMap
    if (!isSame(object, served)) filled += 1
    expect(changesOf(object, served)).toEqual([])
    expect(changesOf(served, object)).toEqual([])
  }
  expect(filled).toBeGreaterThan(50)
})

test('every value that is another is reported, and where it stands', () => {
  for (const object of someObjects) {
    for (const [pointer, edited] of edits(object, '', (value) => value)) {
      const [change, ...more] = changesOf(object, edited as ValueMap)
      expect(more.length, pointer).toBeLessThan(9)
      expect(change, pointer).toBeDefined()
    }
  }
})

function* edits(
  value: Value,
  pointer: string,
  put: (value: Value) => Value,
): Generator<readonly [string, Value]> {
  if (typeof value === 'string') yield [pointer, put(`${value}-`)]
  else if (typeof value === 'number') yield [pointer, put(value + 1)]
  else if (typeof value === 'boolean') yield [pointer, put(!value)]
  else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      yield* edits(item, `${pointer}/${index}`, (other) => put(value.with(index, other)))
    }
  } else if (isMap(value)) {
    for (const [key, item] of Object.entries(value)) {
      if (pointer === '' && (key === 'apiVersion' || key === 'kind')) continue
      yield* edits(item, `${pointer}/${key}`, (other) => put({ ...value, [key]: other }))
    }
  }
}

/** A value with the keys of its maps the other way round. */
function turned(value: Value): Value {
  if (Array.isArray(value)) return value.map(turned)
  if (!isMap(value)) return value
  const entries = Object.entries(value).map(([key, item]) => [key, turned(item)] as const)
  return Object.fromEntries(entries.toReversed())
}
