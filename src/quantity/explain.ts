import { parseQuantity, quantityOfNumber } from './quantity.ts'

/**
 * What the writer of a text that is no sensible quantity most likely meant: "2Gi (or 2G)" for
 * "2GB". Undefined where the text is fine, or where nothing can be guessed.
 */
export function explainBadQuantity(text: string): string | undefined {
  const [, sign, digits, unit = ''] =
    /^\s*([+-]?)\s*([0-9][0-9_]*(?:[.,][0-9]+)?|\.[0-9]+)\s*([a-zA-Z]*|[eE][+-]?[0-9]+)\s*$/.exec(
      text,
    ) ?? []
  if (digits === undefined) return undefined
  const number = digits.replaceAll('_', '').replace(',', '.')
  if (/^[eE]./.test(unit)) return spelledOut(number + unit)
  if (parseQuantity(number + unit)) {
    const meant = number + unit
    return meant === text || (sign === '+' && `+${meant}` === text) ? undefined : meant
  }
  if (unit === 'K') return `${number}k or ${number}Ki`
  return meanings(number, unit.toLowerCase())
}

function spelledOut(text: string): string | undefined {
  const value = Number(text)
  return Number.isFinite(value) ? quantityOfNumber(value).toString() : undefined
}

function meanings(number: string, unit: string): string | undefined {
  if (/^(c|cores?|v?cpus?|b|bytes?)$/.test(unit)) return number
  if (/^(mc|mcpus?|milli|millis|millicpus?|millicores?)$/.test(unit)) return `${number}m`
  const [, prefix, mark] = /^([kmgtpe])(i|ib|b)?$/.exec(unit) ?? []
  if (prefix === undefined) return undefined
  const large = prefix.toUpperCase()
  if (mark === 'i' || mark === 'ib') return `${number}${large}i`
  return `${number}${large}i (or ${number}${prefix === 'k' ? 'k' : large})`
}
