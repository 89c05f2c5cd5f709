import type { Node } from '../document/node.ts'
import { readPlain } from '../document/plain.ts'
import { printScalar, printString } from '../print/scalar.ts'

export type Quote = '"' | "'"

/** Where a scalar stands: within brackets less can do without quotes. */
export interface Setting {
  readonly flow: boolean
  /** The quotes to put a text into even if it could do without. */
  readonly quote: Quote | undefined
}

/** What readers of JSON, or of YAML in some other age, take for a number. */
const taken = /^[-+]?\.?(?:nan|inf|infinity)$|^[-+]?\d[\d.]*e/i

/** A scalar on one line. */
export function scalarText(value: string | number | boolean | null, setting: Setting): string {
  if (typeof value !== 'string') return printScalar(value)
  if (setting.quote === "'" && /^[\x20-\x7e\xa0-\u{1ffff}]*$/u.test(value) && isShowable(value)) {
    return `'${value.replaceAll("'", "''")}'`
  }
  return setting.quote === undefined && canBePlain(value, setting.flow) ? value : quoted(value)
}

/** Whether every reader of YAML takes a text without quotes for itself, and ours allows it. */
export function canBePlain(text: string, flow: boolean): boolean {
  const plain = readPlain(text)
  if (!('value' in plain) || plain.value !== text || taken.test(text)) return false
  if (/^[-?:,[\]{}#&*!|>'"%@`\s~=<.+]|\s$|: |:$| #|\$\{|[\n\t]/.test(text)) return false
  return isShowable(text) && !(flow && /[,[\]{}]|:(?=["'])/.test(text))
}

/** The quotes of a scalar; undefined if it has none. */
export function quoteOf(node: Node): Quote | undefined {
  if (node.kind !== 'scalar' || node.plain) return undefined
  const [first] = node.text
  return first === '"' || first === "'" ? first : undefined
}

/** The quotes that texts have here although they could do without; undefined if they have none. */
export function customaryQuote(siblings: Iterable<Node>): Quote | undefined {
  for (const node of siblings) {
    const quote = quoteOf(node)
    if (quote && node.kind === 'scalar' && canBePlain(String(node.value), true)) return quote
  }
  return undefined
}

function quoted(text: string): string {
  const printed = printString(text)
  return printed.startsWith('"') ? printed : `"${printed}"`
}

/** Whether nothing in a text has to be spelt out. */
function isShowable(text: string): boolean {
  return quoted(text) === `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}
