import type { Source } from '../source/source.ts'
import type { Entry, Node, ScalarNode } from './node.ts'
import { readPlain } from './plain.ts'
import { QuickFlow } from './quick-flow.ts'
import { QuickJson } from './quick-json.ts'
import { readLines } from './quick-text.ts'
import { reserved } from './reserved.ts'
import { notPlain, Scan } from './scan.ts'

/**
 * Reads what nearly all files consist of, without the yaml package: block maps and lists, texts on
 * one line or below a `|` or `>`, flow collections on one line, comments; and JSON. Undefined for
 * anything else, for whatever is wrong or only doubtful, and for an empty file: then the package reads
 * it, and says what is wrong. What this reader gives is, value for value and place for place, what the package would have given.
 */
export function readQuickly(source: Source): Node | undefined {
  if (/[\t\r]/.test(source.text)) return undefined
  try {
    return (source.path.endsWith('.json') ? new QuickJson(source) : new QuickReader(source)).read()
  } catch (error) {
    if (error === notPlain) return undefined
    throw error
  }
}

/** A line that is neither blank nor a comment. */
interface Line {
  readonly indent: number
  /** Where its text begins, and where the line ends. */
  readonly start: number
  readonly end: number
}

const keyPattern = /[A-Za-z_$][A-Za-z0-9_$./-]*(?=:(?: |\n|$))/y
const dash = 45
const space = 32
const hash = 35

class QuickReader {
  readonly #scan: Scan
  readonly #text: string
  readonly #flow: QuickFlow
  #line: Line | undefined
  /** Where the last value ended. */
  #end = 0

  constructor(source: Source) {
    this.#scan = new Scan(source)
    this.#text = source.text
    this.#flow = new QuickFlow(this.#scan)
    this.#line = this.#lineFrom(0)
  }

  read(): Node {
    if (this.#line?.indent !== 0) throw notPlain
    const root = this.#block(0, 1)
    if (this.#line) throw notPlain
    return root
  }

  /** The next line with something on it. */
  #lineFrom(from: number): Line | undefined {
    const text = this.#text
    let at = from
    while (at < text.length) {
      let start = at
      while (text.charCodeAt(start) === space) start += 1
      const first = text.charCodeAt(start)
      const newlineAt = text.indexOf('\n', start)
      const end = newlineAt === -1 ? text.length : newlineAt
      if (start < end && first !== hash) return { indent: start - at, start, end }
      at = end + 1
    }
    return undefined
  }

  #next(): void {
    this.#line = this.#lineFrom((this.#line?.end ?? this.#text.length) + 1)
  }

