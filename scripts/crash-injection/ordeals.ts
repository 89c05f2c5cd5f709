import { type ChildProcess, type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { recover } from '../../src/io/recover.ts'
import { layOut, newTree, type Scene, scenes, treeOf } from './scenes.ts'
import { emptyRow, noteEnd, type Row } from './table.ts'

const many = scenes.many as Scene
const change = scenes.change as Scene

/** Sends a signal at a random time after the program has begun to write 1,000 files. */
export async function killAtRandom(
  driver: string,
  root: string,
  signal: NodeJS.Signals,
  times: number,
): Promise<Row> {
  const row = emptyRow(`1,000 files: ${signal} at a random time`)
  const trees = { wanted: newTree(root, many), old: '' }
  const duration = await measure(driver, root)
  for (let run = 0; run < times; run += 1) {
    layOut(root, many)
    trees.old = treeOf(root)
    const child = start(driver, root, 'many')
    await once(child.stderr)
    const ended = endOf(child)
    await sleep(Math.random() * duration * 1.2)
    child.kill(signal)
    const end = await ended
    note(row, end)
    const isTidy = !existsSync(join(root, '.sahaba'))
    if (signal !== 'SIGKILL' && !isTidy) row.broken.push('something was left behind')
    await compare(row, root, trees)
  }
  return row
}

/** How many milliseconds the program takes to write, once it has begun. */
async function measure(driver: string, root: string): Promise<number> {
  layOut(root, many)
  const child = start(driver, root, 'many')
  await once(child.stderr)
  const begun = performance.now()
  await endOf(child)
  return performance.now() - begun
}

/** Two programs that want different trees begin at once: the tree is that of one of them. */
export async function pairs(driver: string, root: string, times: number): Promise<Row> {
  const row = emptyRow('two at once')
  const [old, wanted] = [newTree(root, { ...change, after: change.before }), newTree(root, change)]
  for (let run = 0; run < times; run += 1) {
    layOut(root, run % 2 === 0 ? change : { ...change, before: {} })
    const children = ['change', 'restore'].map((name) => start(driver, root, name))
    for (const end of await Promise.all(children.map(endOf))) note(row, end)
    await compare(row, root, { old, wanted })
  }
  return row
}

/** With as few file descriptors as 64. */
export function fewDescriptors(driver: string, root: string): Row {
  const row = emptyRow('1,000 files: ulimit -n 64')
  const wanted = newTree(root, many)
  layOut(root, many)
  const script = 'ulimit -n 64; exec "$0" "$@"'
  const { status } = spawnSync('sh', ['-c', script, process.execPath, driver, root, 'many'])
  note(row, status ?? 'nothing')
  if (treeOf(root) === wanted) row.new += 1
  else row.broken.push('not the new tree')
  return row
}

/** The holder of the lock is killed while he stages; the next one takes over, and says so. */
export async function staleLocks(driver: string, root: string, times: number): Promise<Row> {
  const row = emptyRow('1,000 files: the holder of the lock is killed, the next one writes')
  const wanted = newTree(root, many)
  for (let run = 0; run < times; run += 1) {
    layOut(root, many)
    const child = start(driver, root, 'many')
    const ended = endOf(child)
    while (child.exitCode === null && !existsSync(join(root, '.sahaba/lock'))) await sleep(1)
    child.kill('SIGKILL')
    await ended
    const { status, stderr } = spawnSync(process.execPath, [driver, root, 'many'])
    noteEnd(row, status ?? 'nothing')
    if (status !== 0) row.broken.push(`ended with ${status}: ${stderr}`)
    if (treeOf(root) === wanted && !existsSync(join(root, '.sahaba'))) row.new += 1
    else row.broken.push('not the new tree')
  }
  return row
}

/** On disks that are too small for the new files, of so many kilobytes. */
export function fullDisks(driver: string, root: string, sizes: readonly number[]): Row {
  const row = emptyRow(`1,000 files: disks of ${sizes.join(', ')} kB`)
  for (const size of sizes) {
    rmSync(root, { recursive: true, force: true })
    mkdirSync(root)
    const options = ['-t', 'tmpfs', '-o', `size=${size}k`, 'tmpfs', root]
    if (spawnSync('mount', options).status !== 0) return { ...row, skipped: 'cannot mount' }
    try {
      const inner = join(root, 'root')
      layOut(inner, { ...change, after: {} })
      refused(row, inner, () => spawnSync(process.execPath, [driver, inner, 'many']))
    } finally {
      spawnSync('umount', [root])
    }
  }
  return row
}

/** On a disk that may only be read. */
export function readOnly(driver: string, root: string): Row {
  const row = emptyRow('a disk that may only be read')
  layOut(root, change)
  if (spawnSync('mount', ['--bind', root, root]).status !== 0)
    return { ...row, skipped: 'cannot mount' }
  try {
    if (spawnSync('mount', ['-o', 'remount,bind,ro', root]).status !== 0)
      return { ...row, skipped: 'cannot mount' }
    refused(row, root, () => spawnSync(process.execPath, [driver, root, 'change']))
  } finally {
    spawnSync('umount', [root])
  }
  return row
}

/** As a user who may write the root, but not every folder of `out/`. */
export function strangers(driver: string, workshop: string): Row {
  const row = emptyRow('a folder of another user')
  if (process.getuid?.() !== 0) return { ...row, skipped: 'skipped: not root' }
  const root = join(workshop, 'root')
  const nobody = 65534
  chmodSync(workshop, 0o755)
  layOut(root, change)
  for (const path of ['', 'out', 'out/cq', 'out/cq/prod'])
    chownSync(join(root, path), nobody, nobody)
  const options = { uid: nobody, gid: nobody }
  refused(row, root, () => spawnSync(process.execPath, [driver, root, 'change'], options))
  return row
}

/** Notes a run that had to end with 5 and to leave everything as it was. */
function refused(row: Row, root: string, run: () => SpawnSyncReturns<Buffer>): void {
  const old = treeOf(root)
  const { status, stderr } = run()
  noteEnd(row, status ?? 'nothing')
  if (status !== 5) row.broken.push(`ended with ${status}: ${stderr}`)
  if (treeOf(root) === old && !existsSync(join(root, '.sahaba'))) row.old += 1
  else row.broken.push('not the old tree')
}

async function compare(
  row: Row,
  root: string,
  { old, wanted }: { readonly old: string; readonly wanted: string },
): Promise<void> {
  await recover(root, { patience: 3000 })
  const now = treeOf(root)
  if (now === wanted) row.new += 1
  else if (now === old) row.old += 1
  else row.broken.push('the tree is torn')
  if (existsSync(join(root, '.sahaba'))) row.broken.push('after recovery something is left behind')
}

function note(row: Row, end: number | string): void {
  noteEnd(row, end)
  // A signal that comes before or after the writing ends the process as it would any other.
  if (![0, 5, 130, 143, 'SIGKILL', 'SIGINT', 'SIGTERM'].includes(end))
    row.broken.push(`ended with ${end}`)
}

function start(driver: string, root: string, scene: string) {
  return spawn(process.execPath, [driver, root, scene], { stdio: ['ignore', 'ignore', 'pipe'] })
}

function endOf(child: ChildProcess): Promise<number | string> {
  return new Promise((resolve) => {
    child.on('exit', (status, signal) => resolve(status ?? signal ?? 'nothing'))
  })
}

function once(stream: NodeJS.ReadableStream): Promise<void> {
  return new Promise((resolve) => {
    stream.once('data', () => resolve())
  })
}
