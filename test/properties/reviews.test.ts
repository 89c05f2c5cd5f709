import fc from 'fast-check'
import { expect, test } from 'vitest'
import { reviewFleets } from './review-fleets.ts'
import { brokenReviewLaw } from './review-laws.ts'
import { patience, runs } from './runs.ts'
import { picks } from './steps.ts'
import { worldsOf } from './worlds.ts'

// scripts/check-reviews.ts tries the same on as many edits as one likes.
test(
  'no law is broken by the review of edits, one or several at once',
  () => {
    let reviews = 0
    fc.assert(
      fc.property(reviewFleets, picks, (files, chosen) => {
        const worlds = worldsOf(files, chosen)
        if (!worlds) return
        reviews += 1
        expect(brokenReviewLaw(worlds, () => {})).toBeUndefined()
      }),
      // The script makes smaller what fails.
      { ...runs(4), endOnFailure: true },
    )
    expect(reviews).toBeGreaterThan(2)
  },
  patience,
)
