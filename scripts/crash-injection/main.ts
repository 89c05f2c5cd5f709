import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { recover } from '../../src/io/recover.ts'
import { fewDescriptors, fullDisk, killAtRandom, pairs, strangers } from './ordeals.ts'
import { layOut, newTree, type Scene, scenes, treeOf } from './scenes.ts'
import { printTable, type Row } from './table.ts'
import { type Call, hasStrace, inject, listCalls, type Outcome } from './trace.ts'

const changing = {
  openat: ['EMFILE', 'EACCES', 'ENOSPC', 'EROFS', 'EIO'],
  write: ['ENOSPC', 'EIO', 'EDQUOT'],
  mkdir: ['ENOSPC', 'EACCES', 'EROFS', 'EIO'],
  rename: ['EIO', 'EACCES', 'ENOSPC', 'EROFS'],
  unlink: ['EIO', 'EACCES', 'EROFS'],
  rmdir: ['EIO', 'EACCES', 'EROFS'],
  fsync: ['EIO', 'ENOSPC'],
  chmod: ['EIO', 'EROFS'],
  close: ['EIO'],
} as const

const asking = {
  read: ['EIO'],
  getdents64: ['EIO'],
  statx: ['EIO', 'EACCES'],
  access: ['EACCES', 'EROFS'],
} as const

const errors: Readonly<Record<string, readonly string[]>> = { ...changing, ...asking }

/** Runs everything, prints what ran, and gives 1 if the promise was broken anywhere. */
export async function main(workshop: string, isLong: boolean): Promise<number> {
  const driver = join(workshop, 'driver.mjs')
  const root = join(workshop, 'root')
  const rows: Row[] = []
  if (hasStrace()) {
    const names = Object.keys(scenes).filter((name) => name !== 'many' && name !== 'restore')
    for (const name of isLong ? names : ['change', 'dead journal']) {
      rows.push(...(await injectAll({ name, driver, root, isLong })))
      console.error(`${name}: done`)
    }
  } else console.log('system calls: skipped, there is no strace')

  const counts = isLong
    ? { kills: 300, signals: 100, pairs: 200 }
    : { kills: 4, signals: 2, pairs: 2 }
  rows.push(await killAtRandom(driver, root, 'SIGKILL', counts.kills))
  rows.push(await killAtRandom(driver, root, 'SIGINT', counts.signals))
  rows.push(await killAtRandom(driver, root, 'SIGTERM', counts.signals))
  rows.push(await pairs(driver, root, counts.pairs))
  rows.push(fewDescriptors(driver, root), fullDisk(driver, root), strangers(driver, workshop))
  printTable(rows)
  return rows.some(({ broken }) => broken.length > 0) ? 1 : 0
}

interface Run {
  readonly name: string
  readonly driver: string
  readonly root: string
  readonly isLong: boolean
}

/** One row for each kind of call and each thing done to it. */
async function injectAll(run: Run): Promise<Row[]> {
  const scene = scenes[run.name] as Scene
  const program = [process.execPath, run.driver, run.root, run.name]
  const log = join(run.root, '../trace.log')
  const wanted = newTree(run.root, scene)
  layOut(run.root, scene)
  const calls = listCalls(program, Object.keys(errors), log)
  if (calls.length === 0) throw new Error('the trace shows no call of ours')
  const rows = new Map<string, Row>()
  for (const { call, what, isLasting } of injections(calls, run)) {
    layOut(run.root, scene)
    const old = scene.debris === 'journal' ? wanted : treeOf(run.root)
    const outcome = inject(program, call, what, isLasting, log)
    const title = `${run.name}: ${call.kind} ${what}${isLasting ? ', lasting' : ''}`
    const row = rows.get(title) ?? { title, runs: 0, old: 0, new: 0, ends: new Map(), broken: [] }
    rows.set(title, row)
    const hit = readFileSync(log, 'utf8')
      .split('\n')
      .find((line) => line.includes('INJECTED'))
    await judge(row, outcome, run.root, { old, wanted }, hit ?? call.text)
  }
  return [...rows.values()]
}

/** All that is to be done to these calls; of a scene that others cover, or in short, only some. */
function injections(calls: readonly Call[], { name, isLong }: Run) {
  const isThorough = name === 'change' || name === 'dead journal'
  const all = calls.flatMap((call) => [
    ...(call.kind in changing ? [{ call, what: 'signal=SIGKILL', isLasting: false }] : []),
    ...(errors[call.kind] ?? [])
      .slice(0, isThorough ? undefined : 1)
      .flatMap((error) => [
        { call, what: `error=${error}`, isLasting: false },
        ...(isThorough ? [{ call, what: `error=${error}`, isLasting: true }] : []),
      ]),
  ])
  // A prime step takes some of every kind.
  return isLong ? all : all.filter((_, index) => index % 97 === 5)
}

/** Notes what became of a run, and whether the promise was kept. */
async function judge(
  row: Row,
  { end, said }: Outcome,
  root: string,
  { old, wanted }: { readonly old: string; readonly wanted: string },
  place: string,
): Promise<void> {
  row.runs += 1
  row.ends.set(end, (row.ends.get(end) ?? 0) + 1)
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
