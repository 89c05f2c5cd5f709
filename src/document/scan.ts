import type { Location, Source } from '../source/source.ts'
import { type Limits, limitsOf } from './limits.ts'

/** Thrown, and caught by the reader, when a file is not as plain as it takes files. */
export const notPlain = new Error('not plain')

/** Reads along a text with sticky patterns, and counts what it holds. */
export class Scan {
  readonly text: string
  readonly #source: Source
  readonly #limits: Limits
  #values = 0

  constructor(source: Source) {
    this.text = source.text
    this.#source = source
    this.#limits = limitsOf(source.path)
  }

  /** Counts a value; a file with more of them, or deeper ones, than it may have is not read here. */
  admit(depth: number): void {
    this.#values += 1
    if (this.#values > this.#limits.nodes || depth > this.#limits.depth) throw notPlain
  }

  /** Counts the keys of a map; one with more of them than it may have is not read here. */
  admitKeys(count: number): void {
    if (count > this.#limits.keysInMap) throw notPlain
  }

  /** Where a match of a pattern at an offset ends; 0 if there is none. */
  past(pattern: RegExp, from: number): number {
    pattern.lastIndex = from
    pattern.test(this.text)
    return pattern.lastIndex
  }

  /** What a pattern matches at an offset; throws `notPlain` if it does not. */
  match(pattern: RegExp, from: number): string {
    pattern.lastIndex = from
    const found = pattern.exec(this.text)?.[0]
    if (found === undefined) throw notPlain
    return found
  }

  at(start: number, end: number): Location {
    return { source: this.#source, start, end }
  }
}
