import type { Location, Source } from '../source/source.ts'
import type { Entry, Node } from './node.ts'
import { readPlain } from './plain.ts'
import { notPlain, QuickFlow } from './quick-flow.ts'
import { reserved } from './reserved.ts'

const blanks = /[ \n]*/y
/** Of the escapes those that stand for what a text may hold. */
const quoted = /"(?:[^"\\\n]|\\["\\/nt])*"/y
const word = /-?[0-9][0-9.]*|true|false|null/y
const keyPattern = /^"[\x20-\x7e]{1,200}"$/

/** Reads JSON; throws `notPlain` for what is none, or rare in it. */
export class QuickJson {
  readonly #source: Source
  readonly #text: string
  readonly #flow: QuickFlow

  constructor(source: Source) {
    this.#source = source
    this.#text = source.text
    this.#flow = new QuickFlow(source)
  }

  read(): Node {
    const root = this.#value(0, 1)
    if (root.kind === 'scalar' || this.#skip(root.at.end) < this.#text.length) throw notPlain
    return root
  }

  #value(start: number, depth: number): Node {
    const first = this.#text[start]
    this.#flow.admit(depth)
    if (first === '{') return this.#map(start, depth + 1)
    if (first === '[') return this.#list(start, depth + 1)
    const text = this.#match(first === '"' ? quoted : word, start)
    const at = this.#at(start, start + text.length)
    if (first === '"') return { kind: 'scalar', value: JSON.parse(text), at, text, plain: false }
    const plain = readPlain(text)
    if ('problem' in plain) throw notPlain
    return { kind: 'scalar', value: plain.value, at, text, plain: true }
  }

  #map(start: number, depth: number): Node {
    const entries = new Map<string, Entry>()
    let at = this.#skip(start + 1)
    while (this.#text[at] !== '}' || entries.size > 0) {
      const text = this.#match(quoted, at)
      const key: string = JSON.parse(text)
      if (!keyPattern.test(text) || reserved.has(key) || entries.has(key)) throw notPlain
      const colon = at + text.length
      if (this.#text[colon] !== ':') throw notPlain
      const value = this.#value(this.#skip(colon + 1), depth)
      entries.set(key, { key, keyAt: this.#at(at, colon), value })
      this.#flow.admitKeys(entries.size)
      at = this.#skip(value.at.end)
      if (this.#text[at] === '}') break
      at = this.#next(at)
    }
    return { kind: 'map', entries, at: this.#at(start, at + 1) }
  }

  #list(start: number, depth: number): Node {
    const items: Node[] = []
    let at = this.#skip(start + 1)
    while (this.#text[at] !== ']' || items.length > 0) {
      const item = this.#value(at, depth)
      items.push(item)
      at = this.#skip(item.at.end)
      if (this.#text[at] === ']') break
      at = this.#next(at)
    }
    return { kind: 'list', items, at: this.#at(start, at + 1) }
  }

  /** Where something begins behind the comma that is to stand here. */
  #next(at: number): number {
    if (this.#text[at] !== ',') throw notPlain
    return this.#skip(at + 1)
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
