import { diffArrays } from 'diff'
import { show } from '../show.ts'
import { type ManifestJson, type ManifestsJson, maxEditLength } from './shape.ts'

/** Where the page gets the manifests that a decision changes. */
export interface ReviewManifests {
  /** Both sides of a file of a target; undefined if they are not at hand. */
  readonly manifest: (target: string, file: string) => PageManifest | undefined
}

/** A side is undefined where there is no such manifest. */
export interface PageManifest {
  readonly before: readonly PageLine[] | undefined
  readonly after: readonly PageLine[] | undefined
}

/** A line of a manifest, and the places that decided it, the most telling one first. */
export interface PageLine {
  readonly text: string
  /** Asked for only where the page shows them. */
  readonly origins: () => readonly PageOrigin[]
}

export interface PageOrigin {
  readonly path: string
  /** From 1. */
  readonly line: number
  readonly owner: string | undefined
}

/**
 * Manifests as the page holds them: each distinct line once, a manifest as the runs of lines it
 * consists of. It is full once they have taken about `limit` characters.
 */
export class ManifestStore {
  readonly #limit: number
  #size = 0
  readonly #texts = new Table<string, string>((text) => text)
  readonly #owners = new Table<string, string>((text) => text)
  readonly #paths = new Table<string, string>((text) => text)
  readonly #origins = new Table<PageOrigin, readonly number[]>(({ path, line, owner }) => {
    return `${line} ${owner === undefined ? '' : JSON.stringify(owner)} ${path}`
  })
  readonly #lines = new Table<string, readonly number[]>((key) => key)

  constructor(limit: number) {
    this.#limit = limit
  }

  get isFull(): boolean {
    return this.#size >= this.#limit
  }

  /** A manifest as the page holds it. */
  add({ before, after }: PageManifest): ManifestJson {
    const manifest = {
      ...(before && {
        before: this.#runs(before, after ? removedLines(before, after) : undefined),
      }),
      ...(after && { after: this.#runs(after) }),
    }
    return this.#counted(manifest)
  }

  /** What the manifests refer to. */
  tables(): Omit<ManifestsJson, 'files'> {
    return {
      texts: this.#texts.items,
      owners: this.#owners.items,
      paths: this.#paths.items,
      origins: this.#origins.items,
      lines: this.#lines.items,
    }
  }

  /**
   * The lines of a manifest as first, count, first, count …: what repeats is found again as runs.
   * Origins are those of all lines, or of some by their index.
   */
  #runs(lines: readonly PageLine[], some?: ReadonlySet<number>): number[] {
    const runs: number[] = []
    let next = -1
    for (const [at, line] of lines.entries()) {
      const index = this.#line(line.text, !some || some.has(at) ? line.origins() : [])
      if (index === next) runs[runs.length - 1] = (runs.at(-1) ?? 0) + 1
      else runs.push(index, 1)
      next = index + 1
    }
    return runs
  }

  #line(text: string, origins: readonly PageOrigin[]): number {
    const line = [this.#text(text), ...origins.map((origin) => this.#origin(origin))]
    return this.#lines.index(line.join(' '), () => this.#counted(line))
  }

  #text(text: string): number {
    return this.#texts.index(text, () => this.#counted(show(text)))
  }

  #origin(origin: PageOrigin): number {
    return this.#origins.index(origin, () => {
      const { path, line, owner } = origin
      const place = this.#paths.index(path, () => this.#counted(show(path)))
      const whose = owner === undefined ? -1 : this.#owners.index(owner, () => show(owner))
      return this.#counted([place, line, whose])
    })
  }

  #counted<T>(item: T): T {
    this.#size += JSON.stringify(item).length + 1
    return item
  }
}

/**
 * The lines that the page shows as removed, by their index. Of a line that stays it shows where it
 * is from now.
 */
function removedLines(before: readonly PageLine[], after: readonly PageLine[]): Set<number> {
  const [old, fresh] = [before, after].map((lines) => lines.map(({ text }) => text))
  const parts = diffArrays(old ?? [], fresh ?? [], { maxEditLength })
  if (!parts) return new Set(before.keys())
  const removed = new Set<number>()
  let at = 0
  for (const part of parts) {
    if (part.added) continue
    if (part.removed) for (let index = at; index < at + part.count; index++) removed.add(index)
    at += part.count
  }
  return removed
}

/** Items in the order in which they were first met, each once. */
class Table<Key, Item> {
  readonly items: Item[] = []
  readonly #indexes = new Map<string, number>()
  readonly #keyOf: (key: Key) => string

  constructor(keyOf: (key: Key) => string) {
    this.#keyOf = keyOf
  }

  index(key: Key, make: () => Item): number {
    const name = this.#keyOf(key)
    const known = this.#indexes.get(name)
    if (known !== undefined) return known
    const index = this.items.push(make()) - 1
    this.#indexes.set(name, index)
    return index
  }
}
