import { type Dirent, lstatSync, readdirSync } from 'node:fs'
import { limitsOf } from '../document/limits.ts'
import { digestOf } from '../source/digest.ts'
import type { Obstacle, ReadOptions, Snapshot } from '../source/snapshot.ts'
import { State } from '../source/state.ts'
import { type InputProblem, inputFolders, isExpected, isInputName, problemOf } from './input.ts'
import { LazyFiles } from './lazy-files.ts'
import { readRegularFile } from './regular-file.ts'
import { RenderedTargets } from './rendered-targets.ts'
import { Sightings } from './sightings.ts'
import { attempt, codeOf, failureOf } from './system-error.ts'
import { changed, Witness } from './witness.ts'

/** The files of a working tree, and a way to ask later whether they are still the same. */
export interface WorkingTree extends Snapshot {
  /** Throws an EnvironmentFailure if an input was changed, added or removed since it was read. */
  readonly verify: () => void
  /** Of each file a short text that stands for what it holds, paths sorted as those of the files. */
  readonly digests: () => ReadonlyMap<string, string>
}

/**
 * Reads what the compiler needs from a working tree, paths sorted by code unit. Links are never
 * followed; what cannot be read as a file becomes an obstacle. `rendered` looks at `out/` when it
 * is asked. Files that were seen before and are the same are read when they are asked for. Of
 * projects left unread no more is looked at than their names, unless the state is asked for.
 */
export function readWorkingTree(
  root: string,
  seen = new Sightings(),
  options: ReadOptions = {},
): WorkingTree {
  const reading = new Reading(root, seen, options)
  for (const folder of inputFolders) reading.readTop(folder)
  const { unread, witness } = reading
  const files = new LazyFiles(sorted(reading.files), (path) => reading.readLate(path))
  reading.files.clear()
  return {
    files,
    // What only its bytes can tell to be the same is held on to.
    forget: (path) => witness.isTold(path) && files.forget(path),
    ...(unread.length > 0 && { unread }),
    ...(reading.state && { state: reading.state.text() }),
    obstacles: reading.obstacles.sort((a, b) => (a.path < b.path ? -1 : 1)),
    rendered: new RenderedTargets(root),
    verify: () => witness.verify(),
    digests() {
      const paths = [...files.keys()]
      return new Map(paths.map((path) => [path, reading.digest(path, () => files.get(path))]))
    },
  }
}

class Reading {
  readonly files = new Map<string, Uint8Array | undefined>()
  readonly unread: string[] = []
  readonly obstacles: Obstacle[] = []
  readonly witness: Witness
  readonly state: State | undefined
  private readonly root: string
  private readonly seen: Sightings
  private readonly known = new Map<string, string>()
  private readonly isRead: ReadOptions['isRead']

  constructor(root: string, seen: Sightings, { isRead, withState = false }: ReadOptions) {
    this.root = root
    this.seen = seen
    this.isRead = isRead
    this.witness = new Witness(root)
    this.state = withState ? new State() : undefined
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
    if (this.isLeftOut(path, entry)) this.leaveOut(path, entry.name)
    else if (entry.name.includes('\ufffd')) {
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

  private isLeftOut(path: string, entry: Dirent): boolean {
    const isProject = path === `projects/${entry.name}` && entry.isDirectory()
    return isProject && !isInputName(entry.name) && this.isRead?.(entry.name) === false
  }

  private leaveOut(path: string, name: string): void {
    this.unread.push(name)
    if (!this.state) return
    // Each file is forgotten as soon as the state knows of it.
    const other = new Reading(this.root, new Sightings(), {})
    other.readFolder(path)
    for (const [file, bytes] of other.files) if (bytes) this.state.add(file, bytes)
  }

  private readFile(path: string): void {
    try {
      if (this.recognise(path)) return
      const read = readRegularFile(`${this.root}/${path}`, limitsOf(path).bytes)
      if (typeof read === 'string') {
        this.obstruct(path, read)
        return
      }
      this.witness.sawFile(path, read)
      this.files.set(path, read.bytes)
      this.state?.add(path, read.bytes)
    } catch (error) {
      this.handle(error, path)
    }
  }

  /** Whether a file is one that was seen before: then it need not be read now. */
  private recognise(path: string): boolean {
    if (this.seen.isEmpty || this.state) return false
    const stats = lstatSync(`${this.root}/${path}`)
    const digest = stats.isFile() ? this.seen.digestOf(path, stats) : undefined
    if (digest === undefined || !this.witness.recognises(path, stats)) return false
    this.known.set(path, digest)
    this.files.set(path, undefined)
    return true
  }

  /** Reads a file that was recognised; it is still the same, or the command is to be run again. */
  readLate(path: string): Uint8Array {
    const read = attempt(`read ${path}`, () => {
      return readRegularFile(`${this.root}/${path}`, limitsOf(path).bytes)
    })
    if (typeof read === 'string' || !this.witness.isSame(path, read.stats)) throw changed(path)
    return read.bytes
  }

  /** A short text that stands for what a file holds, which is asked for if that is not known. */
  digest(path: string, bytesOf: () => Uint8Array | undefined): string {
    const known = this.known.get(path)
    if (known !== undefined) return known
    const digest = digestOf(bytesOf() ?? '')
    const look = this.witness.lookOf(path)
    if (look) this.seen.note(path, look, digest)
    return digest
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

function sorted<Content>(files: ReadonlyMap<string, Content>): Map<string, Content> {
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)))
}
