import type { Scalar } from 'yaml'
import type { Finding, Report } from '../diagnostics/diagnostic.ts'
import type { Source } from '../source/source.ts'
import { restOfLine } from './lines.ts'
import { quoteExpression } from './misplaced-colon.ts'
import type { ScalarNode } from './node.ts'
import { readPlain } from './plain.ts'
import { forbiddenIn } from './raw-text.ts'
import { shown } from './shown.ts'
import { endsInSlot } from './slot.ts'

type Problem = Pick<Finding, 'id' | 'message' | 'help'>

/**
 * A scalar of the yaml package as ours. Reports plain scalars that readers take differently, and
 * what YAML allows but nobody means: a comment in place of a value, a list item inside of a text.
 */
export function convertScalar(scalar: Scalar, source: Source, report: Report): ScalarNode {
  const [start, rangeEnd] = scalar.range ?? [0, 0]
  const isBlock = scalar.type?.startsWith('BLOCK') ?? false
  const written = source.text.slice(start, rangeEnd)
  const text = isBlock ? written.trimEnd() : written
  const at = { source, start, end: start + text.length }
  const content = String(scalar.value)
  if (scalar.type !== 'PLAIN') {
    const problem = isBlock ? undefined : escapeProblem(text, content)
    if (problem) report({ ...problem, at })
    return { kind: 'scalar', value: content, at, text, plain: false }
  }
  const plain = readPlain(content)
  const problem = plainProblem(text, source, at.end)
  if (problem) report({ ...problem, at })
  else if ('problem' in plain) {
    report({ id: 'ambiguous-scalar', message: plain.problem, at, help: plain.help })
  }
  return { kind: 'scalar', value: 'value' in plain ? plain.value : content, at, text, plain: true }
}

function plainProblem(text: string, { text: whole }: Source, end: number): Problem | undefined {
  if (text === '' && /^#[^\s#]/.test(whole.slice(end, end + 2))) {
    const comment = shown(restOfLine(whole, end))
    const help = `quote it if it is a text: "${comment}"; or put a space after the "#"`
    return { id: 'ambiguous-scalar', message: `${comment} is a comment, the value is empty`, help }
  }
  if (endsInSlot(text) && /^[ \t]+#/.test(whole.slice(end, end + 100))) {
    const help = quoteExpression(undefined)
    return { id: 'yaml-syntax', message: 'an expression that holds " #" must be quoted', help }
  }
  if (!/\n[ \t]*-[ \t\r\n]/.test(text)) return undefined
  const help = 'indent the items of a list alike, or quote the text'
  return { id: 'yaml-syntax', message: 'a list item here continues the text above it', help }
}

function escapeProblem(text: string, content: string): Problem | undefined {
  const forbidden = text.includes('\\') ? forbiddenIn(content) : undefined
  if (forbidden === undefined) return undefined
  return { id: 'forbidden-character', message: `the text holds ${forbidden}`, help: 'remove it' }
}
