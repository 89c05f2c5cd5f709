import {
  chmodSync,
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { EnvironmentFailure } from './failure.ts'
import { contentSum, type InputStep, readDecidedInputs } from './input-journal.ts'
import { remove, statePaths } from './state-folder.ts'
import { attempt, failureOf, unless } from './system-error.ts'

/** Does what was decided, if anything was. May be called again after any interruption. */
export function completeInputs(root: string, notice: (sentence: string) => void): boolean {
  const steps = attempt(`read ${statePaths.inputs}`, () => readDecidedInputs(root))
  if (steps === undefined) return false
  if (steps === 'damaged') notice(`${statePaths.inputs} is damaged; an edit may be incomplete`)
  else for (const step of steps) complete(root, step, steps.length <= durableFiles, notice)
  attempt(`remove ${statePaths.inputs}`, () => remove(root, statePaths.inputs))
  return steps !== 'damaged'
}

/** More than so many files are not forced to disk one by one. */
const durableFiles = 32

function complete(
  root: string,
  step: InputStep,
  isDurable: boolean,
  notice: (sentence: string) => void,
): void {
  const { path, before, text } = step
  try {
    const now = contentOf(root, path)
    const sum = now === undefined ? null : contentSum(now)
    if (sum === contentSum(text)) return
    if (sum === before) put(root, path, text, isDurable)
    else notice(`${path} was changed by somebody else meanwhile, and is left as it is`)
  } catch (error) {
    const failure = failureOf(error, `write ${path}`)
    if (!(failure instanceof EnvironmentFailure)) throw failure
    const cure = failure.help === undefined ? '' : `${failure.help}; `
    throw new EnvironmentFailure(
      `${failure.message}; the edit is partly written`,
      `${cure}the next command completes it`,
    )
  }
}

function put(root: string, path: string, text: string, isDurable: boolean): void {
  const target = `${root}/${path}`
  const mode = lstatSync(target, { throwIfNoEntry: false })?.mode ?? 0o644
  mkdirSync(dirname(target), { recursive: true })
  const fresh = `${root}/${statePaths.freshInput}`
  rmSync(fresh, { force: true })
  const file = openSync(fresh, 'wx', 0o644)
  try {
    writeFileSync(file, text)
    if (isDurable) fsyncSync(file)
  } finally {
    closeSync(file)
  }
  chmodSync(fresh, mode & 0o777)
  renameSync(fresh, target)
}

/** The bytes of a regular file that is reached through folders alone; undefined if it is not there. */
export function contentOf(root: string, path: string): Uint8Array | undefined {
  const parts = path.split('/')
  for (let length = 1; length < parts.length; length += 1) {
    const folder = parts.slice(0, length).join('/')
    const stats = lstatSync(`${root}/${folder}`, { throwIfNoEntry: false })
    if (stats && !stats.isDirectory()) throw new EnvironmentFailure(`${folder} is no folder`)
  }
  const stats = lstatSync(`${root}/${path}`, { throwIfNoEntry: false })
  if (stats && !stats.isFile()) throw new EnvironmentFailure(`${path} is no regular file`)
  return unless(['ENOENT'], () => readFileSync(`${root}/${path}`))
}
