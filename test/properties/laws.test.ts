import fc from 'fast-check'
import { expect, test } from 'vitest'
import { brokenLaw, trials } from './laws.ts'
import { patience, runs } from './runs.ts'

// scripts/check-fleets.ts tries the same on as many fleets as one likes.
test(
  'no law is broken by a generated fleet, sound or with mistakes in it',
  () => {
    fc.assert(
      fc.property(trials, (trial) => {
        expect(brokenLaw(trial, () => {})).toBeUndefined()
      }),
      runs(15),
    )
  },
  patience,
)
