import { accessSync, constants, lstatSync } from 'node:fs'
import type { OutputFile } from './comparison.ts'
import { EnvironmentFailure } from './failure.ts'
import { type SignalWatch, watchSignals } from './interruption.ts'
import { draftJournal, type Journal, putInForce } from './journal.ts'
import { acquireLock, type Lock } from './lock.ts'
import { folderOf, inOut } from './output-path.ts'
import { putInPlace } from './put-in-place.ts'
import { settle } from './recover.ts'
import { Stage } from './stage.ts'
import { clearState, remove, stateFolder, statePaths } from './state-folder.ts'
import { attempt } from './system-error.ts'

/** After so many staged files we look whether we were asked to stop. */
const filesBetweenPauses = 64

/** One go at writing `out/`: begun when the first difference is found, ended whatever happens. */
export class Writing {
  private readonly root: string
  private readonly patience: number
  private readonly notice: (sentence: string) => void
  /** The state of the root when we began to compare; it changes when anybody begins to write. */
  private readonly mark: string | undefined
  private signals: SignalWatch | undefined
  private lock: Lock | undefined
  private current: Stage | undefined
  private staged = 0
  private isInForce = false

  constructor(root: string, patience: number, notice: (sentence: string) => void) {
    this.root = root
    this.patience = patience
    this.notice = notice
    this.mark = attempt('look at the root', () => markOf(root))
  }

  get isBegun(): boolean {
    return this.lock !== undefined
  }

  /**
   * Takes the lock. False if another process may have written to `out/` since
   * this go was begun: what was compared until now may be out of date.
   */
  async begin(): Promise<boolean> {
    const signals = watchSignals()
    this.signals = signals
    const { patience, notice } = this
    const isQuiet = this.mark !== undefined && markOf(this.root) === this.mark
    const pause = signals.pause
    this.lock = await acquireLock(this.root, { patience, notice, pause })
    settle(this.root, notice)
    return isQuiet && this.lock.immediate
  }

  /** Puts a file in the stage. True if it is time for a pause. */
  stage(file: OutputFile, arrival: string): boolean {
    this.current ??= attempt(`make ${statePaths.stage}`, () => new Stage(this.root))
    this.current.add(file, arrival)
    this.staged += 1
    return this.staged % filesBetweenPauses === 0
  }

  /** Throws an Interruption if we were asked to stop. */
  async pause(): Promise<void> {
    await this.signals?.pause()
  }

  /** Decides, and puts the staged files in place. There are no pauses: from here it is finished. */
  async commit(
    files: readonly string[],
    folders: readonly string[],
    verifyInputs: () => void,
  ): Promise<void> {
    const { root, current, lock } = this
    const journal: Journal = { files, folders, moves: current?.moves ?? [] }
    await this.pause()
    this.checkFolders(journal)
    attempt(`write ${stateFolder} to disk`, () => {
      current?.flush()
      draftJournal(root, journal, current?.isDurable ?? true)
    })
    verifyInputs()
    if (!lock?.isHeld()) throw new EnvironmentFailure('another process took over our lock')
    attempt(`put ${statePaths.journal} in force`, () => putInForce(root))
    this.isInForce = true
    putInPlace(root, journal)
    attempt(`remove ${statePaths.journal}`, () => remove(root, statePaths.journal))
    this.isInForce = false
  }

  /** Leaves nothing behind, unless what was decided could not be completed. */
  end(): void {
    this.signals?.end()
    try {
      if (this.lock?.isHeld() && !this.isInForce) clearState(this.root)
    } catch {
      // Whatever stays behind is thrown away by the next command; what went wrong is known already.
    }
    this.lock?.release()
  }

  /** What can be known to fail is to fail before the commit point. */
  private checkFolders({ files, folders, moves }: Journal): void {
    const places = [...files, ...folders, ...moves.map(({ to }) => to)]
    const device = lstatSync(`${this.root}/${stateFolder}`).dev
    for (const folder of new Set(places.map(parentOf))) {
      attempt(`write into ${folder === '' ? 'the root' : folder}`, () => {
        accessSync(`${this.root}/${folder}`, constants.W_OK | constants.X_OK)
        if (lstatSync(`${this.root}/${folder}`).dev !== device) throw otherFileSystem(folder)
      })
    }
  }
}

function parentOf(path: string): string {
  return path === '' ? '' : inOut(folderOf(path))
}

function otherFileSystem(folder: string): EnvironmentFailure {
  return new EnvironmentFailure(
    `${folder} is on another file system than ${stateFolder}`,
    'keep out/ on the file system of the repository: files are put in place by renaming',
  )
}

/** File systems tell times this finely, in milliseconds. */
const tick = 20

/**
 * Every process that writes makes the lock, and so changes the time of the state folder, or that of the
 * root by making the folder. Undefined while there is a lock, or if a time would stay the same were there
 * one now.
 */
function markOf(root: string): string | undefined {
  const state = lstatSync(`${root}/${stateFolder}`, { throwIfNoEntry: false })
  if (state && lstatSync(`${root}/${statePaths.lock}`, { throwIfNoEntry: false })) return undefined
  const times = [lstatSync(root), ...(state ? [state] : [])].map(({ ctimeMs }) => ctimeMs)
  return times.some((time) => Math.abs(Date.now() - time) < tick) ? undefined : times.join(' ')
}
