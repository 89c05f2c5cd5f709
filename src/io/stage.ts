import {
  chmodSync,
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  writeFileSync,
} from 'node:fs'
import type { OutputFile } from './comparison.ts'
import { EnvironmentFailure } from './failure.ts'
import type { Move } from './journal.ts'
import { folderOf } from './output-path.ts'
import { statePaths } from './state-folder.ts'
import { codeOf, failureOf } from './system-error.ts'

/**
 * Up to so many files are forced to disk, one by one, before they are put in place. More would
 * take longer than writing them: then only a crash is survived, and a power failure may leave files
 * torn until they are rendered again.
 */
const durableFiles = 32

/** The place where new files wait, complete, until all of them can be put in place at once. */
export class Stage {
  readonly moves: Move[] = []
  private readonly folders = new Map<string, number>()
  private readonly files: string[] = []
  private bytes = 0
  private readonly made = new Set<string>()
  private readonly path: string
  private readonly umaskBites: boolean

  /** Makes an empty stage; there must be none. */
  constructor(root: string) {
    this.path = `${root}/${statePaths.stage}`
    mkdirSync(this.path, 0o755)
    this.umaskBites = (lstatSync(this.path).mode & 0o777) !== 0o755
  }

  get isDurable(): boolean {
    return this.files.length <= durableFiles
  }

  /** Writes a file that is to arrive by itself, or within the new folder `arrival` above it. */
  add({ path, text }: OutputFile, arrival: string): void {
    try {
      if (arrival === path) {
        const from = this.moves.length
        this.write(`${this.path}/${from}`, text)
        this.moves.push({ from, to: path, size: Buffer.byteLength(text) })
      } else {
        const below = arrival === '' ? path : path.slice(arrival.length + 1)
        const folder = `${this.path}/${this.numberOf(arrival)}`
        this.make(folder, folderOf(below))
        this.write(`${folder}/${below}`, text)
      }
    } catch (error) {
      throw this.failure(error, path)
    }
    this.bytes += Buffer.byteLength(text)
  }

  private failure(error: unknown, path: string): unknown {
    const deed = `write the new out/${path} into ${statePaths.stage}`
    const code = codeOf(error)
    if (code !== 'ENOSPC' && code !== 'EDQUOT') return failureOf(error, deed)
    const needed = Math.ceil(this.bytes / 1024)
    return new EnvironmentFailure(
      `cannot ${deed}: no space is left on the disk (${code})`,
      `free some space: more than ${needed} kB are needed`,
    )
  }

  /** Forces the files to disk, if they are few. */
  flush(): void {
    if (!this.isDurable) return
    for (const path of this.files) {
      const file = openSync(path, 'r+')
      try {
        fsyncSync(file)
      } finally {
        closeSync(file)
      }
    }
  }

  private numberOf(arrival: string): number {
    const known = this.folders.get(arrival)
    if (known !== undefined) return known
    const from = this.moves.length
    this.makeFolder(`${this.path}/${from}`)
    this.moves.push({ from, to: arrival })
    this.folders.set(arrival, from)
    return from
  }

  private make(base: string, path: string): void {
    const full = `${base}/${path}`
    if (path === '' || this.made.has(full)) return
    this.make(base, folderOf(path))
    this.makeFolder(full)
    this.made.add(full)
  }

  private makeFolder(path: string): void {
    mkdirSync(path, 0o755)
    if (this.umaskBites) chmodSync(path, 0o755)
  }

  private write(path: string, text: string): void {
    // Naming the encoding is what makes Node write the file in one call: half the time.
    writeFileSync(path, text, { encoding: 'utf8', flag: 'wx', mode: 0o644 })
    if (this.umaskBites) chmodSync(path, 0o644)
    if (this.files.length <= durableFiles) this.files.push(path)
  }
}
