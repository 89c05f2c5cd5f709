import { parseArgs } from 'node:util'
import { compile } from '../src/compile.ts'
import { checkValidation } from '../src/kubernetes/check-validation.ts'
import { renderTarget } from '../src/plan/render-target.ts'
import { generateFleet, snapshotOf } from './generate-fleet.ts'

// Times what the checks of rendered objects cost: measure-validation.ts [--projects N] [--rounds N]
const { values } = parseArgs({
  options: {
    projects: { type: 'string', default: '1000' },
    rounds: { type: 'string', default: '3' },
  },
})
const snapshot = snapshotOf(generateFleet({ projects: Number(values.projects), seed: 1 }))
const { targets, planOf } = compile(snapshot)

for (let round = 1; round <= Number(values.rounds); round++) {
  const objects = targets.flatMap((target) => {
    const { minor } = target.cluster.kubernetes
    const { manifests } = renderTarget(target, planOf(target), () => {})
    return manifests.map(({ value }) => ({ value, minor }))
  })
  const times = new Map<string, { count: number; time: number }>()
  let problems = 0
  const start = process.cpuUsage()
  for (const { value, minor } of objects) {
    const begun = performance.now()
    problems += checkValidation(value, minor).length
    const spent = performance.now() - begun
    const { count, time } = times.get(String(value.kind)) ?? { count: 0, time: 0 }
    times.set(String(value.kind), { count: count + 1, time: time + spent })
  }
  const { user, system } = process.cpuUsage(start)
  console.log(
    `${objects.length} objects in ${Math.round((user + system) / 1000)} ms of work, ${problems} problems`,
  )
  for (const [kind, { count, time }] of times) {
    console.log(`  ${kind}: ${count}, ${((time * 1000) / count).toFixed(1)} µs each`)
  }
}
