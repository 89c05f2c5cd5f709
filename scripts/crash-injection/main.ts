import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { recover } from '../../src/io/recover.ts'
import { changingInputs, smallHeap } from './commands.ts'
import {
  fewDescriptors,
  fullDisks,
  killAtRandom,
  pairs,
  readOnly,
  staleLocks,
  strangers,
} from './ordeals.ts'
import { layOut, newTree, type Scene, scenes, treeOf } from './scenes.ts'
import { emptyRow, noteEnd, printTables, type Row } from './table.ts'
import { type Call, hasStrace, inject, listCalls, type Outcome } from './trace.ts'

/** All kinds of calls by which the program meets the file system. */
const kinds = ['openat', 'close', 'read', 'pread64', 'write', 'fsync', 'statx', 'newfstatat']
  .concat(['access', 'getdents64', 'mkdir', 'rename', 'unlink', 'rmdir', 'chmod', 'fchmod'])
  .concat(['fchmodat', 'ftruncate', 'symlink', 'link', 'readlink'])

const errors = ['EIO', 'ENOSPC', 'EACCES', 'EROFS', 'EMFILE', 'EDQUOT'] as const
/** What does not pass by itself: every later call of the kind fails as well. */
const lasting = ['ENOSPC', 'EROFS', 'EMFILE'] as const

/** How much is done at every call of a scene; what others cover is done in less detail. */
type Depth = 'all' | 'some' | 'few'
const depths: Readonly<Record<string, Depth>> = {
  change: 'all',
  'dead journal': 'some',
  cold: 'few',
  'cold, umask 077': 'few',
  'dead lock': 'few',
  'dead stage': 'few',
}

/** Runs everything, prints what ran, and gives 1 if the promise was broken anywhere. */
export async function main(workshop: string, isLong: boolean): Promise<number> {
  const driver = join(workshop, 'driver.mjs')
  const root = join(workshop, 'root')
  const rows = new Map<string, Row>()
  if (hasStrace()) {
    for (const name of isLong ? Object.keys(depths) : ['change', 'dead journal']) {
      await injectAll({ name, driver, root, isLong }, rows)
      if (isLong) console.error(`${name}: done`)
    }
  } else console.log('system calls: skipped, there is no strace\n')

  const counts = isLong
    ? { kills: 300, signals: 100, pairs: 200, locks: 40, inputs: 60 }
    : { kills: 3, signals: 1, pairs: 2, locks: 1, inputs: 2 }
  const cli = join(workshop, 'cli.mjs')
  const ordeals = [
    await killAtRandom(driver, root, 'SIGKILL', counts.kills),
    await killAtRandom(driver, root, 'SIGINT', counts.signals),
    await killAtRandom(driver, root, 'SIGTERM', counts.signals),
    await pairs(driver, root, counts.pairs),
    await staleLocks(driver, root, counts.locks),
    await changingInputs(cli, root, counts.inputs),
    fewDescriptors(driver, root),
    ...(isLong ? smallHeap(cli, root) : []),
    fullDisks(driver, root, isLong ? [256, 512, 1024, 1536, 2048, 3072, 4096] : [2048]),
    readOnly(driver, root),
    strangers(driver, workshop),
  ]
  printTables([...rows.values()], ordeals)
  return [...rows.values(), ...ordeals].some(({ broken }) => broken.length > 0) ? 1 : 0
}

interface Run {
  readonly name: string
  readonly driver: string
  readonly root: string
  readonly isLong: boolean
}

/** Adds to the row of each kind of call what became of all that was done to its calls. */
async function injectAll(run: Run, rows: Map<string, Row>): Promise<void> {
  const scene = scenes[run.name] as Scene
  const program = [process.execPath, run.driver, run.root, run.name]
  const log = join(run.root, '../trace.log')
  const wanted = newTree(run.root, scene)
  layOut(run.root, scene)
  const calls = listCalls(program, kinds, log)
  if (calls.length === 0) throw new Error('the trace shows no call of ours')
  for (const { call, what, isLasting } of injections(calls, run)) {
    layOut(run.root, scene)
    const old = scene.debris === 'journal' ? wanted : treeOf(run.root)
    const outcome = inject(program, call, what, isLasting, log)
    const row = rows.get(call.kind) ?? emptyRow(call.kind)
    rows.set(call.kind, row)
    row.places.add(`${run.name}: ${call.kind} ${call.number}`)
    if (what === kill) row.kills += 1
    const hit = readFileSync(log, 'utf8')
      .split('\n')
      .find((line) => line.includes('INJECTED'))
    const place = `${run.name}, ${what}: ${hit ?? call.text}`
    await judge(row, outcome, run.root, { old, wanted }, place)
  }
}

const kill = 'signal=SIGKILL'

/** All that is to be done to these calls; in short, only some of it. */
function injections(calls: readonly Call[], { name, isLong }: Run) {
  const depth = depths[name] ?? 'few'
  const once = depth === 'all' ? errors : depth === 'some' ? errors.slice(0, 2) : errors.slice(0, 1)
  const longer = depth === 'all' ? lasting : depth === 'some' ? lasting.slice(0, 1) : []
  const all = calls.flatMap((call) => [
    { call, what: kill, isLasting: false },
    ...once.map((error) => ({ call, what: `error=${error}`, isLasting: false })),
    ...longer.map((error) => ({ call, what: `error=${error}`, isLasting: true })),
  ])
  // A prime step takes some of every kind.
  return isLong ? all : all.filter((_, index) => index % 157 === 5)
}

/** Notes what became of a run, and whether the promise was kept. */
async function judge(
  row: Row,
  { end, said }: Outcome,
  root: string,
  { old, wanted }: { readonly old: string; readonly wanted: string },
  place: string,
): Promise<void> {
  noteEnd(row, end)
  const complain = (what: string) => row.broken.push(`${what}\n    at ${place}\n    ${said}`)
  const left = treeOf(root)
  const hasJournal = existsSync(join(root, '.sahaba/journal.json'))
  if (end === 0 && left !== wanted) complain('exit 0, but not the new tree')
  if (end === 5 && left !== old && left !== wanted && !hasJournal)
    complain('exit 5 and a torn tree')
  if (![0, 5, 'SIGKILL', 'SIGABRT', 137, 134].includes(end)) complain(`ended with ${end}`)
  try {
    await recover(root, { patience: 3000 })
  } catch (error) {
    complain(`recovery failed: ${error}`)
  }
  const now = treeOf(root)
  if (now === wanted) row.new += 1
  else if (now === old) row.old += 1
  else complain('after recovery the tree is torn')
  if (existsSync(join(root, '.sahaba'))) complain('after recovery something is left behind')
}
