// Generates fleets and edits of them, and holds their reviews to the laws of
// test/properties/review-laws.ts:
//   node scripts/run.mjs scripts/check-reviews.ts [REVIEWS] [SEED]
// Prints what was tried; what breaks a law is made as small as it can be, and printed. Exits with 1
// then.
import fc from 'fast-check'
import { reviewFleets } from '../test/properties/review-fleets.ts'
import { brokenReviewLaw, reviewLaws } from '../test/properties/review-laws.ts'
import { picks } from '../test/properties/steps.ts'
import { worldsOf } from '../test/properties/worlds.ts'

const reviews = Number(process.argv[2] ?? 200)
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000)
const tried = new Map(Object.keys(reviewLaws).map((law) => [law, 0]))
let steps = 0
let skipped = 0

const { failed, counterexample, numShrinks, errorInstance } = fc.check(
  fc.property(reviewFleets, picks, (files, chosen) => {
    const worlds = worldsOf(files, chosen)
    if (!worlds) {
      skipped += 1
      return
    }
    steps += worlds.steps.length
    const broken = brokenReviewLaw(worlds, (law) => tried.set(law, (tried.get(law) ?? 0) + 1))
    if (broken !== undefined) throw new Error(broken)
  }),
  { numRuns: reviews, seed },
)

for (const [law, times] of tried) console.log(`${String(times).padStart(7)}  ${law}`)
console.log(
  `${reviews} reviews (seed ${seed}) of ${steps} edits, ${skipped} without any: ${failed ? 'broken' : 'none broken'}`,
)
if (failed) {
  console.log(`\n${(errorInstance as Error).stack}`)
  const [files, chosen] = counterexample ?? []
  console.log(`picks: ${JSON.stringify(chosen)}`)
  for (const [path, text] of files ?? []) {
    if (!path.startsWith('schemas/')) console.log(`\n=== ${path}\n${text.trimEnd()}`)
  }
  console.log(`\nmade smaller ${numShrinks} times`)
  process.exitCode = 1
}
