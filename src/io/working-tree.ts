import { type Dirent, lstatSync, readdirSync } from 'node:fs'
import { limitsOf } from '../document/limits.ts'
import type { Obstacle, Snapshot } from '../source/snapshot.ts'
import { type InputProblem, inputFolders, isExpected, isInputName, problemOf } from './input.ts'
import { readRegularFile } from './regular-file.ts'
import { RenderedTargets } from './rendered-targets.ts'
import { attempt, codeOf, failureOf } from './system-error.ts'
import { Witness } from './witness.ts'

/** The files of a working tree, and a way to ask later whether they are still the same. */
export interface WorkingTree extends Snapshot {
  /** Throws an EnvironmentFailure if an input was changed, added or removed since it was read. */
  readonly verify: () => void
}

/**
 * Reads what the compiler needs from a working tree, paths sorted by code unit. Links are never
 * followed; what cannot be read as a file becomes an obstacle. `rendered` looks at `out/` when it
 * is asked.
 */
export function readWorkingTree(root: string): WorkingTree {
  const reading = new Reading(root)
  for (const folder of inputFolders) reading.readTop(folder)
  return {
    files: sorted(reading.files),
    obstacles: reading.obstacles.sort((a, b) => (a.path < b.path ? -1 : 1)),
    rendered: new RenderedTargets(root),
    verify: () => reading.witness.verify(),
  }
}

class Reading {
  readonly files = new Map<string, Uint8Array>()
  readonly obstacles: Obstacle[] = []
  readonly witness: Witness
  private readonly root: string

  constructor(root: string) {
    this.root = root
    this.witness = new Witness(root)
  }

  readTop(folder: string): void {
    const stats = attempt(`look at ${folder}`, () =>
      lstatSync(`${this.root}/${folder}`, { throwIfNoEntry: false }),
    )
    if (!stats) this.witness.sawNothing(folder)
    else if (stats.isDirectory()) this.readFolder(folder)
    else this.obstruct(folder, stats.isSymbolicLink() ? 'link' : 'noFolder')
  }

  private readFolder(path: string): void {
    const entries = this.list(path)
    if (entries.some((entry) => entry.name === '.git')) this.obstruct(path, 'submodule')
    else for (const entry of entries) this.readEntry(`${path}/${entry.name}`, entry)
  }

  private list(path: string): Dirent[] {
    try {
      return this.witness.list(path, () =>
        readdirSync(`${this.root}/${path}`, { withFileTypes: true }),
      )
    } catch (error) {
      this.handle(error, path)
      return []
    }
  }

  private readEntry(path: string, entry: Dirent): void {
    if (entry.name.includes('\ufffd')) {
      if (isExpected(entry.name)) this.obstruct(path, 'badName')
    } else if (entry.isDirectory()) {
      if (isInputName(entry.name)) this.obstruct(path, 'folder')
      else this.readFolder(path)
    } else if (entry.isSymbolicLink()) {
      if (isExpected(entry.name)) this.obstruct(path, 'link')
    } else if (isInputName(entry.name)) {
      if (entry.isFile()) this.readFile(path)
      else this.obstruct(path, 'special')
    }
  }

  private readFile(path: string): void {
    try {
      const read = readRegularFile(`${this.root}/${path}`, limitsOf(path).bytes)
      if (typeof read === 'string') {
        this.obstruct(path, read)
        return
      }
      this.witness.sawFile(path, read)
      this.files.set(path, read.bytes)
    } catch (error) {
      this.handle(error, path)
    }
  }

  /** What concerns this one path becomes an obstacle; what concerns the machine is thrown. */
  private handle(error: unknown, path: string): void {
    const code = codeOf(error)
    if (code === 'EACCES' || code === 'EPERM') this.obstruct(path, 'forbidden')
    else if (code === 'ELOOP') this.obstruct(path, 'link')
    else throw failureOf(error, `read ${path}`)
  }

  private obstruct(path: string, problem: InputProblem): void {
    this.obstacles.push({ path, problem: problemOf(path, problem) })
  }
}

function sorted(files: ReadonlyMap<string, Uint8Array>): ReadonlyMap<string, Uint8Array> {
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)))
}
