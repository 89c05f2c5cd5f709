import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { EnvironmentFailure } from './failure.ts'
import { findSeal, type Seal } from './seal.ts'
import { hideState, listState, makeState, statePaths } from './state-folder.ts'
import { codeOf, unless } from './system-error.ts'

/**
 * Values that are kept between runs as JSON, by name. Whoever deletes them loses time and nothing else: what
 * is missing, cut off or not ours is as if it had never been there, and what cannot be kept is not.
 */
export class Cache {
  private readonly folder: string
  private readonly root: string
  private readonly seal: Seal

  private constructor(root: string, seal: Seal) {
    this.root = root
    this.folder = `${root}/${statePaths.cache}`
    this.seal = seal
  }

  /** Undefined if nothing can be kept: there is no key to seal it with. */
  static open(root: string): Cache | undefined {
    const seal = findSeal()
    return seal && new Cache(root, seal)
  }

  /** A value as we wrote it: nobody else can have; undefined if it is not there. */
  read(name: string): unknown {
    const text = quietly(() => readFileSync(`${this.folder}/${name}`, 'utf8'))
    const opened = text === undefined ? undefined : this.seal.opened(name, text)
    return opened === undefined ? undefined : JSON.parse(opened)
  }

  /** Keeps values, each of them whole or not at all. */
  write(values: Iterable<readonly [name: string, value: unknown]>): void {
    quietly(() => {
      listState(this.root)
      makeState(this.root)
      unless(['EEXIST'], () => mkdirSync(this.folder))
      if (!lstatSync(this.folder).isDirectory()) return
      hideState(this.root)
      for (const [name, value] of values) {
        this.put(name, this.seal.sealed(name, JSON.stringify(value)))
      }
    })
  }

  /** Forgets what a predicate does not name, if more than so many are there. */
  prune(most: number, isKept: (name: string) => boolean): void {
    quietly(() => {
      const names = readdirSync(this.folder)
      if (names.length <= most) return
      for (const name of names) {
        if (!isKept(name)) unless(['ENOENT'], () => unlinkSync(`${this.folder}/${name}`))
      }
    })
  }

  private put(name: string, text: string): void {
    const draft = `${this.folder}/${name}.${process.pid}`
    unless(['ENOENT'], () => unlinkSync(draft))
    // Not through a link that stands there.
    writeFileSync(draft, text, { flag: 'wx' })
    renameSync(draft, `${this.folder}/${name}`)
  }
}

/** Undefined if the system refuses, or something is in the way: a read-only checkout, a full disk. */
function quietly<Result>(call: () => Result): Result | undefined {
  try {
    return call()
  } catch (error) {
    if (codeOf(error) === undefined && !(error instanceof EnvironmentFailure)) throw error
    return undefined
  }
}
