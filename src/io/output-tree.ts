import {
  closeSync,
  constants,
  type Dirent,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  type Stats,
} from 'node:fs'
import { digestOf } from '../source/digest.ts'
import { EnvironmentFailure } from './failure.ts'
import { folderOf, inOut, nameOf } from './output-path.ts'
import type { Sightings } from './sightings.ts'
import { codeOf, failureOf, unless } from './system-error.ts'

/** What stands at a path; `other` is a link, a FIFO, a socket, a device. */
export type Kind = 'file' | 'folder' | 'other'

export type Listing = ReadonlyMap<string, Kind>

// Not following links, and not waiting for the other end of a FIFO that took the file's place.
const flag = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

/** `out/` as it stands, each folder listed when it is first asked for. Paths are below `out/`. */
export class OutputTree {
  private readonly root: string
  private readonly projects: readonly string[] | undefined
  private readonly listings = new Map<string, Listing | undefined>()

  /** Beside folders of the given projects no others are looked at: there may be thousands. */
  constructor(root: string, projects?: readonly string[]) {
    this.root = root
    this.projects = projects
  }

  /** What stands in a folder; undefined if there is no such folder. */
  list(folder: string): Listing | undefined {
    if (this.listings.has(folder)) return this.listings.get(folder)
    const isListed = this.isFolder(folder)
    const listing = isListed ? (this.named(folder) ?? this.readFolder(folder)) : undefined
    this.listings.set(folder, listing)
    return listing
  }

  kindOf(path: string): Kind | undefined {
    return this.list(folderOf(path))?.get(nameOf(path))
  }

  /** Whether a file begins with a text; not if it has gone. */
  startsWith(path: string, text: string): boolean {
    const wanted = Buffer.from(text)
    const start = this.look(path, (full) => readStart(full, wanted.length))
    return start !== undefined && wanted.equals(start)
  }

  /** What a file holds, as text; undefined if it has gone. What is not UTF-8 comes as U+FFFD. */
  read(path: string): string | undefined {
    return this.look(path, (full) => readFileSync(full, 'utf8'))
  }

  /** Whether a file holds exactly a text, byte for byte; not if it has gone. */
  holds(path: string, text: string): boolean {
    return this.look(path, (full) => readFileSync(full).equals(Buffer.from(text))) === true
  }

  /** The digest of what a file holds, from what was seen of it if that still counts; undefined if it has gone. */
  digestOf(path: string, seen: Sightings): string | undefined {
    const name = inOut(path)
    return this.look(path, (full) => {
      const stats = lstatSync(full)
      const known = seen.digestOf(name, stats)
      if (known !== undefined) return known
      const digest = digestOf(readFileSync(full))
      seen.note(name, stats, digest)
      return digest
    })
  }

  private isFolder(path: string): boolean {
    if (path !== '') return this.kindOf(path) === 'folder'
    const stats = lstatSync(`${this.root}/out`, { throwIfNoEntry: false })
    if (!stats || stats.isDirectory()) return stats !== undefined
    throw new EnvironmentFailure(
      stats.isSymbolicLink() ? 'out is a symbolic link' : 'out is no folder',
      'delete it: out/ is made anew',
    )
  }

  /** What stands in a folder of targets under the names of our projects, where there are such. */
  private named(folder: string): Listing | undefined {
    if (!this.projects || folder.split('/').length !== 2) return undefined
    const kinds = this.projects.flatMap((name) => {
      const path = `${this.root}/${inOut(folder)}/${name}`
      const stats = unless(['ENOENT', 'ENOTDIR'], () => lstatSync(path))
      return stats ? [[name, kindOf(stats)] as const] : []
    })
    return new Map(kinds)
  }

  private readFolder(folder: string): Listing | undefined {
    try {
      const path = `${this.root}/${inOut(folder)}`
      const entries = unless(['ENOENT'], () => readdirSync(path, { withFileTypes: true }))
      return entries && new Map(entries.map((entry) => [entry.name, kindOf(entry)]))
    } catch (error) {
      throw failureOf(error, `list ${inOut(folder)}`)
    }
  }

  private look<Result>(path: string, call: (full: string) => Result): Result | undefined {
    try {
      return call(`${this.root}/${inOut(path)}`)
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined
      throw failureOf(error, `read ${inOut(path)}`)
    }
  }
}

function kindOf(entry: Dirent | Stats): Kind {
  if (entry.isFile()) return 'file'
  return entry.isDirectory() ? 'folder' : 'other'
}

function readStart(path: string, length: number): Buffer {
  const file = openSync(path, flag)
  try {
    const bytes = Buffer.allocUnsafe(length)
    return bytes.subarray(0, readSync(file, bytes, 0, length, 0))
  } finally {
    closeSync(file)
  }
}
