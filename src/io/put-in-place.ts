import { lstatSync, mkdirSync, readdirSync, renameSync, rmdirSync, unlinkSync } from 'node:fs'
import { dirname } from 'node:path'
import { EnvironmentFailure } from './failure.ts'
import type { Journal } from './journal.ts'
import { inOut } from './output-path.ts'
import { statePaths } from './state-folder.ts'
import { failureOf, unless } from './system-error.ts'

/**
 * Does what a journal says. May be called again after any interruption: what was done already is
 * left as it is. A failure says that the next command goes on.
 */
export function putInPlace(root: string, { files, folders, moves }: Journal): void {
  for (const path of files) insist(path, () => removeFile(`${root}/${inOut(path)}`))
  for (const path of folders) insist(path, () => removeFolder(`${root}/${inOut(path)}`))
  for (const { from, to } of moves) {
    insist(to, () => arrive(`${root}/${statePaths.stage}/${from}`, `${root}/${inOut(to)}`))
  }
}

function removeFile(path: string): void {
  try {
    unless(['ENOENT', 'ENOTDIR'], () => unlinkSync(path))
  } catch (error) {
    // A new folder that has already arrived under the name of the old file.
    if (!lstatSync(path, { throwIfNoEntry: false })?.isDirectory()) throw error
  }
}

function removeFolder(path: string): void {
  unless(['ENOENT', 'ENOTDIR', 'ENOTEMPTY', 'EEXIST'], () => rmdirSync(path))
}

function arrive(from: string, to: string): void {
  const renamed = unless(['ENOENT', 'ENOTEMPTY', 'EEXIST'], () => {
    renameSync(from, to)
    return true
  })
  if (renamed) return
  const staged = lstatSync(from, { throwIfNoEntry: false })
  if (!staged) return
  if (staged.isDirectory() && lstatSync(to, { throwIfNoEntry: false })) {
    // Somebody has made the folder meanwhile.
    for (const name of readdirSync(from)) arrive(`${from}/${name}`, `${to}/${name}`)
    rmdirSync(from)
    return
  }
  mkdirSync(dirname(to), { recursive: true })
  renameSync(from, to)
}

const attempts = 4

/** There is no way back once the journal is in force, so a passing trouble is waited out. */
function insist(path: string, call: () => void): void {
  for (let left = attempts; left > 0; left -= 1) {
    try {
      call()
      return
    } catch (error) {
      if (left === 1) throw unfinished(failureOf(error, `put ${inOut(path)} in place`))
      nap(10)
    }
  }
}

function unfinished(failure: unknown): unknown {
  if (!(failure instanceof EnvironmentFailure)) return failure
  const cure = failure.help === undefined ? '' : `${failure.help}; `
  return new EnvironmentFailure(
    `${failure.message}; out/ is partly written`,
    `${cure}the next command completes it`,
  )
}

function nap(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)
}
