import {
  closeSync,
  fstatSync,
  openSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { isRunning, startOfProcess } from './process-life.ts'
import { unless } from './system-error.ts'

/** Whoever holds a lock, as the lock file says it. */
export interface Holder {
  readonly pid: number
  /** In ticks since the machine started, where the system tells it. */
  readonly start?: string
  readonly host: string
  /** When the lock was taken: milliseconds since 1970. */
  readonly since: number
}

/** A lock file that was found; `holder` is undefined if it does not (yet) name one. */
export interface FoundLock {
  /** Tells this file from any other that ever had its name. */
  readonly id: string
  /** When it was written: milliseconds since 1970. */
  readonly time: number
  readonly holder: Holder | undefined
}

/** After how many milliseconds a lock is void: one of another machine, of which we cannot ask. */
const foreignLimit = 15 * 60 * 1000

/** The same for a lock without a name: whoever makes one writes his name at once. */
const namelessLimit = 1000

/** Makes a lock file in the name of this process; its id, or undefined if there is one already. */
export function createLock(path: string): string | undefined {
  const start = startOfProcess(process.pid)
  const since = Date.now()
  const holder: Holder = { pid: process.pid, host: hostname(), since, ...(start && { start }) }
  const file = unless(['EEXIST'], () => openSync(path, 'wx', 0o644))
  if (file === undefined) return undefined
  try {
    writeSync(file, `${JSON.stringify(holder)}\n`)
    return identify(file).id
  } catch (error) {
    removeLock(path)
    throw error
  } finally {
    closeSync(file)
  }
}

/** Looks at a lock file; undefined if there is none. */
export function findLock(path: string): FoundLock | undefined {
  const file = unless(['ENOENT'], () => openSync(path, 'r'))
  if (file === undefined) return undefined
  try {
    return { holder: holderIn(readFileSync(file, 'utf8')), ...identify(file) }
  } finally {
    closeSync(file)
  }
}

export function removeLock(path: string): void {
  unless(['ENOENT'], () => unlinkSync(path))
}

/** Whether the holder cannot be at work any more. */
export function isGone({ holder, time }: FoundLock): boolean {
  if (!holder) return Date.now() - time > namelessLimit
  if (holder.host !== hostname()) return Date.now() - holder.since > foreignLimit
  return !isRunning(holder.pid, holder.start)
}

/**
 * Puts a lock of ours in the place of one whose holder is gone; undefined if another process came
 * first. Only one can: it must hold the lock on that very lock file, a name nobody else will want.
 */
export function succeed(path: string, gone: FoundLock): string | undefined {
  const heir = `${path}.${gone.id}`
  const mine = createLock(heir) ?? succeedGone(heir)
  if (mine === undefined) return undefined
  if (findLock(path)?.id !== gone.id) {
    removeLock(heir)
    return undefined
  }
  renameSync(heir, path)
  return mine
}

function succeedGone(path: string): string | undefined {
  const found = findLock(path)
  return found && isGone(found) ? succeed(path, found) : undefined
}

/** Number of the file and time of its last writing: a rename changes neither. */
function identify(file: number): { readonly id: string; readonly time: number } {
  const { ino, mtimeMs } = fstatSync(file)
  return { id: `${ino}-${mtimeMs}`, time: mtimeMs }
}

function holderIn(text: string): Holder | undefined {
  try {
    const { pid, start, host, since } = JSON.parse(text)
    if (!Number.isSafeInteger(pid) || pid <= 0) return undefined
    if (typeof host !== 'string' || typeof since !== 'number') return undefined
    return { pid, host, since, ...(typeof start === 'string' ? { start } : {}) }
  } catch {
    return undefined
  }
}
