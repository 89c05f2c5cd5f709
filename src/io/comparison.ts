import { folderOf, isOutputPath, nameOf } from './output-path.ts'
import type { Listing, OutputTree } from './output-tree.ts'
import { Sightings } from './sightings.ts'

/** One file that `out/` is to hold, under its path below `out/`. */
export interface OutputFile {
  readonly path: string
  readonly text: string
  /** The digest of the text, if it is known. */
  readonly digest?: string
}

/** A file that `out/` is to hold, of which only a digest is known. */
export interface KnownFile {
  readonly path: string
  readonly digest: string
}

/** Says for which targets (`<region>/<environment>/<project>`) this run is responsible. */
export type Scope = (target: string) => boolean

/** What is in `out/` and not wanted there. */
export interface Leftovers {
  /** Files of ours that nothing renders any more. */
  readonly stale: readonly string[]
  /** Folders in which nothing stays, inner ones first. */
  readonly folders: readonly string[]
  /** What somebody else put there. */
  readonly foreign: readonly string[]
}

/** Holds what is wanted against what stands in `out/`. Changes nothing. Paths are below `out/`. */
export class Comparison {
  /** Paths whose file is missing or has other bytes. */
  readonly written: string[] = []
  /** Those of them where a file stood that is not ours, or not ours any more. */
  readonly repaired: string[] = []
  unchanged = 0
  private readonly folders = new Map<string, WantedFolder>()
  private readonly inTheWay = new Set<string>()
  private readonly tree: OutputTree
  private readonly header: string
  private readonly seen: Sightings

  constructor(tree: OutputTree, header: string, seen = new Sightings()) {
    this.tree = tree
    this.header = header
    this.seen = seen
  }

  /** Compares a file of which only the digest is known; if it is not there as wanted, nothing is done. */
  addKnown({ path, digest }: KnownFile): boolean {
    const isThere =
      this.tree.kindOf(path) === 'file' && this.tree.digestOf(path, this.seen) === digest
    if (!isThere) return false
    this.want(folderOf(path), nameOf(path))
    this.unchanged += 1
    return true
  }

  /**
   * Compares one file. Undefined if it is there as wanted; else the path to be put in place: the
   * file's own, or that of the topmost folder above it that is not there yet.
   */
  add(file: OutputFile): string | undefined {
    const { path, text, digest } = file
    if (digest !== undefined && this.addKnown({ path, digest })) return undefined
    if (!isOutputPath(path)) throw new Error(`not a path below out/: ${JSON.stringify(path)}`)
    const name = nameOf(path)
    const folder = this.want(folderOf(path), name)
    const kind = folder.present?.get(name)
    // Where a digest told already that it differs, it need not be read again.
    const isTold = digest !== undefined || kind !== 'file'
    if (!isTold && this.tree.read(path) === text && this.isExact(path, text)) {
      this.unchanged += 1
      return undefined
    }
    this.written.push(path)
    if (kind === 'file' && !this.isOurs(path)) this.repaired.push(path)
    if (kind !== undefined && kind !== 'file') this.inTheWay.add(path)
    return folder.arrival ?? path
  }

  /** Finds what is not wanted, in the scope and wherever something wanted has its place. */
  leftovers(scope: Scope | undefined): Leftovers {
    const found: Finds = { stale: new Set(), folders: new Set(), foreign: new Set() }
    for (const path of this.inTheWay) this.clear(path, undefined, found)
    this.clearFolder('', scope, found)
    const { stale, folders, foreign } = found
    return { stale: [...stale].sort(), folders: [...folders], foreign: [...foreign].sort() }
  }

  /** Notes that a folder is to hold a name (with `/` behind it, a folder). */
  private want(path: string, name: string): WantedFolder {
    const folder = this.folders.get(path) ?? this.wantFolder(path)
    const key = keyOf(name)
    const known = folder.names.get(key)
    if (known === undefined) folder.names.set(key, name)
    else if (known !== name || !name.endsWith('/')) throw clash(path, known, name)
    return folder
  }

  private wantFolder(path: string): WantedFolder {
    const above = path === '' ? undefined : this.want(folderOf(path), `${nameOf(path)}/`)
    const present = this.tree.list(path)
    const arrival = present ? undefined : (above?.arrival ?? path)
    const folder: WantedFolder = { names: new Map(), present, arrival }
    // A file, or a link, where the folder is to be.
    if (arrival === path && this.tree.kindOf(path)) this.inTheWay.add(path)
    this.folders.set(path, folder)
    return folder
  }

  private wants(path: string, asFolder: boolean): boolean {
    const name = asFolder ? `${nameOf(path)}/` : nameOf(path)
    return this.folders.get(folderOf(path))?.names.get(keyOf(name)) === name
  }

  /** Reading as text is the quickest, but hides bytes that are not UTF-8 behind this character. */
  private isExact(path: string, text: string): boolean {
    return !text.includes('\ufffd') || this.tree.holds(path, text)
  }

  private isOurs(path: string): boolean {
    return this.tree.startsWith(path, this.header)
  }

  /** Finds what has to go so that nothing stays at a path but what is wanted; true if all goes. */
  private clear(path: string, scope: Scope | undefined, found: Finds): boolean {
    const kind = this.tree.kindOf(path)
    if (scope && path.split('/').length === 3)
      return scope(path) && this.clear(path, undefined, found)
    if (kind === 'folder') return this.clearFolder(path, scope, found)
    if (scope || (kind === 'file' && this.wants(path, false))) return false
    const isStale = kind === 'file' && this.isOurs(path)
    if (isStale) found.stale.add(path)
    else found.foreign.add(path)
    return isStale
  }

  private clearFolder(path: string, scope: Scope | undefined, found: Finds): boolean {
    let goes = path !== '' && !this.wants(path, true)
    for (const name of this.tree.list(path)?.keys() ?? []) {
      if (!this.clear(path === '' ? name : `${path}/${name}`, scope, found)) goes = false
    }
    if (goes) found.folders.add(path)
    return goes
  }
}

/** A folder that is to hold something. */
interface WantedFolder {
  /** Key → name, with `/` behind that of a folder. */
  readonly names: Map<string, string>
  /** What it holds now; undefined if it is not there. */
  readonly present: Listing | undefined
  /** If it is not there: the topmost folder that is not, which will arrive with it. */
  readonly arrival: string | undefined
}

interface Finds {
  readonly stale: Set<string>
  readonly folders: Set<string>
  readonly foreign: Set<string>
}

/** The same for names of which only one can be: `a`, `A` and the folder `a/`. */
function keyOf(name: string): string {
  return (name.endsWith('/') ? name.slice(0, -1) : name).toLowerCase()
}

function clash(folder: string, one: string, other: string): Error {
  return new Error(
    `out/${folder} is to hold both ${one} and ${other}, which are one on some systems`,
  )
}
