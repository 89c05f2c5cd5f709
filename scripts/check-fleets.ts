// Generates small fleets, sound ones and ones with mistakes in them, and holds the compiler to the
// laws of test/properties/laws.ts:
//   node scripts/run.mjs scripts/check-fleets.ts [FLEETS] [SEED]
// Prints what was tried; a fleet that breaks a law is made as small as it can be, and printed.
// Exits with 1 then.
import fc from 'fast-check'
import { brokenLaw, laws, type Trial, trials } from '../test/properties/laws.ts'

const fleets = Number(process.argv[2] ?? 200)
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000)
const tried = new Map(Object.keys(laws).map((law) => [law, 0]))
let files = 0

const { failed, counterexample, numShrinks, errorInstance } = fc.check(
  fc.property(trials, (trial) => {
    files += trial.files.size
    const broken = brokenLaw(trial, (law) => tried.set(law, (tried.get(law) ?? 0) + 1))
    if (broken !== undefined) throw new Error(broken)
  }),
  { numRuns: fleets, seed },
)

for (const [law, times] of tried) console.log(`${String(times).padStart(7)}  ${law}`)
console.log(
  `${fleets} fleets (seed ${seed}) with ${files} files: ${failed ? 'broken' : 'none broken'}`,
)
if (failed) {
  console.log(`\n${(errorInstance as Error).stack}`)
  printTrial(counterexample?.[0])
  console.log(`\nmade smaller ${numShrinks} times`)
  process.exitCode = 1
}

function printTrial(trial: Trial | undefined): void {
  if (!trial) return
  console.log(`picks: ${trial.picks.join(' ')}`)
  for (const [path, text] of trial.files) {
    if (!path.startsWith('schemas/')) console.log(`\n=== ${path}\n${text.trimEnd()}`)
  }
}
