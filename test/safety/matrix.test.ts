import { describe, expect, test } from 'vitest'
import type { Attempt } from './attempt.ts'
import { attempts } from './attempts/all.ts'
import { expectHarmless, outcomeOf } from './outcome.ts'

// What is tried on the compiler alone. What needs files, Git or a terminal is in the other tests of
// this folder; docs/safety.md says where each threat is met.

const names = attempts.map((attempt) => {
  return [`T${attempt.threat} ${attempt.what}`, attempt] as const
})
const isAttack = ({ refused }: Attempt) => refused !== undefined

describe('is refused', () => {
  test.each(names.filter(([, attempt]) => isAttack(attempt)))('%s', (_, attempt) => {
    const { errors, said, rendered, printed, busy } = outcomeOf(attempt)
    expect(errors).toEqual(attempt.refused)
    for (const words of attempt.says ?? []) expect(said).toContain(words)
    expect(rendered).toEqual([])
    for (const text of printed) expectHarmless(text)
    expect(busy).toBeLessThan(2000)
  })
})

describe('works', () => {
  test.each(names.filter(([, attempt]) => !isAttack(attempt)))('%s', (_, attempt) => {
    const { errors, rendered, busy } = outcomeOf(attempt)
    expect(errors).toEqual([])
    for (const line of attempt.renders ?? []) expect(rendered).toContain(line)
    expect(busy).toBeLessThan(2000)
  })
})
