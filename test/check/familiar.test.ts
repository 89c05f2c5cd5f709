import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Familiar } from '../../src/check/familiar.ts'
import { evidenceFrom, readAt } from '../../src/check/read-key.ts'
import type { Value, ValueMap } from '../../src/document/node.ts'

const shared: Value[] = [{ a: 1 }, { a: { b: 'x' } }, ['y'], [{ a: 1 }, { a: 2 }], 'y', 1, null]

const { value } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(...shared),
    fc.dictionary(fc.constantFrom('a', 'b', '0'), tie('value'), { noNullPrototype: true }),
    fc.array(tie('value'), { maxLength: 2 }),
  ),
}))
const part = fc.record({ value, user: value }) as fc.Arbitrary<ValueMap>
const path = fc
  .tuple(
    fc.constantFrom('value', 'user', 'team'),
    fc.array(fc.constantFrom('a', 'b', '0', '*'), { maxLength: 3 }),
  )
  .map(([root, keys]) => readAt([root, ...keys]))
const rules = fc.array(fc.array(path, { minLength: 1, maxLength: 3 }), { maxLength: 4 })

test('what is said to be met was met by parts that are the same as far as is read of them', () => {
  let remembered = 0
  fc.assert(
    fc.property(rules, fc.array(part, { maxLength: 6 }), (reads, parts) => {
      const familiar = new Familiar()
      for (const each of parts) {
        const named = (name: string) => each[name]
        familiar.look(named)
        for (const [rule, own] of reads.entries()) {
          // Whatever a rule is, it is a function of what it reads.
          const key = evidenceFrom(named, { has: () => false }).keyOf(own) ?? ''
          const isMet = key.length % 3 > 0
          if (!familiar.isMet(rule)) {
            if (isMet) familiar.meets(rule, own)
            continue
          }
          remembered++
          expect(isMet).toBe(true)
        }
      }
    }),
    { numRuns: 2000 },
  )
  expect(remembered).toBeGreaterThan(500)
})

test('of a rule that is not asked again, what it reads is one and the same', () => {
  const familiar = new Familiar()
  const constant = { size: 1 }
  const look = (value: ValueMap) => familiar.look((name) => (name === 'value' ? value : undefined))
  look({ name: 'a', constant })
  familiar.meets(0, [readAt(['value', 'constant', 'size'])])
  familiar.meets(1, [readAt(['value', 'name'])])
  look({ name: 'b', constant })
  look({ name: 'b', constant })
  expect([familiar.isMet(0), familiar.isMet(1)]).toEqual([false, false])
  familiar.meets(0, [])
  familiar.meets(1, [])
  look({ name: 'c', constant })
  expect([familiar.isMet(0), familiar.isMet(1)]).toEqual([true, false])
})
