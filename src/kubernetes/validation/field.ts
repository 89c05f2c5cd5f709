import { isList, isMap, type Value, type ValueMap } from '../../document/node.ts'
import type { SharedParts } from '../fits.ts'
import type { Problem } from '../problem.ts'

/** Checks one field; what is wrong it refuses there or below. */
export type Check = (field: Field) => void

/** What the fields of one object share. */
interface Scope {
  readonly minor: number
  readonly problems: Problem[]
  readonly shared: SharedParts
  /** False once a map, a list or a text was looked for and something else was there. */
  isReadable: boolean
}

const none: readonly never[] = []

/**
 * A value and its place in an object. A field that is missing, or null, is one as well, with no
 * value: Kubernetes does not tell them apart. Values of a wrong shape are what the schema is for:
 * `text`, `items()` and the like pass over them as if they were missing, and remember it.
 */
export class Field {
  readonly value: Value | undefined
  private readonly scope: Scope
  private readonly parent: Field | undefined
  private readonly key: string | number
  private missing: Field | undefined

  private constructor(
    value: Value | undefined,
    scope: Scope,
    parent?: Field,
    key = '' as string | number,
  ) {
    this.value = value ?? undefined
    this.scope = scope
    this.parent = parent
    this.key = key
  }

  /** The whole of an object as Kubernetes 1.`minor` sees it; its problems are put into the list. */
  static of(object: ValueMap, minor: number, problems: Problem[], shared: SharedParts): Field {
    return new Field(object, { minor, problems, shared, isReadable: true })
  }

  /** Whether its value is one object with that of fields of other objects. */
  get isShared(): boolean {
    const { value } = this
    return typeof value === 'object' && value !== null && this.scope.shared.has(value)
  }

  /** The minor version of the cluster. */
  get minor(): number {
    return this.scope.minor
  }

  /** What was refused so far, in the whole object. */
  get problems(): readonly Problem[] {
    return this.scope.problems
  }

  /** Whether all that was looked at, in the whole object, had the shape that it should have. */
  get isReadable(): boolean {
    return this.scope.isReadable
  }

  at(key: string, below?: string, furtherBelow?: string): Field {
    const field = this.child(key)
    if (below === undefined) return field
    return furtherBelow === undefined ? field.child(below) : field.child(below).child(furtherBelow)
  }

  /** Whether there is something at a key. */
  holds(key: string): boolean {
    return isMap(this.value) && this.value[key] !== undefined && this.value[key] !== null
  }

  private child(key: string): Field {
    const held = isMap(this.value) ? this.value[key] : undefined
    if (held !== undefined && held !== null) return new Field(held, this.scope, this, key)
    if (this.value === undefined) return this
    if (!isMap(this.value)) this.expectNothing()
    // All that is missing has the same pointer, that of what should hold it.
    this.missing ??= new Field(undefined, this.scope, this, key)
    return this.missing
  }

  items(): readonly Field[] {
    if (!isList(this.value)) {
      this.expectNothing()
      return none
    }
    return this.value.map((value, index) => new Field(value, this.scope, this, index))
  }

  entries(): readonly (readonly [string, Field])[] {
    if (!isMap(this.value)) {
      this.expectNothing()
      return none
    }
    const { value } = this
    return Object.keys(value).map((key) => [key, new Field(value[key], this.scope, this, key)])
  }

  /** Its key in the map or list that holds it, if it is there. */
  get name(): string {
    return String(this.key)
  }

  /** Whether it has a value at all, be it `{}`, 0 or of a wrong type. */
  get isSet(): boolean {
    return this.value !== undefined
  }

  /** Whether it is missing or has Go's zero value, which mean the same in most fields. */
  get isEmpty(): boolean {
    const { value } = this
    return (
      value === undefined || value === '' || value === 0 || (isList(value) && value.length === 0)
    )
  }

  /** A text; what may be a number as well is none then. */
  get text(): string | undefined {
    const { value } = this
    if (typeof value === 'string') return value
    if (typeof value !== 'number') this.expectNothing()
    return undefined
  }

  get number(): number | undefined {
    const { value } = this
    if (typeof value === 'number') return value
    if (typeof value !== 'string') this.expectNothing()
    return undefined
  }

  private expectNothing(): void {
    if (this.isSet) this.scope.isReadable = false
  }

  get isTrue(): boolean {
    return this.value === true
  }

  get isFalse(): boolean {
    return this.value === false
  }

  /** The JSON pointer; of a missing field, that of what should hold it. */
  get pointer(): string {
    if (!this.parent) return ''
    const { pointer } = this.parent
    if (this.value === undefined) return pointer
    return `${pointer}/${String(this.key).replaceAll('~', '~0').replaceAll('/', '~1')}`
  }

  refuse(message: string, more: Pick<Problem, 'help' | 'others'> = {}): void {
    this.scope.problems.push({ pointer: this.pointer, kind: 'value', message, ...more })
  }

  /** Refuses a text for what is wrong with it; `what` is what it was meant to be. */
  refuseText(what: string, fault: string | undefined): void {
    if (fault !== undefined) this.refuse(`${shown(this.value)} is no ${what}: ${fault}`)
  }
}

/** A value as it stands in a message. */
export function shown(value: Value | undefined): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 80 ? `${text.slice(0, 76)}…` : text
}

/** The same check, but passing over what is no map and no list. */
export function remembered(check: Check): Check {
  const once = onceForShared(check)
  return (field) => {
    if (typeof field.value === 'object') once(field)
  }
}

/**
 * A check that remembers what it found right of the parts that are one object in thousands of
 * targets. Only for a check that looks at nothing but its field and the version of the cluster.
 */
export function onceForShared(check: Check): Check {
  const right: WeakSet<object>[] = []
  return (field) => {
    const { value, minor } = field
    if (typeof value !== 'object' || value === null || !field.isShared) {
      check(field)
      return
    }
    right[minor] ??= new WeakSet()
    const known = right[minor]
    if (known.has(value)) return
    const before = field.problems.length
    check(field)
    if (field.problems.length === before && field.isReadable) known.add(value)
  }
}
