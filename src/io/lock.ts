import { EnvironmentFailure } from './failure.ts'
import { createLock, type FoundLock, findLock, isGone, removeLock, succeed } from './lock-file.ts'
import { dropState, hideState, listState, makeState, remove, statePaths } from './state-folder.ts'
import { attempt, unless } from './system-error.ts'

/** The right to write `out/`, held by one process at a time. */
export interface Lock {
  /** Whether nobody else held it since we asked. */
  readonly immediate: boolean
  /** Whether nobody took it for void meanwhile. */
  readonly isHeld: () => boolean
  /** Gives it back, and removes the state folder if nothing else is in it. Does not fail. */
  readonly release: () => void
}

export interface LockOptions {
  /** How many milliseconds to wait for another process. */
  readonly patience: number
  /** Lets time pass; may throw to give up. */
  readonly pause: (milliseconds: number) => Promise<void>
  /** Told in a sentence when the lock of a dead process is taken over. */
  readonly notice: (sentence: string) => void
}

/** Waits for the lock and takes it; an EnvironmentFailure names who holds it for too long. */
export async function acquireLock(root: string, options: LockOptions): Promise<Lock> {
  const path = `${root}/${statePaths.lock}`
  const deadline = performance.now() + options.patience
  for (let immediate = true; ; immediate = false) {
    const outcome = attempt(`take the lock ${statePaths.lock}`, () => tryLock(root, path, options))
    if (typeof outcome === 'string') return lockOf(root, path, outcome, immediate)
    if (performance.now() > deadline) throw held(outcome)
    await options.pause(20)
  }
}

/** The id of our lock, or the lock that stands in the way, as far as one could be seen. */
function tryLock(
  root: string,
  path: string,
  { notice }: LockOptions,
): string | FoundLock | undefined {
  makeState(root)
  // The last holder may remove the folder between the two calls: then we come again.
  const mine = unless(['ENOENT'], () => createLock(path))
  if (mine !== undefined) return mine
  const found = findLock(path)
  if (!found || !isGone(found)) return found
  const inherited = unless(['ENOENT'], () => succeed(path, found))
  if (inherited === undefined) return found
  notice(`took over the lock of ${nameOf(found)}, which did not finish`)
  return inherited
}

function lockOf(root: string, path: string, id: string, immediate: boolean): Lock {
  const isHeld = () => findLock(path)?.id === id
  const release = () => {
    try {
      if (!isHeld()) return
      // A journal that could not be completed stays, and stays hidden from Git.
      if (listState(root)?.every(isPassing)) remove(root, statePaths.ignore)
      removeLock(path)
      dropState(root)
    } catch {
      // The lock of a process that has ended binds nobody; what stays is removed by the next.
    }
  }
  try {
    attempt(`write ${statePaths.ignore}`, () => hideState(root))
    return { immediate, isHeld, release }
  } catch (error) {
    release()
    throw error
  }
}

function isPassing(name: string): boolean {
  return name === '.gitignore' || name === 'lock' || name.startsWith('lock.')
}

function held(found: FoundLock | undefined): EnvironmentFailure {
  return new EnvironmentFailure(
    `${found ? nameOf(found) : 'another process'} is writing out/`,
    `wait until it is done; if it is not at work, delete ${statePaths.lock}`,
  )
}

function nameOf({ holder }: FoundLock): string {
  if (!holder) return 'a process'
  return `process ${holder.pid} on ${holder.host}`
}
