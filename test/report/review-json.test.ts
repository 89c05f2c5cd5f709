import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import type { Review } from '../../src/diff/review.ts'
import { jsonReview } from '../../src/report/review-json.ts'
import type { ReviewJson } from '../../src/report/review-shape.ts'
import {
  hostileTexts,
  largeReview,
  manyOwners,
  reviewSaying,
  smallReview,
} from '../support/review.ts'

const schemaPath = new URL('../../docs/review.schema.json', import.meta.url)
const validate = new Ajv2020({ allErrors: true }).compile(
  JSON.parse(readFileSync(schemaPath, 'utf8')),
)

/** A review as a program reads it. */
function read(review: Review): ReviewJson {
  return JSON.parse(JSON.stringify(jsonReview(review, { owners: new Map([['order', 'trade']]) })))
}

function mistakes(json: unknown): unknown[] {
  validate(json)
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
}

describe('a review as JSON', () => {
  test.each([
    ['a small one', smallReview()],
    ['a large one', largeReview()],
    ['of hostile texts', reviewSaying(() => hostileTexts[1])],
  ])('fits its schema: %s', (_, review) => {
    expect(mistakes(read(review))).toEqual([])
  })

  test('the schema notices what is wrong', () => {
    const json = read(smallReview())
    expect(mistakes({ ...json, version: 2 })).not.toEqual([])
    expect(mistakes({ ...json, decisions: [{ ...json.decisions[0], risk: 'none' }] })).not.toEqual(
      [],
    )
    expect(mistakes({ ...json, extra: 1 })).not.toEqual([])
  })

  test('says where an edit stands, what stood there, and whose it is', () => {
    const [edit] = read(smallReview()).decisions[1]?.edits ?? []
    expect(edit).toMatchObject({ deed: 'changed', field: 'environments.prod.replicas' })
    expect(edit?.before).toEqual({
      path: 'projects/order/project.yaml',
      line: 3,
      column: 11,
      text: '4',
      owner: 'trade',
    })
    expect(edit?.after?.text).toBe('6')
  })

  test('refers to targets and objects by their index', () => {
    const review = smallReview()
    const json = read(review)
    for (const [index, decision] of review.decisions.entries()) {
      const written = json.decisions[index]
      expect(written?.targets.map((target) => json.targets[target])).toEqual(decision.targets)
      const objects = decision.effects.flatMap(({ values }) =>
        values.flatMap((each) => each.objects),
      )
      const found = written?.effects.flatMap(({ values }) => values.flatMap(({ at }) => at)) ?? []
      expect(
        found.flatMap((at) =>
          at.objects.map((index) => {
            const object = json.objects[index]
            return [json.targets[object?.target ?? -1], object?.file, object?.name, at.after]
          }),
        ),
      ).toEqual(objects.map(({ target, file, name, afterAt }) => [target, file, name, afterAt]))
    }
  })

  test('holds amounts exactly', () => {
    const review = smallReview()
    const huge = 2n ** 60n + 1n
    const after = { ...review.cost.total.after, requests: { cpu: 1n, memory: huge } }
    const json = read({
      ...review,
      cost: { ...review.cost, total: { ...review.cost.total, after } },
    })
    expect(json.cost.total.after.requests).toEqual({ cpu: 1, memory: String(huge) })
    expect(mistakes(json)).toEqual([])
  })

  test('stays small with 6,000 targets', () => {
    const text = JSON.stringify(jsonReview(largeReview(), { owners: manyOwners() }))
    expect(text.length).toBeLessThan(1_500_000)
  })
})
