import { folderOf, isOutputPath, nameOf } from './output-path.ts'
import type { OutputTree } from './output-tree.ts'

/** One file that `out/` is to hold, under its path below `out/`. */
export interface OutputFile {
  readonly path: string
  readonly text: string
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
  /** Folder → lower-case name → name, with `/` behind that of a folder. */
  private readonly wanted = new Map<string, Map<string, string>>()
  private readonly inTheWay = new Set<string>()
  private readonly tree: OutputTree
  private readonly header: string

  constructor(tree: OutputTree, header: string) {
    this.tree = tree
    this.header = header
  }

  /**
   * Compares one file. Undefined if it is there as wanted; else the path to be put in place: the
   * file's own, or that of the topmost folder above it that is not there yet.
   */
  add({ path, text }: OutputFile): string | undefined {
    if (!isOutputPath(path)) throw new Error(`not a path below out/: ${JSON.stringify(path)}`)
    this.want(folderOf(path), nameOf(path))
    const kind = this.tree.kindOf(path)
    if (kind === 'file' && this.tree.holds(path, text)) {
      this.unchanged += 1
      return undefined
    }
    this.written.push(path)
    if (kind === 'file' && !this.isOurs(path)) this.repaired.push(path)
    const arrival = this.topmostMissing(path)
    const obstacle = this.tree.kindOf(arrival)
    if (obstacle !== undefined && obstacle !== 'file') this.inTheWay.add(arrival)
    if (obstacle === 'file' && arrival !== path) this.inTheWay.add(arrival)
    return arrival
  }

  /** Finds what is not wanted, in the scope and wherever something wanted has its place. */
  leftovers(scope: Scope | undefined): Leftovers {
    const found: Finds = { stale: new Set(), folders: new Set(), foreign: new Set() }
    for (const path of this.inTheWay) this.clear(path, undefined, found)
    this.clearFolder('', scope, found)
    const { stale, folders, foreign } = found
    return { stale: [...stale].sort(), folders: [...folders], foreign: [...foreign].sort() }
  }

  private want(folder: string, name: string): void {
    let names = this.wanted.get(folder)
    if (!names) {
      names = new Map()
      this.wanted.set(folder, names)
      if (folder !== '') this.want(folderOf(folder), `${nameOf(folder)}/`)
    }
    const known = names.get(name.toLowerCase())
    if (known === undefined) names.set(name.toLowerCase(), name)
    else if (known !== name || !name.endsWith('/')) throw clash(folder, known, name)
  }

  private wants(path: string, asFolder: boolean): boolean {
    const name = asFolder ? `${nameOf(path)}/` : nameOf(path)
    return this.wanted.get(folderOf(path))?.get(name.toLowerCase()) === name
  }

  private topmostMissing(path: string): string {
    let top = path
    while (top !== '' && this.tree.list(folderOf(top)) === undefined) top = folderOf(top)
    return top
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

interface Finds {
  readonly stale: Set<string>
  readonly folders: Set<string>
  readonly foreign: Set<string>
}

function clash(folder: string, one: string, other: string): Error {
  return new Error(
    `out/${folder} is to hold both ${one} and ${other}, which are one on some systems`,
  )
}
