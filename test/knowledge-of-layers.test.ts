import { describe, expect, test } from 'vitest'
import { advance } from '../src/increments.ts'
import { readKubernetes } from '../src/io/kubernetes-data.ts'
import { folderOf } from '../src/io/output-path.ts'
import { layerOfPath } from '../src/model/layer.ts'
import { projectOf } from '../src/model/target.ts'
import { jsonReview } from '../src/report/review-json.ts'
import { type Comparison, compareSnapshots } from '../src/review.ts'
import { digestOf } from '../src/source/digest.ts'
import {
  compileAnew,
  compileRemembering,
  found,
  knowledgeOf,
  today,
} from './support/remembering.ts'
import { readReference, snapshotOf } from './support/repository.ts'

const reference = readReference()
const options = { kubernetes: readKubernetes(), today }
const fleet = snapshotOf(reference)
const begun = compileRemembering(fleet, undefined)
const watched = advance(undefined, fleet, options)

/** Of each layer the file with the most numbers. */
const files = [...reference.keys()].reduce((most, path) => {
  const layer = layerOfPath(path)
  const last = layer === undefined ? undefined : most.get(layer)
  if (layer !== undefined && (!last || numbersIn(path) > numbersIn(last))) most.set(layer, path)
  return most
}, new Map<string, string>())

function textOf(path: string): string {
  return new TextDecoder().decode(reference.get(path))
}

function numbersIn(path: string): number {
  return textOf(path).match(/\d+/g)?.length ?? 0
}

/** One that some layers refuse, and others take. */
function withOtherNumbers(text: string): string {
  return `${text.replace(/(?<=: )\d+$/gm, (digits) => String(Number(digits) + 1))}# edited\n`
}

function reviewOf({ review, sides }: Comparison) {
  return review && jsonReview(review, { owners: sides?.after.owners ?? new Map() })
}

describe('an edit of a layer', () => {
  let partly = 0

  test.each([...files])('%s: is taken in as if nothing were known', (_, path) => {
    const bytes = new TextEncoder().encode(withOtherNumbers(textOf(path)))
    const after = snapshotOf(new Map([...reference, [path, bytes]]))
    const whole = compileAnew(after)

    const step = compileRemembering(after, begun.kept)
    expect(found(step.compilation)).toEqual(found(whole.compilation))
    expect(step.output).toEqual(whole.output)
    if (step.known > 0) partly += 1

    const next = advance(watched.known, after, options)
    expect(found(next.compilation)).toEqual(found(whole.compilation))
    expect(next.known === undefined).toBe(whole.compilation.failed)
    if (whole.output) {
      const others = [...(begun.output ?? [])].filter(([each]) => {
        return next.edited && !next.edited.has(projectOf(folderOf(each)))
      })
      const rendered = [...next.compilation.files].map(({ path: each, text }) => {
        return [each, digestOf(text)] as const
      })
      expect([...others, ...rendered].sort()).toEqual([...whole.output].sort())
    }

    const knowledge = knowledgeOf(after, step.kept)
    const known = compareSnapshots(fleet, after, { ...options, knowledge })
    expect(reviewOf(known)).toEqual(reviewOf(compareSnapshots(fleet, after, options)))
  })

  test('reaches, of most layers, a part of the projects', () => {
    expect(partly).toBeGreaterThan(files.size / 2)
  })
})
