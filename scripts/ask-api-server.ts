import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { objectFor, validationCases } from '../test/kubernetes/validation-cases.ts'
import { judge } from './api-server/judge.ts'

// Asks the API servers of several versions what they say to the cases of test/kubernetes/, and
// records it there: a for accepted, r for refused, - where the version does not know the field.
// Needs Go, which builds Kubernetes' own validation; that takes minutes the first time.
const versions = ['1.16.15', '1.22.17', '1.28.0', '1.33.0', '1.35.4']
const record = fileURLToPath(new URL('../test/kubernetes/server-verdicts.json', import.meta.url))

const verdicts = new Map(validationCases.map(({ name }) => [name, '']))
for (const version of versions) {
  const minor = Number(version.split('.')[1])
  const refusals = judge(
    version,
    validationCases.map((each) => objectFor(each, minor)),
  )
  for (const [at, { name, isRefused }] of validationCases.entries()) {
    const verdict = refusals[at]?.length === 0 ? 'a' : 'r'
    verdicts.set(name, verdicts.get(name) + (isRefused(minor) === undefined ? '-' : verdict))
  }
  console.log(`${version}: ${refusals.filter(({ length }) => length > 0).length} refused`)
}
const recorded = { versions, verdicts: Object.fromEntries(verdicts) }
writeFileSync(record, `${JSON.stringify(recorded, null, 1)}\n`)
