import { lstatSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { completeInputs } from './complete-inputs.ts'
import { type Journal, type Move, readJournal } from './journal.ts'
import { acquireLock } from './lock.ts'
import { findLock, isGone } from './lock-file.ts'
import { folderOf, inOut } from './output-path.ts'
import { putInPlace } from './put-in-place.ts'
import {
  clearState,
  dropState,
  listState,
  remove,
  stateFolder,
  statePaths,
} from './state-folder.ts'
import { attempt, failureOf } from './system-error.ts'

export interface RecoverOptions {
  /** Told, in a sentence, what was found and done. */
  readonly notice?: (sentence: string) => void
  /** How many milliseconds to wait while another process writes. Default: 5,000. */
  readonly patience?: number
}

/**
 * Makes `out/` whole after a crash: what was decided is completed, what was not is thrown away.
 * Every command calls it first. Waits for a process that is just putting files in place; does
 * nothing, in no time, where there is nothing to do.
 */
export async function recover(
  root: string,
  { notice = () => {}, patience = 5_000 }: RecoverOptions = {},
): Promise<void> {
  const names = attempt(`list ${stateFolder}`, () => listState(root))
  if (!names) return
  const isOurs = (name: string) =>
    /^(lock(\..*)?|stage|(journal|inputs)\.(draft|json)|input\.fresh)$/.test(name)
  if (!names.some(isOurs)) {
    if (names.every((name) => name === '.gitignore')) tidy(root)
    return
  }
  while (lookAtLock(root) === 'nameless') await sleep(20)
  const isDecided = names.includes('journal.json') || names.includes('inputs.json')
  if (!isDecided && lookAtLock(root) === 'held') return
  const lock = await acquireLock(root, { notice, patience, pause: sleep })
  try {
    settle(root, notice)
  } catch (error) {
    throw failureOf(error, 'make out/ whole')
  } finally {
    lock.release()
  }
}

/** The same for whoever holds the lock already. */
export function settle(root: string, notice: (sentence: string) => void): void {
  const journal = attempt(`read ${statePaths.journal}`, () => readJournal(root))
  if (journal !== undefined) {
    if (journal !== 'damaged' && isFeasible(root, journal)) {
      putInPlace(root, journal)
      notice('completed the writing of out/ that was interrupted')
    } else {
      notice(`${statePaths.journal} is damaged; out/ may be incomplete until it is rendered again`)
    }
    attempt(`remove ${statePaths.journal}`, () => remove(root, statePaths.journal))
  }
  if (completeInputs(root, notice)) notice('completed an edit that was interrupted')
  attempt(`clear ${stateFolder}`, () => clearState(root))
}

function tidy(root: string): void {
  attempt(`remove ${stateFolder}`, () => {
    remove(root, statePaths.ignore)
    dropState(root)
  })
}

/** A lock is nameless for a moment while it is made; if that moment lasts, it is void. */
function lookAtLock(root: string): 'held' | 'nameless' | 'free' {
  const lock = attempt(`read ${statePaths.lock}`, () => findLock(`${root}/${statePaths.lock}`))
  if (!lock || isGone(lock)) return 'free'
  return lock.holder ? 'held' : 'nameless'
}

/**
 * Whether all that is staged is as it was staged: a power failure can leave empty files behind. And
 * a journal may have come with the repository: it must not reach out of `out/` through a link.
 */
function isFeasible(root: string, { files, folders, moves }: Journal): boolean {
  const parents = new Set<string>()
  for (const path of [...files, ...folders, ...moves.map(({ to }) => to)]) {
    for (let folder = path; folder !== '' && !parents.has(folderOf(folder)); ) {
      folder = folderOf(folder)
      parents.add(folder)
    }
  }
  return (
    isFolder(`${root}/${statePaths.stage}`) &&
    moves.every((move) => isIntact(root, move)) &&
    [...parents].every((folder) => !isLink(`${root}/${inOut(folder)}`))
  )
}

function isIntact(root: string, { from, size }: Move): boolean {
  const staged = lstatSync(`${root}/${statePaths.stage}/${from}`, { throwIfNoEntry: false })
  if (!staged) return true
  return size === undefined ? staged.isDirectory() : staged.isFile() && staged.size === size
}

function isFolder(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true
}
