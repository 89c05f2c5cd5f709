import { isMap, type Value } from '../document/node.ts'
import { escapePart } from '../document/pointer.ts'
import type { FieldChange } from './change.ts'

/** A step to a field by its key, or to an item of a list by what tells it apart. */
type Step = string | ItemStep

interface ItemStep {
  readonly label: string
  readonly before: number | undefined
  readonly after: number | undefined
}

/** A field of an object before and after, and the way to it. */
export class Place {
  readonly before: Value | undefined
  readonly after: Value | undefined
  /** The side on which the value is not written but what its absence means. */
  private readonly unwritten: 'before' | 'after' | undefined
  private readonly parent: Place | undefined
  private readonly step: Step

  constructor(
    before: Value | undefined,
    after: Value | undefined,
    parent?: Place,
    step: Step = '',
    unwritten?: 'before' | 'after',
  ) {
    this.before = before
    this.after = after
    this.parent = parent
    this.step = step
    this.unwritten = unwritten ?? parent?.unwritten
  }

  /** The value of a field in the nearest map around this place, itself included, that has it. */
  inherited(side: 'before' | 'after', key: string): Value | undefined {
    const value = this[side]
    const own = isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined
    return own ?? this.parent?.inherited(side, key)
  }

  /** The change that is here; undefined if it is written on neither side. */
  change(): FieldChange | undefined {
    const beforeAt = this.at('before')
    const afterAt = this.at('after')
    if (beforeAt === undefined && afterAt === undefined) return undefined
    return {
      deed: beforeAt === undefined ? 'added' : afterAt === undefined ? 'removed' : 'changed',
      path: this.path(),
      pattern: this.pattern(),
      beforeAt,
      afterAt,
      before: beforeAt === undefined ? undefined : this.before,
      after: afterAt === undefined ? undefined : this.after,
    }
  }

  /** The change of a list of which only the order is another: the items by what tells them apart. */
  reordered(before: readonly Value[], after: readonly Value[]): FieldChange {
    const [path, pattern] = [this.path(), this.pattern()]
    const [beforeAt, afterAt] = [this.at('before'), this.at('after')]
    return { deed: 'reordered', path, pattern, beforeAt, afterAt, before, after }
  }

  private at(side: 'before' | 'after'): string | undefined {
    if (this[side] === undefined || this.unwritten === side) return undefined
    return this.steps()
      .map((step) => `/${typeof step === 'string' ? escapePart(step) : step[side]}`)
      .join('')
  }

  private path(): string {
    const text = this.steps().map((step) => {
      if (typeof step !== 'string') return `[${step.label}]`
      return /^[\w-]+$/.test(step) ? `.${step}` : `[${step}]`
    })
    return text.join('').replace(/^\./, '')
  }

  private pattern(): string {
    return this.steps()
      .map((step) => `/${typeof step === 'string' ? escapePart(step) : '*'}`)
      .join('')
  }

  private steps(): readonly Step[] {
    return this.parent ? [...this.parent.steps(), this.step] : []
  }
}
