/** What a value must meet beside its type; the names are JSON Schema's. */
export interface Constraint {
  readonly enum?: readonly (string | number)[]
  readonly pattern?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly minItems?: number
  readonly maxItems?: number
}

/** A list in which every constraint stands once, to be named by its number. */
export class Constraints {
  readonly list: Constraint[] = []
  private readonly numbers = new Map<string, number>()

  /** "~3", to be put behind the letter of a type; nothing for a constraint that asks nothing. */
  add(constraint: Constraint): string {
    if (Object.keys(constraint).length === 0) return ''
    const key = JSON.stringify(constraint)
    const known = this.numbers.get(key)
    if (known !== undefined) return `~${known}`
    this.numbers.set(key, this.list.length)
    return `~${this.list.push(constraint) - 1}`
  }
}
