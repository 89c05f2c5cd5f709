import { isList, isMap, type Value } from '../document/node.ts'
import type { Read } from './read-key.ts'

/** A place that rules read, with what stood there when somebody last looked. */
interface Place {
  last: unknown
  readonly readers: number[]
  readonly below: Map<string, Place>
}

const unseen = Symbol('unseen')

/**
 * Remembers of the part of an object that stands at one place of a plan which rules it met when it
 * was last judged. Targets of a plan differ in little: of those rules only they have to be asked
 * again that read what has changed since. What is one object with what stood there is not looked
 * into, for nothing rendered ever changes.
 */
export class Familiar {
  private readonly met: boolean[] = []
  private readonly places = new Map<string, Place>()

  /** Takes in the part to be judged: rules that read something new are forgotten to be met. */
  look(named: (name: string) => Value | undefined): void {
    for (const [name, place] of this.places) this.compare(place, named(name))
  }

  /** Whether the part taken in meets a rule, by its number, for all that was told. */
  isMet(rule: number): boolean {
    return this.met[rule] === true
  }

  /** Tells that the part taken in meets a rule, and all that this depends on. */
  meets(rule: number, reads: readonly Read[]): void {
    if (this.met[rule] === undefined) for (const { path } of reads) this.add(rule, path)
    this.met[rule] = true
  }

  private add(rule: number, path: readonly string[]): void {
    let below = this.places
    let place: Place | undefined
    for (const key of path) {
      // From the items of a list on it is the list that is compared.
      if (key === '*') break
      place = below.get(key) ?? { last: unseen, readers: [], below: new Map() }
      below.set(key, place)
      below = place.below
    }
    place?.readers.push(rule)
  }

  private compare(place: Place, value: Value | undefined): void {
    if (value === place.last) return
    place.last = value
    for (const rule of place.readers) this.met[rule] = false
    for (const [key, inner] of place.below) this.compare(inner, valueAt(value, key))
  }
}

function valueAt(holder: Value | undefined, key: string): Value | undefined {
  if (isMap(holder)) return Object.hasOwn(holder, key) ? holder[key] : undefined
  return isList(holder) ? holder[Number(key)] : undefined
}
