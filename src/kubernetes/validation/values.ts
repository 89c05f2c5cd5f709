import { suggest } from '../../diagnostics/suggest.ts'
import { type Field, shown } from './field.ts'
import { parseIp } from './ip.ts'
import type { TextRule } from './names.ts'

/** A text by its rule, if it is there and not empty; `what` is what it should be. */
export function checkText(field: Field, what: string, rule: TextRule): void {
  if (field.text !== '') checkGivenText(field, what, rule)
}

/** A text of which even an empty one says something. */
export function checkGivenText(field: Field, what: string, rule: TextRule): void {
  const { text } = field
  if (text !== undefined) field.refuseText(what, rule(text))
}

/** An empty text where the schema, which only wants the field, lets it pass. */
export function checkNotEmpty(field: Field, what: string): void {
  if (field.text === '') field.refuse(`${what} may not be empty`)
}

/** A text that must be there and legal; that it is missing is for the schema to say. */
export function checkRequiredText(field: Field, what: string, rule: TextRule): void {
  checkNotEmpty(field, what)
  checkText(field, what, rule)
}

/**
 * One of few words, which the published schemas of Kubernetes do not list. An empty one is left out,
 * and means the default.
 */
export function checkChoice(field: Field, choices: readonly string[]): void {
  if (field.text !== '') checkGivenChoice(field, choices)
}

/** One of few words, of which an empty one is none. */
export function checkGivenChoice(field: Field, choices: readonly string[]): void {
  const { text } = field
  if (text === undefined || choices.includes(text)) return
  const [meant, ...others] = choices.length === 1 ? choices : [suggest(text, choices)]
  const help = meant !== undefined && others.length === 0 ? { help: `did you mean ${meant}?` } : {}
  field.refuse(`${shown(text)} is not one of ${choices.join(', ')}`, help)
}

/** ValidateNonnegativeField. */
export function checkNotNegative(...fields: readonly Field[]): void {
  for (const field of fields) {
    const { number } = field
    if (number !== undefined && number < 0) field.refuse(`${number} is less than 0`)
  }
}

export function checkRange(field: Field, least: number, most: number): void {
  const { number } = field
  if (number === undefined || (number >= least && number <= most)) return
  field.refuse(`${number} is not between ${least} and ${most}`)
}

export function checkAtLeast(field: Field, least: number): void {
  const { number } = field
  if (number !== undefined && number < least) field.refuse(`${number} is less than ${least}`)
}

export function checkIp(field: Field): void {
  const { text } = field
  if (text !== undefined && !parseIp(text)) field.refuse(`${shown(text)} is no IP address`)
}

/** Refuses each item whose key an earlier one has; items without a key are not looked at. */
export function checkUnique(
  items: readonly Field[],
  what: string,
  keyOf: (item: Field) => string | number | undefined,
): void {
  if (items.length < 2) return
  const seen = new Map<string | number, Field>()
  for (const item of items) {
    const key = keyOf(item)
    if (key === undefined || key === '') continue
    const first = seen.get(key)
    if (first) {
      const others = [{ pointer: first.pointer, message: 'the first one' }]
      item.refuse(`${what} ${shown(key)} is there twice`, { others })
    } else {
      seen.set(key, item)
    }
  }
}

/** Those of a union's members that are set. */
export function membersOf(union: Field, members: readonly string[]): readonly Field[] {
  return members.filter((member) => union.holds(member)).map((member) => union.at(member))
}

/** Exactly one of a union's members; true if it is so. */
export function checkUnion(union: Field, what: string, members: readonly string[]): boolean {
  const [first, second] = membersOf(union, members)
  if (!first) union.refuse(`${what} needs one of ${members.join(', ')}`)
  else if (second) refuseSecond(second, first, what)
  return first !== undefined && second === undefined
}

/** Refuses the second of two members of which only one may be set. */
export function refuseSecond(second: Field, first: Field, what: string): void {
  const others = [{ pointer: first.pointer, message: 'the other one' }]
  second.refuse(`${what} has both ${first.name} and ${second.name}, of which only one may be set`, {
    others,
  })
}
