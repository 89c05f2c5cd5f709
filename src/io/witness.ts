import { type Dirent, lstatSync, readdirSync, type Stats } from 'node:fs'
import { largest } from '../document/limits.ts'
import { EnvironmentFailure } from './failure.ts'
import { type ReadFile, readRegularFile } from './regular-file.ts'
import { failureOf, unless } from './system-error.ts'

/**
 * A change within the same tick of the file system's clock leaves the times as they were. What
 * was changed this shortly (in milliseconds) before it was read is told by its content instead.
 */
const uncertain = 2_000

/** How a path looks, as far as that tells whether it is still the same. */
export type Look = Pick<Stats, 'ino' | 'size' | 'mtimeMs' | 'ctimeMs'>

/** How a path looked; `content` (a file's bytes, a folder's names) where the times do not tell. */
interface Trait {
  readonly look: Look
  readonly content: Uint8Array | undefined
}

/** Remembers what inputs looked like when they were read, to notice a change before writing. */
export class Witness {
  private readonly root: string
  private readonly young = Date.now() - uncertain
  private readonly absent: string[] = []
  private readonly files = new Map<string, Trait>()
  private readonly folders = new Map<string, Trait>()

  constructor(root: string) {
    this.root = root
  }

  sawNothing(path: string): void {
    this.absent.push(path)
  }

  sawFile(path: string, { stats, bytes }: ReadFile): void {
    this.files.set(path, { look: lookOf(stats), content: this.isYoung(stats) ? bytes : undefined })
  }

  /** Takes a file for read that looks like this, unless it was changed too shortly before for that. */
  recognises(path: string, stats: Stats): boolean {
    if (this.isYoung(stats)) return false
    this.files.set(path, { look: lookOf(stats), content: undefined })
    return true
  }

  /** How a file looked when it was read. */
  lookOf(path: string): Look | undefined {
    return this.files.get(path)?.look
  }

  /** Whether its look tells that a file is still what was read. */
  isTold(path: string): boolean {
    return this.files.has(path) && this.files.get(path)?.content === undefined
  }

  /** Whether a file that looks like this now is the one that was read. */
  isSame(path: string, stats: Stats): boolean {
    const then = this.lookOf(path)
    return then !== undefined && isSame(then, stats)
  }

  /** Lists a folder by `read`, its entries sorted by name, and remembers the folder. */
  list(path: string, read: () => Dirent[]): Dirent[] {
    // Looked at first: an entry that comes while the folder is listed makes it another folder.
    const stats = lstatSync(`${this.root}/${path}`)
    const entries = read().sort((a, b) => (a.name < b.name ? -1 : 1))
    const content = this.isYoung(stats) ? joined(entries.map(({ name }) => name)) : undefined
    this.folders.set(path, { look: lookOf(stats), content })
    return entries
  }

  /** Throws an EnvironmentFailure that names the first path which is not as it was. */
  verify(): void {
    for (const path of this.absent) {
      if (this.look(path)) throw changed(path)
    }
    for (const [path, trait] of this.folders) {
      this.compare(path, trait, (full) => joined(readdirSync(full).sort()))
    }
    for (const [path, trait] of this.files) {
      this.compare(path, trait, bytesOf)
    }
  }

  private compare(path: string, { look, content }: Trait, read: (path: string) => Uint8Array) {
    const now = this.look(path)
    if (!now || !isSame(look, now)) throw changed(path)
    if (content && !this.isStill(path, content, read)) throw changed(path)
  }

  private isStill(path: string, content: Uint8Array, read: (path: string) => Uint8Array): boolean {
    try {
      const now = unless(['ENOENT', 'ENOTDIR', 'ELOOP'], () => read(`${this.root}/${path}`))
      return now !== undefined && Buffer.compare(now, content) === 0
    } catch (error) {
      throw failureOf(error, `read ${path} again`)
    }
  }

  private isYoung(stats: Stats): boolean {
    return stats.ctimeMs >= this.young
  }

  private look(path: string): Stats | undefined {
    try {
      return lstatSync(`${this.root}/${path}`, { throwIfNoEntry: false })
    } catch (error) {
      throw failureOf(error, `look at ${path} again`)
    }
  }
}

/** The few fields alone: all that Node says of a path takes most of a kilobyte. */
function lookOf({ ino, size, mtimeMs, ctimeMs }: Stats): Look {
  return { ino, size, mtimeMs, ctimeMs }
}

function isSame(a: Look, b: Look): boolean {
  return a.ino === b.ino && a.size === b.size && a.mtimeMs === b.mtimeMs && a.ctimeMs === b.ctimeMs
}

function bytesOf(path: string): Uint8Array {
  const read = readRegularFile(path, largest.bytes)
  return typeof read === 'string' ? new Uint8Array() : read.bytes
}

function joined(names: readonly string[]): Uint8Array {
  return Buffer.from(names.join('/'))
}

/** Says that an input is not any more what was read. */
export function changed(path: string): EnvironmentFailure {
  return new EnvironmentFailure(
    `${path} was changed while it was being read; nothing was written`,
    'run the command again',
  )
}
