import {
  lstatSync,
  mkdirSync,
  readdirSync,
  rmdirSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { EnvironmentFailure } from './failure.ts'
import { unless } from './system-error.ts'

/** The folder beside `out/`: for what is known from earlier runs, and while somebody writes. */
export const stateFolder = '.sahaba'

/** What lies in it, as paths from the root. */
export const statePaths = {
  ignore: `${stateFolder}/.gitignore`,
  lock: `${stateFolder}/lock`,
  stage: `${stateFolder}/stage`,
  draft: `${stateFolder}/journal.draft`,
  journal: `${stateFolder}/journal.json`,
  inputsDraft: `${stateFolder}/inputs.draft`,
  inputs: `${stateFolder}/inputs.json`,
  freshInput: `${stateFolder}/input.fresh`,
  cache: `${stateFolder}/cache`,
} as const

/** The names in the state folder; undefined if there is none. Refuses a link in its place. */
export function listState(root: string): readonly string[] | undefined {
  const path = `${root}/${stateFolder}`
  const stats = lstatSync(path, { throwIfNoEntry: false })
  if (!stats) return undefined
  if (!stats.isDirectory()) {
    throw new EnvironmentFailure(`${stateFolder} is no folder`, 'delete it')
  }
  return unless(['ENOENT'], () => readdirSync(path))
}

/** Makes the state folder; false if it was there. */
export function makeState(root: string): boolean {
  const made = unless(['EEXIST'], () => {
    mkdirSync(`${root}/${stateFolder}`, 0o755)
    return true
  })
  if (!made) listState(root)
  return made === true
}

/** Keeps what the folder holds out of commits, whatever happens to us. */
export function hideState(root: string): void {
  writeFileSync(`${root}/${statePaths.ignore}`, '*\n')
}

const passing: ReadonlySet<string> = new Set([
  statePaths.draft,
  statePaths.inputsDraft,
  statePaths.freshInput,
])

/** Removes an unfinished stage, a draft of a journal and locks that nobody can use any more. */
export function clearState(root: string): void {
  rmSync(`${root}/${statePaths.stage}`, { recursive: true, force: true })
  for (const name of listState(root) ?? []) {
    const path = `${stateFolder}/${name}`
    if (passing.has(path) || path.startsWith(`${statePaths.lock}.`)) remove(root, path)
  }
}

/** Removes the state folder itself, if nobody uses it. */
export function dropState(root: string): void {
  unless(['ENOENT', 'ENOTEMPTY', 'EEXIST'], () => rmdirSync(`${root}/${stateFolder}`))
}

/** Removes one file of the state folder, if it is there. */
export function remove(root: string, path: string): void {
  unless(['ENOENT'], () => unlinkSync(`${root}/${path}`))
}
