/** Why readers of YAML disagree about a plain scalar, and what its author may have meant. */
export interface Ambiguity {
  /** What some readers take it for: "a date". */
  readonly some: string
  readonly others: string
  /** The value in a form that all readers share, if there is one. */
  readonly instead?: string
}

interface Form {
  readonly pattern: RegExp
  readonly some: string
  readonly others?: string
  readonly instead?: (text: string) => string
}

const words: ReadonlyMap<string, Ambiguity> = new Map([
  ...wordsFor('true', ['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON', 'True', 'TRUE']),
  ...wordsFor('false', ['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF', 'False', 'FALSE']),
  ['=', { some: 'a default value', others: 'text' }],
  ['<<', { some: 'a merge key', others: 'text' }],
])

/** Numbers and dates in forms that YAML 1.1, 1.2, JSON or Go understand, and others do not. */
const forms: readonly Form[] = [
  { pattern: /^[-+]?0[xX][\da-fA-F_]+$/, some: 'a hexadecimal number', instead: withoutPrefix(16) },
  { pattern: /^[-+]?0[oO][0-7_]+$/, some: 'an octal number', instead: withoutPrefix(8) },
  { pattern: /^[-+]?0[bB][01_]+$/, some: 'a binary number', instead: withoutPrefix(2) },
  {
    pattern: /^[-+]?0[0-7_]+$/,
    some: 'an octal number',
    others: 'a decimal one',
    instead: (text) => whole(sign(text), Number.parseInt(bare(text), 8)),
  },
  { pattern: /^[-+]?0[\d_]+(?:\.[\d_]*)?$/, some: 'a number', instead: decimal },
  { pattern: /^[-+]?\.(?:inf|Inf|INF)$/, some: 'infinity' },
  { pattern: /^\.(?:nan|NaN|NAN)$/, some: 'not a number' },
  {
    pattern:
      /^\d{4}-\d\d?-\d\d?(?:(?:[Tt]|[ \t]+)\d\d?:\d\d?:\d\d?(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::?\d\d)?))?)?$/,
    some: 'a date',
  },
  { pattern: /^[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?$/, some: 'a number in base 60' },
  {
    pattern: /^[-+]?(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)[eE][-+]?\d+$/,
    some: 'a number',
    instead: decimal,
  },
  { pattern: /^-0(?:\.0+)?$/, some: '0', others: 'less than 0', instead: () => '0' },
  { pattern: /^(?:\+\d|-?\d+_)[\d_]*(?:\.[\d_]*)?$/, some: 'a number', instead: decimal },
  { pattern: /^-?\d+\.(?:\d*_[\d_]*)?$/, some: 'a number', instead: decimal },
  { pattern: /^[-+]?\.\d[\d_]*$/, some: 'a number', instead: decimal },
]

/** Why a plain scalar must be quoted; undefined if all readers of YAML agree about it. */
export function ambiguityOf(text: string): Ambiguity | undefined {
  const word = words.get(text)
  if (word || !/^[-+.]?[.\d]/.test(text)) return word
  const form = forms.find(({ pattern }) => pattern.test(text))
  if (!form) return undefined
  const instead = form.instead?.(text)
  return {
    some: form.some,
    others: form.others ?? 'text',
    ...(instead !== undefined && /^-?\d+(?:\.\d+)?$/.test(instead) && { instead }),
  }
}

function wordsFor(meaning: string, spellings: readonly string[]): [string, Ambiguity][] {
  return spellings.map((word) => [word, { some: meaning, others: 'text', instead: meaning }])
}

function withoutPrefix(base: number): (text: string) => string {
  return (text) => whole(sign(text), Number.parseInt(bare(text).slice(2), base))
}

function decimal(text: string): string {
  return whole(sign(text), Number(bare(text)))
}

/** The text of a number, empty if a number in decimal form cannot hold it. */
function whole(minus: string, value: number): string {
  return Math.abs(value) <= Number.MAX_SAFE_INTEGER ? `${value === 0 ? '' : minus}${value}` : ''
}

function sign(text: string): string {
  return text.startsWith('-') ? '-' : ''
}

function bare(text: string): string {
  return text.replace(/^[-+]/, '').replaceAll('_', '')
}
