import { parseArgs } from 'node:util'
import { compile } from '../src/compile.ts'
import { readKubernetes } from '../src/io/kubernetes-data.ts'
import { generateFleet, snapshotOf } from './generate-fleet.ts'

// Times the stages of compiling a generated fleet in memory: measure-compile.ts [--projects N]
const { values } = parseArgs({
  options: {
    projects: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '1' },
  },
})
const projects = Number(values.projects)
const snapshot = snapshotOf(generateFleet({ projects, seed: Number(values.seed) }))

for (let round = 1; round <= Number(values.rounds); round++) {
  const times: string[] = []
  const start = { time: performance.now(), work: process.cpuUsage() }
  let last = start
  const lap = (name: string, since = last) => {
    last = { time: performance.now(), work: process.cpuUsage() }
    const work = (last.work.user + last.work.system - since.work.user - since.work.system) / 1000
    times.push(`${name} ${Math.round(last.time - since.time)} ms (cpu ${Math.round(work)})`)
  }
  const { files, targets, diagnostics } = compile(snapshot, {
    kubernetes: readKubernetes(),
    onStage: lap,
  })
  for (const { severity, rule = '', message, targets } of diagnostics.slice(0, 20))
    console.error(`${severity} ${rule}: ${message} (${targets.length} targets)`)
  let count = 0
  let size = 0
  for (const { text } of files) {
    count += 1
    size += text.length
  }
  lap('print')
  lap('all', start)

  const megabytes = (size / 1e6).toFixed(1)
  console.log(
    `${snapshot.files.size} files → ${targets.length} targets, ${count} files, ${megabytes} MB`,
  )
  console.log(times.join(', '))
}
console.log(`peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`)
