import { isNode, isScalar, type Pair, type Scalar } from 'yaml'
import type { Finding, Report } from '../diagnostics/diagnostic.ts'
import type { Location, Source } from '../source/source.ts'
import { restOfLine } from './lines.ts'
import { quoteExpression, withSpace } from './misplaced-colon.ts'
import { forbiddenIn } from './raw-text.ts'
import { reserved } from './reserved.ts'
import { shown } from './shown.ts'
import { endsInSlot } from './slot.ts'

export interface Key {
  readonly text: string
  /** The text in the form of Unicode in which texts that look the same are the same. */
  readonly composed: string
  readonly at: Location
}

type Problem = Pick<Finding, 'id' | 'message' | 'help'> & { readonly end?: number }

/** The key of an entry: always a text. Undefined if we refuse it, which is reported. */
export function convertKey(pair: Pair, source: Source, report: Report): Key | undefined {
  const { key, value } = pair
  const [start, end] = (isNode(key) && key.range) || [0, 0]
  const at = { source, start, end }
  if (!isScalar(key) || key.type?.startsWith('BLOCK')) {
    const help = 'quote it if it is a text'
    report({ id: 'yaml-feature', message: 'a key must be a text on one line', at, help })
    return undefined
  }
  const text = String(key.value)
  const problem = problemOf(text, key, source) ?? (value ? undefined : withoutValue(text))
  if (problem) {
    const { end = at.end, ...rest } = problem
    report({ ...rest, at: { ...at, end } })
    return undefined
  }
  return { text, composed: /[^\0-\x7f]/.test(text) ? text.normalize() : text, at }
}

function problemOf(text: string, key: Scalar, source: Source): Problem | undefined {
  const isPlain = key.type === 'PLAIN'
  if (isPlain && text === '') {
    return { id: 'yaml-syntax', message: 'there is no key before the ":"' }
  }
  if (text === '<<') {
    const help = 'write the keys out; what many files share belongs into a lower layer'
    return { id: 'yaml-feature', message: 'merge keys are not read', help }
  }
  if (reserved.has(text)) {
    const message = `the key "${text}" is not allowed: it has a meaning in JavaScript`
    return { id: 'forbidden-key', message, help: 'choose another name' }
  }
  if (key.anchor !== undefined) {
    return { id: 'yaml-feature', message: 'a key cannot have an anchor', help: 'remove it' }
  }
  if (isPlain && endsInSlot(text)) return brokenSlot(key, source)
  const forbidden = key.type === 'QUOTE_DOUBLE' ? forbiddenIn(text) : undefined
  if (forbidden === undefined) return undefined
  const message = `the key "${shown(text)}" holds ${forbidden}`
  return { id: 'forbidden-character', message, help: 'remove it' }
}

/** In `- ${a ? b : c}` YAML sees a map with the key `${a ? b`. */
function brokenSlot({ range }: Scalar, { text }: Source): Problem {
  const start = range?.[0] ?? 0
  const line = restOfLine(text, start)
  const slot = line.slice(0, line.lastIndexOf('}') + 1) || line
  return {
    id: 'yaml-syntax',
    message: 'an expression that holds ": " must be quoted',
    help: quoteExpression(slot),
    end: start + slot.length,
  }
}

function withoutValue(text: string): Problem {
  const help = `write "${shown(withSpace(text) ?? `${text}: …`)}"`
  return { id: 'yaml-syntax', message: `the key "${shown(text)}" has no value`, help }
}