  /** A map or list whose entries stand at an indentation; the current line is its first. */
  #block(indent: number, depth: number): Node {
    this.#scan.admit(depth)
    return this.#isItem(this.#line)
      ? this.#list(indent, depth)
      : this.#map(indent, depth, undefined)
  }

  #isItem(line: Line | undefined): boolean {
    if (!line || this.#text.charCodeAt(line.start) !== dash) return false
    return line.start + 1 === line.end || this.#text.charCodeAt(line.start + 1) === space
  }

  /** A map; in an item of a list its first key stands behind the dash, at `first`. */
  #map(indent: number, depth: number, first: number | undefined): Node {
    const entries = new Map<string, Entry>()
    const start = first ?? this.#line?.start ?? 0
    let at = first
    while (
      this.#line &&
      (at !== undefined || (this.#line.indent === indent && !this.#isItem(this.#line)))
    ) {
      const entry = this.#entry(at ?? this.#line.start, indent, depth)
      at = undefined
      if (entries.has(entry.key)) throw notPlain
      entries.set(entry.key, entry)
      this.#scan.admitKeys(entries.size)
    }
    if (this.#line && this.#line.indent > indent) throw notPlain
    return { kind: 'map', entries, at: this.#scan.at(start, this.#end) }
  }

  #entry(start: number, indent: number, depth: number): Entry {
    const key = this.#scan.match(keyPattern, start)
    if (reserved.has(key)) throw notPlain
    const colon = start + key.length
    const value = this.#value(colon + 1, indent, depth)
    return { key, keyAt: this.#scan.at(start, colon), value }
  }

  /** What stands behind a colon: on the line, or as a block below it. */
  #value(from: number, indent: number, depth: number): Node {
    const line = this.#line
    if (!line) throw notPlain
    let start = from
    while (start < line.end && this.#text.charCodeAt(start) === space) start += 1
    if (start < line.end && this.#text.charCodeAt(start) !== hash) {
      return this.#inline(start, indent, depth)
    }
    this.#next()
    const below = this.#line
    const isBelow =
      below && (below.indent > indent || (below.indent === indent && this.#isItem(below)))
    if (isBelow) return this.#block(below.indent, depth + 1)
    if (from !== line.end) throw notPlain
    this.#end = from
    this.#scan.admit(depth)
    return { kind: 'scalar', value: null, at: this.#scan.at(from, from), text: '', plain: true }
  }

  #list(indent: number, depth: number): Node {
    const items: Node[] = []
    const start = this.#line?.start ?? 0
    while (this.#line && this.#line.indent === indent && this.#isItem(this.#line)) {
      let at = this.#line.start + 1
      while (at < this.#line.end && this.#text.charCodeAt(at) === space) at += 1
      if (at >= this.#line.end || this.#text.charCodeAt(at) === hash) throw notPlain
      items.push(this.#item(at, depth))
    }
    if (this.#line && this.#line.indent > indent) throw notPlain
    return { kind: 'list', items, at: this.#scan.at(start, this.#end) }
  }

  #item(at: number, depth: number): Node {
    const line = this.#line
    if (!line) throw notPlain
    const inner = line.indent + (at - line.start)
    if (this.#text.charCodeAt(at) === dash && this.#text.charCodeAt(at + 1) === space)
      throw notPlain
    if (this.#scan.past(keyPattern, at) === 0) return this.#inline(at, line.indent, depth)
    this.#scan.admit(depth + 1)
    return this.#map(inner, depth + 1, at)
  }

  /** A value that ends on its line; what is indented further below would go on with it. */
  #inline(start: number, indent: number, depth: number): Node {
    const line = this.#line
    if (!line) throw notPlain
    const first = this.#text[start] ?? ''
    if ('|>'.includes(first)) return this.#lines(start, indent, depth)
    const value = '[{"\''.includes(first)
      ? this.#flow.value(start, line.end, depth)
      : this.#plain(start, line.end, depth)
    this.#closeLine(value.at.end, line.end)
    this.#end = value.at.end
    this.#next()
    if (this.#line && this.#line.indent > indent) throw notPlain
    return value
  }

  /** A text in lines of its own below this one. */
  #lines(start: number, indent: number, depth: number): ScalarNode {
    const { value, end } = readLines(this.#text, start, indent)
    this.#scan.admit(depth)
    this.#end = end
    this.#line = this.#lineFrom(end + 1)
    if (this.#line && this.#line.indent > indent) throw notPlain
    const text = this.#text.slice(start, end)
    return { kind: 'scalar', value, at: this.#scan.at(start, end), text, plain: false }
  }

  /** Behind a value there is nothing but blanks and a comment, set apart from it. */
  #closeLine(from: number, end: number): void {
    let at = from
    while (at < end && this.#text.charCodeAt(at) === space) at += 1
    if (at < end && (at === from || this.#text.charCodeAt(at) !== hash)) throw notPlain
  }

  #plain(start: number, lineEnd: number, depth: number): ScalarNode {
    const comment = this.#text.slice(start, lineEnd).indexOf(' #')
    const hasComment = comment !== -1
    let end = hasComment ? start + comment : lineEnd
    while (this.#text.charCodeAt(end - 1) === space) end -= 1
    const text = this.#text.slice(start, end)
    if (!isSimple(text) || (hasComment && text.includes('${'))) throw notPlain
    const plain = readPlain(text)
    if ('problem' in plain) throw notPlain
    this.#scan.admit(depth)
    return { kind: 'scalar', value: plain.value, at: this.#scan.at(start, end), text, plain: true }
  }
}

/** A plain scalar that begins with no indicator, and in which nothing could be taken for a key. */
function isSimple(text: string): boolean {
  return (
    (/^[^\s&*!|>'"%@`?,[\]{}#:-]/.test(text) && !/:(?: |$)/.test(text)) ||
    (/^--?[A-Za-z0-9.]/.test(text) && !text.includes(':'))
  )
}
