import { type Dirent, lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { attempt, unless } from './system-error.ts'

/**
 * The ids of the targets that `out/` holds: its folders `<region>/<environment>/<project>` with at
 * least one file in them. Names that begin with `_` or a dot are no targets. Looks only when it is
 * asked, and then once; for one id at that one folder.
 */
export class RenderedTargets implements ReadonlySet<string> {
  private readonly root: string
  private readonly known = new Map<string, boolean>()
  private all: ReadonlySet<string> | undefined

  constructor(root: string) {
    this.root = root
  }

  has(id: string): boolean {
    const known = this.known.get(id)
    if (known !== undefined) return known
    const parts = id.split('/')
    const found = parts.length === 3 && parts.every(isName) && this.isFilled(['out', ...parts])
    this.known.set(id, found)
    return found
  }

  get size(): number {
    return this.everything().size
  }

  forEach(callback: (value: string, key: string, set: ReadonlySet<string>) => void): void {
    for (const id of this) callback(id, id, this)
  }

  [Symbol.iterator]() {
    return this.everything()[Symbol.iterator]()
  }

  keys() {
    return this.everything().keys()
  }

  values() {
    return this.everything().values()
  }

  entries() {
    return this.everything().entries()
  }

  private everything(): ReadonlySet<string> {
    this.all ??= new Set(
      this.folders('out')
        .flatMap((region) => this.folders(region))
        .flatMap((environment) => this.folders(environment))
        .filter((folder) => this.holdsFile(folder))
        .map((folder) => folder.slice('out/'.length)),
    )
    return this.all
  }

  /** Whether the parts lead through folders, not through links, to one that holds a file. */
  private isFilled(parts: readonly string[]): boolean {
    const path = parts.join('/')
    return (
      parts.every((_, depth) => this.isFolder(parts.slice(0, depth + 1).join('/'))) &&
      this.holdsFile(path)
    )
  }

  private isFolder(path: string): boolean {
    return attempt(`look at ${path}`, () => {
      const stat = lstatSync(join(this.root, path), { throwIfNoEntry: false })
      return stat?.isDirectory() === true
    })
  }

  private holdsFile(path: string): boolean {
    const entries = this.list(path)
    if (entries.some((entry) => entry.isFile())) return true
    return entries.some((entry) => entry.isDirectory() && this.holdsFile(`${path}/${entry.name}`))
  }

  private folders(path: string): string[] {
    if (path === 'out' && !this.isFolder(path)) return []
    return this.list(path)
      .filter((entry) => entry.isDirectory() && isName(entry.name))
      .map((entry) => `${path}/${entry.name}`)
      .sort()
  }

  private list(path: string): Dirent[] {
    const folder = join(this.root, path)
    const list = () => readdirSync(folder, { withFileTypes: true })
    return attempt(`list ${path}`, () => unless(['ENOENT', 'ENOTDIR'], list)) ?? []
  }
}

function isName(name: string): boolean {
  return name !== '' && !name.startsWith('_') && !name.startsWith('.')
}
