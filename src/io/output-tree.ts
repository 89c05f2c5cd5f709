import { closeSync, constants, lstatSync, openSync, readdirSync, readSync } from 'node:fs'
import { EnvironmentFailure } from './failure.ts'
import { folderOf, inOut, nameOf } from './output-path.ts'
import { failureOf, unless } from './system-error.ts'

/** What stands at a path; `other` is a link, a FIFO, a socket, a device. */
export type Kind = 'file' | 'folder' | 'other'

type Listing = ReadonlyMap<string, Kind>

/** `out/` as it stands, each folder listed when it is first asked for. Paths are below `out/`. */
export class OutputTree {
  private readonly root: string
  private readonly listings = new Map<string, Listing | undefined>()
  private buffer = Buffer.allocUnsafe(64 * 1024)

  constructor(root: string) {
    this.root = root
  }

  /** What stands in a folder; undefined if there is no such folder. */
  list(folder: string): Listing | undefined {
    if (this.listings.has(folder)) return this.listings.get(folder)
    const listing = this.isFolder(folder) ? this.read(folder) : undefined
    this.listings.set(folder, listing)
    return listing
  }

  kindOf(path: string): Kind | undefined {
    return this.list(folderOf(path))?.get(nameOf(path))
  }

  /** Whether a file begins with a text. */
  startsWith(path: string, text: string): boolean {
    const wanted = Buffer.from(text)
    const start = this.readStart(path, wanted.length)
    return start !== undefined && wanted.equals(start)
  }

  /** Whether a file holds exactly a text; not if it has gone. */
  holds(path: string, text: string): boolean {
    const length = Buffer.byteLength(text)
    // One byte more than is wanted, to notice a file that is longer.
    const bytes = this.readStart(path, length + 1)
    return bytes?.length === length && bytes.equals(Buffer.from(text))
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

  private read(folder: string): Listing | undefined {
    try {
      const path = `${this.root}/${inOut(folder)}`
      const entries = unless(['ENOENT'], () => readdirSync(path, { withFileTypes: true }))
      const kinds = entries?.map((entry): [string, Kind] => [
        entry.name,
        entry.isFile() ? 'file' : entry.isDirectory() ? 'folder' : 'other',
      ])
      return kinds && new Map(kinds.sort(([a], [b]) => (a < b ? -1 : 1)))
    } catch (error) {
      throw failureOf(error, `list ${inOut(folder)}`)
    }
  }

  private readStart(path: string, length: number): Buffer | undefined {
    if (length > this.buffer.length) this.buffer = Buffer.allocUnsafe(length * 2)
    const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)
    try {
      const file = unless(['ENOENT'], () => openSync(`${this.root}/${inOut(path)}`, flags))
      if (file === undefined) return undefined
      try {
        return this.buffer.subarray(0, readSync(file, this.buffer, 0, length, 0))
      } finally {
        closeSync(file)
      }
    } catch (error) {
      throw failureOf(error, `read ${inOut(path)}`)
    }
  }
}
