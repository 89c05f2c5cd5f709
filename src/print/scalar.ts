/**
 * The only strings printed without quotes. Narrow on purpose: Kubernetes reads YAML with a parser
 * that is neither 1.1 nor 1.2, and whatever matches here is a string to all three.
 */
const plain =
  /^(?:[A-Za-z/](?:[A-Za-z0-9_./:@-]*[A-Za-z0-9_/-])?|[0-9]+(?:m|k|M|G|T|Ki|Mi|Gi|Ti|%))$/

/** Words and number forms that match the pattern and mean something else to some reader. */
const taken = /^(?:y|n|yes|no|on|off|true|false|null|nan|inf|infinity|e[0-9]+|e-[0-9]+)$/i

/** What JSON leaves raw and YAML readers, editors or terminals may trip over. */
const unsafe = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g

/** A literal block keeps these lines exactly: no blank first line, no trailing blanks, nothing unprintable. */
const unblockable =
  /^[ \t\n]|[ \t]\n|[ \t]$|\n\n$|[^\n\t\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10fffd}]|[\u2028\u2029]/u

/** A string on one line, in quotes unless no reader could take it for anything but itself. */
export function printString(text: string): string {
  if (plain.test(text) && !taken.test(text)) return text
  return JSON.stringify(text).replace(unsafe, spellOut)
}

/** A scalar on one line. Numbers are printed in the shortest form that has no exponent. */
export function printScalar(value: string | number | boolean | null): string {
  if (typeof value === 'string') return printString(value)
  return typeof value === 'number' ? withoutExponent(String(value)) : String(value)
}

/** A number as JavaScript prints it, written out: readers of YAML do not agree on `1e-7`. */
function withoutExponent(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent] =
    /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text) ?? []
  if (exponent === undefined) return text
  const digits = whole + fraction
  const zeros = Number(exponent)
  if (zeros < 0) return `${sign}0.${'0'.repeat(-zeros - 1)}${digits}`
  return sign + digits.padEnd(zeros + 1, '0')
}

/** Whether a text of several lines can stand as a literal block and read back as it is. */
export function fitsBlock(text: string): boolean {
  return text.includes('\n') && !unblockable.test(text)
}

function spellOut(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
