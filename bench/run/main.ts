import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { wantedPeers } from '../peers/wanted.ts'
import { machine } from './machine.ts'
import { measure, measureStages } from './measure.ts'
import { measuredFleet } from './measured-fleet.ts'
import { replaceBlocks } from './page.ts'
import { run } from './process.ts'
import { blocksOf } from './result.ts'
import { limits, ourScenarios, packOutputs, peerScenario, singleTarget } from './scenarios.ts'
import { script } from './script.ts'

// Measures whole processes, ours and those of peers, in turn; docs/performance.md says what and how:
// npm run bench -- [--projects N] [--seed N] [--runs K] [--peers a,b:2] [--dir DIR] [--out PAGE]
//   [--patience SECONDS] [--note TEXT] [--short]
const { values } = parseArgs({
  options: {
    projects: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    runs: { type: 'string', default: '5' },
    peers: { type: 'string', default: 'kustomize,helm,jsonnet,jsonnet-layers,cdk8s,envsubst' },
    dir: { type: 'string', default: existsSync('/dev/shm') ? '/dev/shm' : tmpdir() },
    out: { type: 'string' },
    note: { type: 'string' },
    /** Seconds after which one thing is measured no more. */
    patience: { type: 'string', default: '60' },
    /** Whether the benchmark itself works, as CI asks: a tiny fleet, each thing once. */
    short: { type: 'boolean', default: false },
  },
})
const projects = values.short ? 2 : Number(values.projects)
const runs = values.short ? 1 : Number(values.runs)
/** What --short leaves out: it is measured as the rest is. */
const long = new Set([
  'help',
  'unchanged',
  'named',
  'policy',
  'runtime',
  'check',
  'validate',
  'validate-one',
  'diff-policy',
  'diff-runtime',
  'git-diff',
])
const patience = 1000 * Number(values.patience)
const { contestants, missing } = wantedPeers(values.peers)
const names = [...new Set(contestants.map(({ peer }) => peer.name))].join()

if (names !== '') {
  const sample = values.short ? '2' : '20'
  script('peers/same-objects.ts', '--projects', sample, '--peers', names)
}
const folder = mkdtempSync(join(values.dir, 'sahaba-bench-'))
try {
  const fleet = measuredFleet(join(folder, 'ours'), { projects, seed: Number(values.seed) })
  run(packOutputs(fleet.folder))
  if (names !== '') {
    const given = ['--projects', String(projects), '--seed', values.seed, '--peers', names]
    script('peers/write-peers.ts', ...given, folder)
  }
  const target = { region: 'cq', environment: 'prod', project: fleet.project }
  const singles = contestants.filter(({ jobs }) => jobs === 1)
  const ours = ourScenarios(fleet)
  const scenarios = [
    ...limits(fleet),
    ...ours,
    ...contestants.map((contestant) => peerScenario(contestant, folder)),
    ...singles.flatMap((contestant) => singleTarget(contestant, folder, target)),
  ]
  const chosen = values.short ? scenarios.filter(({ id }) => !long.has(id)) : scenarios
  const measurements = measure(chosen, { runs, patience, withUsage: !values.short })
  const cold = ours.find(({ id }) => id === 'cold')
  const stages = cold ? measureStages(cold, runs) : new Map()
  const { inputs, outputs } = fleet
  const size = { projects, inputs, outputs }
  const setting = { machine: machine(), note: values.note, size, missing }
  const blocks = blocksOf(setting, measurements, stages)
  if (values.out === undefined) console.log([...blocks.values()].join('\n'))
  else replaceBlocks(values.out, blocks)
} finally {
  rmSync(folder, { recursive: true })
}
