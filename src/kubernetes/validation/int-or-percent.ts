import { type Field, shown } from './field.ts'

/**
 * A count, or a percentage of pods (ValidatePositiveIntOrPercent). Text is only a percentage:
 * `"1"` in quotes is refused.
 */
export function checkIntOrPercent(field: Field): void {
  const { text, number } = field
  if (number !== undefined && number < 0) field.refuse(`${number} is less than 0`)
  if (text === undefined || /^[0-9]+%$/.test(text)) return
  const help = /^[0-9]+$/.test(text) ? { help: `write ${text} without quotes, or ${text}%` } : {}
  field.refuse(`${shown(text)} is neither a whole number nor a percentage`, help)
}

/** IsNotMoreThan100Percent. */
export function checkAtMostAll(field: Field): void {
  if (percentOf(field) > 100) field.refuse(`${shown(field.value)} is more than 100%`)
}

/** Whether it comes to nothing as it is written; what is left out comes to a default. */
export function isNone(field: Field): boolean {
  return field.number === 0 || percentOf(field) === 0
}

function percentOf({ text }: Field): number {
  return text !== undefined && /^[0-9]+%$/.test(text) ? Number(text.slice(0, -1)) : Number.NaN
}
