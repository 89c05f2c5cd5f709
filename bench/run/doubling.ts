import { parseArgs } from 'node:util'
import { compile } from '../../src/compile.ts'
import { readKubernetes } from '../../src/io/kubernetes-data.ts'
import { generateFleet, snapshotOf } from '../generate-fleet.ts'
import { type Goal, verdict } from './goals.ts'
import { median } from './measure.ts'
import { count, replaceBlocks, seconds, table, times } from './page.ts'

// Whether anything grows worse than evenly: compiles a small fleet with much of one thing, then with
// twice as much, in one process, and compares the processor's time:
// npm run bench:doubling -- [--runs K] [--out PAGE]
const { values } = parseArgs({
  options: { runs: { type: 'string', default: '5' }, out: { type: 'string' } },
})
const goal: Goal = { id: 'P8', wanted: '', unit: '×', atMost: 2.3 }

/** Something there can be much of, as a fleet that holds so many of it. */
interface Kind {
  readonly name: string
  readonly few: number
  readonly fleet: (many: number) => Map<string, string>
  /** How many mistakes are to be found among so many; else there must be none. */
  readonly mistakes?: (many: number) => number
}

const projects = 50

const kinds: readonly Kind[] = [
  { name: 'projects', few: 200, fleet: (many) => generateFleet({ projects: many, seed: 1 }) },
  {
    name: 'variables of each project',
    few: 95,
    fleet: (many) => withLines('env:', many, (line) => `  EXTRA_${line}: "${line}"`),
  },
  {
    name: 'mistakes in each project',
    few: 95,
    fleet: (many) => withLines('env:', many, (line) => `  EXTRA_${line}: [${line}]`),
    mistakes: (many) => many * projects,
  },
  {
    name: 'layers of each stack',
    few: 300,
    fleet: (many) => {
      const files = withLines('  - base', many, (line) => `  - extra/l${line}`)
      for (const line of numbers(many)) {
        const text = `description: One of many.\nvalues: {extra: {v${line}: ${line}}}\n`
        files.set(`policies/extra/l${line}/policy.yaml`, text)
      }
      return files
    },
  },
]

const kubernetes = readKubernetes()
const rows = kinds.map((kind) => {
  const { name, few } = kind
  const [once, twice] = [compiler(kind, few), compiler(kind, 2 * few)]
  for (const compileAgain of [once, twice, once, twice]) compileAgain()
  const rounds = numbers(Number(values.runs)).map(() => [once(), twice()] as const)
  const one = median(rounds.map(([time]) => time))
  const two = median(rounds.map(([, time]) => time))
  return [name, count(few), seconds(one), seconds(two), times(two / one), verdict(goal, two / one)]
})
const result = table(['twice as many', 'from', 'once', 'twice', 'is', 'P8: ≤ 2.3 ×'], rows)
if (values.out === undefined) console.log(result)
else replaceBlocks(values.out, new Map([['doubling', result]]))

/** Compiles a fleet with so many of a kind, and returns the milliseconds of work that took. */
function compiler({ name, fleet, mistakes }: Kind, many: number): () => number {
  const snapshot = snapshotOf(fleet(many))
  return () => {
    const before = process.cpuUsage()
    const { files, diagnostics } = compile(snapshot, { kubernetes })
    for (const _ of files);
    const { user, system } = process.cpuUsage(before)
    if (diagnostics.length !== (mistakes?.(many) ?? 0)) {
      throw new Error(`${name}: ${diagnostics.length} mistakes, ${diagnostics[0]?.message}`)
    }
    return (user + system) / 1000
  }
}

/** A fleet with many more lines below each one that reads so. */
function withLines(line: string, many: number, make: (line: number) => string) {
  const more = `${line}\n${numbers(many).map(make).join('\n')}\n`
  return new Map(
    [...generateFleet({ projects, seed: 1 })].map(([path, text]) => {
      return [path, text.replace(new RegExp(`^${line}\n`, 'm'), more)]
    }),
  )
}

function numbers(many: number): number[] {
  return Array.from({ length: many }, (_, index) => index)
}
