import { execFileSync, spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { acquireLock } from '../../src/io/lock.ts'
import { isRunning, startOfProcess } from '../../src/io/process-life.ts'
import { treeIn, write } from './output-fixture.ts'
import { temporaryFolder, writeFiles } from './temporary.ts'

const files = { 'cq/prod/order/a.yaml': 'a' }

const acquire = (root: string, patience = 100, notices: string[] = []) =>
  acquireLock(root, {
    patience,
    pause: (milliseconds) => sleep(milliseconds),
    notice: (sentence) => notices.push(sentence),
  })

function leaveLock(root: string, holder: object | string): void {
  const text = typeof holder === 'string' ? holder : JSON.stringify(holder)
  writeFiles(root, { '.sahaba/lock': text })
}

/** The number of a process that has been and gone. */
function deadProcess(): number {
  return Number(execFileSync('sh', ['-c', 'echo $$'], { encoding: 'utf8' }))
}

/** How a lock file is told from others that have had its name. */
function identityOf(path: string): string {
  const { ino, mtimeMs } = statSync(path)
  return `${ino}-${mtimeMs}`
}

const running = { pid: process.ppid, host: hostname(), since: Date.now() }

test('the lock says who holds it, is hidden from Git, and leaves nothing behind', async () => {
  const root = temporaryFolder()
  const lock = await acquire(root)
  expect(lock.immediate).toBe(true)
  const { pid, host } = JSON.parse(readFileSync(join(root, '.sahaba/lock'), 'utf8'))
  expect({ pid, host }).toEqual({ pid: process.pid, host: hostname() })
  expect(readFileSync(join(root, '.sahaba/.gitignore'), 'utf8')).toBe('*\n')
  lock.release()
  expect(treeIn(root)).toEqual({})
})

test('whoever comes second waits, and learns that he did', async () => {
  const root = temporaryFolder()
  const first = await acquire(root)
  setTimeout(() => first.release(), 100)
  const second = await acquire(root, 5000)
  expect(second.immediate).toBe(false)
  second.release()
})

test('a lock that is held too long is named, and nothing is written', async () => {
  const root = temporaryFolder()
  leaveLock(root, running)
  await expect(write(root, files, { patience: 50 })).rejects.toThrow(
    `process ${process.ppid} on ${hostname()} is writing out/`,
  )
  expect(existsSync(join(root, 'out'))).toBe(false)
  expect(readdirSync(join(root, '.sahaba'))).toEqual(['lock'])
})

test('where nothing is to be written a lock does not matter', async () => {
  const root = temporaryFolder()
  await write(root, files)
  leaveLock(root, running)
  expect((await write(root, files, { patience: 0 })).unchanged).toBe(1)
})

test.each<[string, () => object | string]>([
  ['that has ended', () => ({ ...running, pid: deadProcess() })],
  ['whose number another has now', () => ({ ...running, start: '1' })],
  ['of long ago on another machine', () => ({ ...running, host: 'x', since: Date.now() - 2e6 })],
])('the lock of a process %s is taken over, and said so', async (_, holder) => {
  const [root, notices] = [temporaryFolder(), [] as string[]]
  leaveLock(root, holder())
  await write(root, files, { patience: 0, notice: (sentence) => notices.push(sentence) })
  expect(Object.keys(treeIn(root)).filter((path) => !path.endsWith('/'))).toEqual([
    'out/cq/prod/order/a.yaml',
  ])
  expect(notices).toHaveLength(1)
  expect(notices[0]).toMatch(/^took over the lock of process \d+ on .*, which did not finish$/)
})

test('the lock of another machine that is at work is respected', async () => {
  const root = temporaryFolder()
  leaveLock(root, { ...running, host: 'elsewhere', pid: 1 })
  await expect(acquire(root)).rejects.toThrow('process 1 on elsewhere')
})

test.each(['', '{"pid":', '{"pid":"1","host":1}', '{"pid":-1,"host":"x","since":1}'])(
  'a lock that says %j is waited for, and void after a second',
  async (text) => {
    const root = temporaryFolder()
    leaveLock(root, text)
    await expect(acquire(root, 50)).rejects.toThrow('a process is writing out/')
    const past = Date.now() / 1000 - 2
    utimesSync(join(root, '.sahaba/lock'), past, past)
    const lock = await acquire(root)
    lock.release()
  },
)

test('one who died while taking over is himself taken over', async () => {
  const root = temporaryFolder()
  leaveLock(root, { ...running, pid: deadProcess() })
  const past = Date.now() / 1000 - 2
  utimesSync(join(root, '.sahaba/lock'), past, past)
  // What `succeed` would name its lock, left by two generations of the dead.
  const first = `.sahaba/lock.${identityOf(join(root, '.sahaba/lock'))}`
  writeFiles(root, { [first]: JSON.stringify({ ...running, pid: deadProcess() }) })
  const second = `${first}.${identityOf(join(root, first))}`
  writeFileSync(join(root, second), JSON.stringify({ ...running, pid: deadProcess() }))
  const lock = await acquire(root)
  expect(lock.isHeld()).toBe(true)
  expect(readdirSync(join(root, '.sahaba')).sort()).toEqual(['.gitignore', 'lock'])
  lock.release()
})

test('a lock that was taken away is noticed', async () => {
  const root = temporaryFolder()
  const lock = await acquire(root)
  writeFileSync(join(root, '.sahaba/other'), '')
  expect(lock.isHeld()).toBe(true)
  utimesSync(join(root, '.sahaba/lock'), 1, 1)
  expect(lock.isHeld()).toBe(false)
})

test('a process is told from another with its number, and from its corpse', async () => {
  expect(isRunning(process.pid, startOfProcess(process.pid))).toBe(true)
  expect(isRunning(process.pid, undefined)).toBe(true)
  expect(isRunning(deadProcess(), undefined)).toBe(false)
  const child = spawn('sleep', ['60'])
  const pid = child.pid ?? 0
  expect(isRunning(pid, startOfProcess(pid))).toBe(true)
  child.kill('SIGKILL')
  await new Promise((resolve) => child.on('exit', resolve))
  expect(isRunning(pid, undefined)).toBe(false)
})
