import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { growthGoals } from './growth-goals.ts'
import { sufficientHeap } from './heap.ts'
import { machine } from './machine.ts'
import { type Measurement, measure, median } from './measure.ts'
import { type MeasuredFleet, measuredFleet } from './measured-fleet.ts'
import { count, mebibytes, replaceBlocks, seconds, table } from './page.ts'
import { type Line, plot } from './plot.ts'
import { goalTable } from './result.ts'
import { limits, ourScenarios, type Scenario } from './scenarios.ts'

// Measures how time and memory grow with the fleet; docs/performance.md says what and how:
// npm run bench:growth -- [--projects 100,1000] [--seed N] [--runs K] [--shards N] [--short]
//   [--sample N] [--dir DIR] [--out PAGE] [--plot SVG] [--note TEXT]
const { values } = parseArgs({
  options: {
    projects: { type: 'string', default: '100,1000,10000' },
    seed: { type: 'string', default: '1' },
    runs: { type: 'string', default: '3' },
    /** From 100,000 projects on, a render is done in so many shards, one after another. */
    shards: { type: 'string', default: '16' },
    /** How many of them are measured. */
    sample: { type: 'string' },
    /** Whether it works at all, as CI asks: no memory, no heap. */
    short: { type: 'boolean', default: false },
    dir: { type: 'string', default: existsSync('/dev/shm') ? '/dev/shm' : tmpdir() },
    out: { type: 'string' },
    plot: { type: 'string' },
    note: { type: 'string' },
  },
})
const runs = Number(values.runs)
const wanted = ['empty', 'cold', 'unchanged', 'one', 'explain']
const atLarge = ['empty', 'explain']

/** What was measured at one size. */
export interface Size {
  readonly projects: number
  readonly of: (id: string) => Measurement | undefined
  /** Those of a cold render, where it was done in shards. */
  readonly shards: readonly Measurement[]
  /** MiB of heap that suffice for a cold render; undefined if that was not asked. */
  readonly heap: number | undefined
}

const sizes = values.projects.split(',').map((projects) => measureSize(Number(projects)))
const note = values.note === undefined ? '' : `; ${values.note}`
const blocks = new Map([
  [
    'growth setting',
    `Measured on ${machine()}${note}; ${runs === 1 ? 'once' : `${runs} runs`} each.\n`,
  ],
  ['growth', growthTable(sizes)],
  ['growth goals', goalTable(growthGoals(sizes))],
])
if (values.out === undefined) console.log([...blocks.values()].join('\n'))
else replaceBlocks(values.out, blocks)
if (values.plot !== undefined) writeFileSync(values.plot, growthPlot(sizes))

function measureSize(projects: number): Size {
  const folder = mkdtempSync(join(values.dir, 'sahaba-growth-'))
  console.error(`${projects} projects`)
  try {
    const tooLarge = projects >= 100_000
    const seed = Number(values.seed)
    const fleet = measuredFleet(join(folder, 'ours'), { projects, seed, tooLarge })
    const all = [...limits(fleet), ...ourScenarios(fleet)]
    const chosen = tooLarge
      ? [...all.filter(({ id }) => atLarge.includes(id)), ...shards(fleet)]
      : all.filter(({ id }) => wanted.includes(id))
    const measurements = measure(chosen, {
      runs: tooLarge ? 1 : runs,
      patience: 300_000,
      withUsage: !values.short,
    })
    const cold = chosen.find(({ id }) => id === 'cold' || id === 'shard 1')
    const heap =
      values.short || !cold ? undefined : sufficientHeap(cold, projects < 10_000 ? 1.1 : 1.5)
    const ofShards = measurements.filter(({ id }) => id.startsWith('shard'))
    return {
      ...{ projects, heap, shards: ofShards },
      of: (id) => measurements.find((one) => one.id === id),
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/**
 * The shards of a cold render, each a process of its own, as on a machine of its own; and what checks
 * the whole from what they found out, if all are measured.
 */
function shards(fleet: MeasuredFleet): Scenario[] {
  const total = Number(values.shards)
  const measured = Number(values.sample ?? total)
  const summaries = Array.from({ length: measured }, (_, index) => `../part-${index + 1}.json`)
  const parts = summaries.map((summary, index) => ({
    id: `shard ${index + 1}`,
    title: `shard ${index + 1} of ${total}`,
    command: fleet.ours('render', '--shard', `${index + 1}/${total}`, '--summary', summary),
    prepare: fleet.forget,
  }))
  const title = '`merge-shards`'
  const merging = { id: 'merge', title, command: fleet.ours('merge-shards', ...summaries) }
  return measured === total ? [...parts, merging] : parts
}

function growthTable(sizes: readonly Size[]): string {
  const time = (size: Size, id: string) => {
    const measurement = size.of(id)
    return measurement ? seconds(median(measurement.times)) : '—'
  }
  const rows = sizes.map((size) => [
    count(size.projects),
    size.shards.length === 0 ? time(size, 'cold') : shardsText(size),
    mebibytes(memoryOf(size)),
    mebibytes(size.heap),
    time(size, 'unchanged'),
    time(size, 'one'),
    time(size, 'explain'),
    time(size, 'empty'),
  ])
  return table(
    [
      'projects',
      'cold `render`',
      'peak memory',
      'heap that suffices',
      'nothing changed',
      'one project changed',
      '`explain`',
      'empty Node',
    ],
    rows,
  )
}

function shardsText({ shards, of }: Size): string {
  const times = shards.map(({ times }) => median(times))
  const [least, most] = [Math.min(...times), Math.max(...times)].map(seconds)
  const merging = of('merge')
  const whole = merging
    ? `; merge-shards: ${seconds(median(merging.times))}, ${mebibytes(merging.usage?.memory)}`
    : ''
  return `${shards.length} of ${values.shards} shards: ${least} to ${most} each${whole}`
}

/** The peak of a cold render, or of the largest of its shards. */
export function memoryOf(size: Size): number | undefined {
  const runs = size.shards.length === 0 ? [size.of('cold')] : size.shards
  const all = runs.flatMap((each) => each?.usage?.memory ?? [])
  return all.length === 0 ? undefined : Math.max(...all)
}

function growthPlot(sizes: readonly Size[]): string {
  const line = (name: string, of: (size: Size) => number | undefined): Line => ({
    name,
    points: sizes.flatMap((size) => {
      const value = of(size)
      return value === undefined ? [] : [{ x: size.projects, y: value }]
    }),
  })
  const timeOf = (id: string) => (size: Size) => {
    const measurement = size.of(id)
    return measurement && median(measurement.times) / 1000
  }
  return plot('projects', [
    {
      title: 'time, in seconds',
      lines: [
        line('render, nothing there yet', timeOf('cold')),
        line('render, nothing changed', timeOf('unchanged')),
        line('render, one project changed', timeOf('one')),
        line('explain of one field', timeOf('explain')),
        line('an empty Node program', timeOf('empty')),
      ],
    },
    {
      title: 'memory, in MiB',
      lines: [
        line('peak of a cold render, or of the largest shard', memoryOf),
        line('heap that suffices for it', (size) => size.heap),
      ],
    },
  ])
}
