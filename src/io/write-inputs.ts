import { isSameBytes } from '../source/snapshot.ts'
import { completeInputs, contentOf } from './complete-inputs.ts'
import { EnvironmentFailure } from './failure.ts'
import { contentSum, decideInputs, type InputStep, readDecidedInputs } from './input-journal.ts'
import { watchSignals } from './interruption.ts'
import { acquireLock } from './lock.ts'
import { settle } from './recover.ts'
import { clearState, statePaths } from './state-folder.ts'
import { attempt, failureOf } from './system-error.ts'

/** What a file of the inputs holds, and is to hold. */
export interface InputChange {
  /** From the root; below projects/. */
  readonly path: string
  /** Undefined if it is not there. */
  readonly before: Uint8Array | undefined
  readonly after: Uint8Array
}

export interface WriteInputsOptions {
  readonly notice: (sentence: string) => void
  /** How many milliseconds to wait while another process writes. Default: 30,000. */
  readonly patience?: number
}

/**
 * Writes all of the files, or none and a failure. Fails if one of them is not any more as it was read;
 * others may have changed. All that is to be written stands in one journal before the first file is
 * touched: after a crash the next command writes the rest.
 */
export async function writeInputs(
  root: string,
  changes: readonly InputChange[],
  { notice, patience = 30_000 }: WriteInputsOptions,
): Promise<void> {
  const signals = watchSignals()
  try {
    const lock = await acquireLock(root, { notice, patience, pause: signals.pause })
    try {
      settle(root, notice)
      const verify = () => {
        for (const change of changes) refuseChanged(root, change)
      }
      verify()
      await signals.pause()
      attempt(`write ${statePaths.inputsDraft}`, () => {
        decideInputs(root, changes.map(stepOf), verify)
      })
      completeInputs(root, notice)
    } finally {
      if (lock.isHeld() && !readDecidedInputs(root)) clearState(root)
      lock.release()
    }
  } catch (error) {
    throw failureOf(error, 'write into projects/')
  } finally {
    signals.end()
  }
}

function refuseChanged(root: string, { path, before }: InputChange): void {
  const now = attempt(`read ${path}`, () => contentOf(root, path))
  if (isSameBytes(now, before)) return
  throw new EnvironmentFailure(
    `${path} was changed by somebody else meanwhile; nothing was written`,
    'run the command again',
  )
}

function stepOf({ path, before, after }: InputChange): InputStep {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(after)
  return { path, before: before === undefined ? null : contentSum(before), text }
}
