import { parseArgs } from 'node:util'
import type { Exhibit } from '../src/check/exhibit.ts'
import { fleetChecks } from '../src/check/fleet/checks.ts'
import { contentOf } from '../src/check/fleet/cluster-content.ts'
import type { FleetCheck } from '../src/check/fleet/fleet-check.ts'
import { compile } from '../src/compile.ts'
import { renderTarget } from '../src/plan/render-target.ts'
import { generateFleet, snapshotOf } from './generate-fleet.ts'

// Times the checks over a generated fleet as a whole, each: measure-checks.ts [--projects N]
const { values } = parseArgs({
  options: {
    projects: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '3' },
  },
})
const files = generateFleet({ projects: Number(values.projects), seed: Number(values.seed) })
const { ground, targets, planOf } = compile(snapshotOf(files))
if (!ground) throw new Error('the generated fleet cannot be read')
const exhibits: Exhibit[] = targets.map((target) => {
  const plan = planOf(target)
  return { target, plan, law: plan, ...renderTarget(target, plan, () => {}) }
})

for (let round = 1; round <= Number(values.rounds); round++) {
  const times: string[] = []
  const beginning = process.cpuUsage()
  const timed = <T>(name: string, work: () => T): T => {
    const before = process.cpuUsage()
    const result = work()
    const { user, system } = process.cpuUsage(before)
    times.push(`${name} ${((user + system) / 1000).toFixed(0)}`)
    return result
  }
  const clusters = timed('contentOf', () => contentOf(exhibits))
  const { fleet } = ground
  let faults = 0
  const judge = (check: FleetCheck) => {
    for (const content of clusters) {
      check({ fleet, content, isComplete: true }, () => {
        faults += 1
      })
    }
  }
  for (const check of fleetChecks) timed(check.name, () => judge(check))
  const { user, system } = process.cpuUsage(beginning)
  const all = ((user + system) / 1000).toFixed(0)
  console.log(
    `${targets.length} targets, ${faults} faults: ${times.join(', ')}, all ${all} ms of CPU`,
  )
}
