import type { Value } from '../document/node.ts'
import type { KnownTexts } from '../print/manifest.ts'

/**
 * What a map or list of a plan was filled with before. Targets differ in few data, so most parts come
 * again and again: they are one object then, as what is constant is, and whoever remembers of an object
 * what it is worth knows it for all of them.
 */
export class Alike<Part extends object> {
  private readonly texts: KnownTexts
  private readonly parts = new Map<string, Part>()
  private hits = 0
  private misses = 0

  constructor(texts: KnownTexts) {
    this.texts = texts
  }

  /** The part that was made of the same before, or else this one. */
  of(part: Part, values: readonly (Value | undefined)[]): Part {
    if (this.misses > enough && this.hits < this.misses) return part
    const key = keyOf(values, this.texts)
    if (key === undefined) return part
    const known = this.parts.get(key)
    if (known) {
      this.hits += 1
      return known
    }
    this.misses += 1
    this.texts.set(part, { text: undefined })
    this.parts.set(key, part)
    return part
  }
}

/** After so many it can be told whether it is worth it. */
const enough = 200

function keyOf(values: readonly (Value | undefined)[], texts: KnownTexts): string | undefined {
  let key = ''
  for (const value of values) {
    if (typeof value === 'string') key += `s${value.length}:${value}`
    else if (typeof value !== 'object' || value === null) key += `${value};`
    else if (texts.has(value)) key += `#${numberOf(value)};`
    else return undefined
  }
  return key
}

const numbers = new WeakMap<object, number>()
let last = 0

function numberOf(part: object): number {
  const known = numbers.get(part)
  if (known !== undefined) return known
  last += 1
  numbers.set(part, last)
  return last
}
