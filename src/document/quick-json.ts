import type { Source } from '../source/source.ts'
import type { Entry, Node } from './node.ts'
import { readPlain } from './plain.ts'
import { reserved } from './reserved.ts'
import { notPlain, Scan } from './scan.ts'

const blanks = /[ \n]*/y
/** Of the escapes those that stand for what a text may hold. */
const quoted = /"(?:[^"\\\n]|\\["\\/nt])*"/y
const word = /-?[0-9][0-9.]*|true|false|null/y
const keyPattern = /^"[\x20-\x7e]{1,200}"$/

/** Reads JSON; throws `notPlain` for what is none, or rare in it. */
export class QuickJson {
  readonly #scan: Scan

  constructor(source: Source) {
    this.#scan = new Scan(source)
  }

  read(): Node {
    const root = this.#value(0, 1)
    if (root.kind === 'scalar' || this.#scan.past(blanks, root.at.end) < this.#scan.text.length)
      throw notPlain
    return root
  }

  #value(start: number, depth: number): Node {
    const first = this.#scan.text[start]
    this.#scan.admit(depth)
    if (first === '{') return this.#map(start, depth + 1)
    if (first === '[') return this.#list(start, depth + 1)
    const text = this.#scan.match(first === '"' ? quoted : word, start)
    const at = this.#scan.at(start, start + text.length)
    if (first === '"') return { kind: 'scalar', value: JSON.parse(text), at, text, plain: false }
    const plain = readPlain(text)
    if ('problem' in plain) throw notPlain
    return { kind: 'scalar', value: plain.value, at, text, plain: true }
  }

  #map(start: number, depth: number): Node {
    const entries = new Map<string, Entry>()
    let at = this.#scan.past(blanks, start + 1)
    while (this.#scan.text[at] !== '}' || entries.size > 0) {
      const text = this.#scan.match(quoted, at)
      const key: string = JSON.parse(text)
      if (!keyPattern.test(text) || reserved.has(key) || entries.has(key)) throw notPlain
      const colon = at + text.length
      if (this.#scan.text[colon] !== ':') throw notPlain
      const value = this.#value(this.#scan.past(blanks, colon + 1), depth)
      entries.set(key, { key, keyAt: this.#scan.at(at, colon), value })
      this.#scan.admitKeys(entries.size)
      at = this.#scan.past(blanks, value.at.end)
      if (this.#scan.text[at] === '}') break
      at = this.#next(at)
    }
    return { kind: 'map', entries, at: this.#scan.at(start, at + 1) }
  }

  #list(start: number, depth: number): Node {
    const items: Node[] = []
    let at = this.#scan.past(blanks, start + 1)
    while (this.#scan.text[at] !== ']' || items.length > 0) {
      const item = this.#value(at, depth)
      items.push(item)
      at = this.#scan.past(blanks, item.at.end)
      if (this.#scan.text[at] === ']') break
      at = this.#next(at)
    }
    return { kind: 'list', items, at: this.#scan.at(start, at + 1) }
  }

  /** Where something begins behind the comma that is to stand here. */
  #next(at: number): number {
    if (this.#scan.text[at] !== ',') throw notPlain
    return this.#scan.past(blanks, at + 1)
  }
}
