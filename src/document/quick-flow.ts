import type { Entry, Node } from './node.ts'
import { readPlain } from './plain.ts'
import { reserved } from './reserved.ts'
import { notPlain, type Scan } from './scan.ts'

const plainPattern =
  /[A-Za-z0-9_./$^](?:[A-Za-z0-9_./$%+@=~;()<>*^-]|:(?=[A-Za-z0-9/]))*(?: (?:[A-Za-z0-9_./$%+@=~;()<>*^-]|:(?=[A-Za-z0-9/]))+)*/y
const doublePattern = /"[^"\\\n]*"/y
const singlePattern = /'[^'\n]*'/y
const blanks = / */y

/** Reads quoted texts and flow collections that end on the line they begin on. */
export class QuickFlow {
  readonly #scan: Scan

  constructor(scan: Scan) {
    this.#scan = scan
  }

  /** The value that begins at an offset. */
  value(start: number, end: number, depth: number): Node {
    const first = this.#scan.text[start]
    if (first === '"' || first === "'") return this.#quoted(start, first, depth)
    if (first === '[') return this.#list(start, end, depth + 1)
    if (first === '{') return this.#map(start, end, depth + 1)
    return this.#plain(start, depth)
  }

  #quoted(start: number, quote: string, depth: number): Node {
    const text = this.#scan.match(quote === '"' ? doublePattern : singlePattern, start)
    const at = this.#scan.at(start, start + text.length)
    this.#scan.admit(depth)
    return { kind: 'scalar', value: text.slice(1, -1), at, text, plain: false }
  }

  #plain(start: number, depth: number): Node {
    const text = this.#scan.match(plainPattern, start)
    const plain = readPlain(text)
    if ('problem' in plain || text.includes('$')) throw notPlain
    this.#scan.admit(depth)
    const at = this.#scan.at(start, start + text.length)
    return { kind: 'scalar', value: plain.value, at, text, plain: true }
  }

  #list(start: number, end: number, depth: number): Node {
    this.#scan.admit(depth)
    const items: Node[] = []
    let at = this.#scan.past(blanks, start + 1)
    while (this.#scan.text[at] !== ']') {
      const item = this.value(at, end, depth)
      items.push(item)
      at = this.#separator(item.at.end, ']')
    }
    return { kind: 'list', items, at: this.#scan.at(start, at + 1) }
  }

  #map(start: number, end: number, depth: number): Node {
    this.#scan.admit(depth)
    const entries = new Map<string, Entry>()
    let at = this.#scan.past(blanks, start + 1)
    while (this.#scan.text[at] !== '}') {
      const entry = this.#entry(at, end, depth)
      if (entries.has(entry.key)) throw notPlain
      entries.set(entry.key, entry)
      this.#scan.admitKeys(entries.size)
      at = this.#separator(entry.value.at.end, '}')
    }
    return { kind: 'map', entries, at: this.#scan.at(start, at + 1) }
  }

  #entry(start: number, end: number, depth: number): Entry {
    const key = this.#scan.match(plainPattern, start)
    const colon = start + key.length
    const isWord = /^[A-Za-z_]/.test(key) && !key.includes(' ') && !reserved.has(key)
    if (!isWord || !this.#scan.text.startsWith(': ', colon)) throw notPlain
    const value = this.value(this.#scan.past(blanks, colon + 1), end, depth)
    return { key, keyAt: this.#scan.at(start, colon), value }
  }

  /** Where the next value begins behind a comma, or where the bracket closes. */
  #separator(from: number, closing: string): number {
    const at = this.#scan.past(blanks, from)
    const found = this.#scan.text[at]
    if (found === closing) return at
    if (found !== ',') throw notPlain
    const next = this.#scan.past(blanks, at + 1)
    // A comma before the bracket is allowed, and rare.
    if (this.#scan.text[next] === closing) throw notPlain
    return next
  }
}
