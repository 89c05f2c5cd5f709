import type { Location, Source } from '../source/source.ts'
import { limitsOf } from './limits.ts'
import type { Entry, Node } from './node.ts'
import { readPlain } from './plain.ts'
import { reserved } from './reserved.ts'

/** Thrown, and caught by the reader, when a file is not as plain as it takes files. */
export const notPlain = new Error('not plain')

const plainPattern =
  /[A-Za-z0-9_./$^](?:[A-Za-z0-9_./$%+@=~;()<>*^-]|:(?=[A-Za-z0-9/]))*(?: (?:[A-Za-z0-9_./$%+@=~;()<>*^-]|:(?=[A-Za-z0-9/]))+)*/y
const doublePattern = /"[^"\\\n]*"/y
const singlePattern = /'[^'\n]*'/y
const blanks = / */y

/** Reads quoted texts and flow collections that end on the line they begin on. */
export class QuickFlow {
  readonly #source: Source
  readonly #text: string
  #values = 0

  constructor(source: Source) {
    this.#source = source
    this.#text = source.text
  }

  /** Counts a value; a file with more of them, or deeper ones, than it may have is not read here. */
  admit(depth: number): void {
    const limits = limitsOf(this.#source.path)
    this.#values += 1
    if (this.#values > limits.nodes || depth > limits.depth) throw notPlain
  }

  /** Counts the keys of a map; one with more of them than it may have is not read here. */
  admitKeys(count: number): void {
    if (count > limitsOf(this.#source.path).keysInMap) throw notPlain
  }

  /** The value that begins at an offset. */
  value(start: number, end: number, depth: number): Node {
    const first = this.#text[start]
    if (first === '"' || first === "'") return this.#quoted(start, first, depth)
    if (first === '[') return this.#list(start, end, depth + 1)
    if (first === '{') return this.#map(start, end, depth + 1)
    return this.#plain(start, depth)
  }

  #quoted(start: number, quote: string, depth: number): Node {
    const text = this.#match(quote === '"' ? doublePattern : singlePattern, start)
    const at = this.#at(start, start + text.length)
    this.admit(depth)
    return { kind: 'scalar', value: text.slice(1, -1), at, text, plain: false }
  }

  #plain(start: number, depth: number): Node {
    const text = this.#match(plainPattern, start)
    const plain = readPlain(text)
    if ('problem' in plain || text.includes('$')) throw notPlain
    this.admit(depth)
    const at = this.#at(start, start + text.length)
    return { kind: 'scalar', value: plain.value, at, text, plain: true }
  }

  #list(start: number, end: number, depth: number): Node {
    this.admit(depth)
    const items: Node[] = []
    let at = this.#skip(start + 1)
    while (this.#text[at] !== ']') {
      const item = this.value(at, end, depth)
      items.push(item)
      at = this.#separator(item.at.end, ']')
    }
    return { kind: 'list', items, at: this.#at(start, at + 1) }
  }

  #map(start: number, end: number, depth: number): Node {
    this.admit(depth)
    const entries = new Map<string, Entry>()
    let at = this.#skip(start + 1)
    while (this.#text[at] !== '}') {
      const entry = this.#entry(at, end, depth)
      if (entries.has(entry.key)) throw notPlain
      entries.set(entry.key, entry)
      this.admitKeys(entries.size)
      at = this.#separator(entry.value.at.end, '}')
    }
    return { kind: 'map', entries, at: this.#at(start, at + 1) }
  }

  #entry(start: number, end: number, depth: number): Entry {
    const key = this.#match(plainPattern, start)
    const colon = start + key.length
    const isWord = /^[A-Za-z_]/.test(key) && !key.includes(' ') && !reserved.has(key)
    if (!isWord || !this.#text.startsWith(': ', colon)) throw notPlain
    const value = this.value(this.#skip(colon + 1), end, depth)
    return { key, keyAt: this.#at(start, colon), value }
  }

  /** Where the next value begins behind a comma, or where the bracket closes. */
  #separator(from: number, closing: string): number {
    const at = this.#skip(from)
    const found = this.#text[at]
    if (found === closing) return at
    if (found !== ',') throw notPlain
    const next = this.#skip(at + 1)
    // A comma before the bracket is allowed, and rare.
    if (this.#text[next] === closing) throw notPlain
    return next
  }

  #skip(from: number): number {
    blanks.lastIndex = from
    blanks.test(this.#text)
    return blanks.lastIndex
  }

  #match(pattern: RegExp, start: number): string {
    pattern.lastIndex = start
    const found = pattern.exec(this.#text)?.[0]
    if (found === undefined) throw notPlain
    return found
  }

  #at(start: number, end: number): Location {
    return { source: this.#source, start, end }
  }
}
