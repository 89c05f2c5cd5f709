import type { Compilation } from '../compile.ts'
import { plural } from '../report/affected.ts'
import { markdownRefusal } from '../report/review-refusal.ts'
import type { Comparison } from '../review.ts'
import type { DiffOptions } from './diff.ts'
import { exitCode, type Result } from './exit-code.ts'
import { findings, findingsAsJson, jsonText } from './findings.ts'
import type { ReviewSubject } from './review-formats.ts'
import type { Terminal } from './terminal.ts'

/** What there is to say when one side, or both, cannot be compared. */
export function refusal(
  { before, after }: Comparison,
  titles: ReviewSubject['titles'],
  { format, committed }: DiffOptions,
  { colors }: Terminal,
): Result {
  const code = exitCode.refused
  if (format === 'json') {
    const [base, head] = [before, after].map((side) => ({
      compiles: side.rendered !== undefined,
      targets: side.targets.length,
      diagnostics: findingsAsJson(side),
    }))
    return { output: jsonText({ version: 1, base, head }), exitCode: code }
  }
  const sides = [
    { title: titles.before, side: before },
    { title: titles.after, side: after },
  ]
  const messages = sides.map(({ title, side }) => {
    return `${stateOf(side, colors)}${title} ${verdict(side, committed === true)}\n`
  })
  const refused = sides.filter(({ side }) => !side.rendered)
  const told = refused.map(({ title, side: { diagnostics } }) => ({ title, diagnostics }))
  const output = format === 'markdown' ? markdownRefusal(told) : ''
  return { output, messages: messages.join('\n'), exitCode: code }
}

function stateOf(side: Compilation, colors: Terminal['colors']): string {
  return side.rendered ? '' : findings(side, colors)
}

function verdict({ rendered }: Compilation, committed: boolean): string {
  if (committed) return rendered ? 'can be read' : 'cannot be read, so nothing can be compared'
  return rendered
    ? `compiles: ${plural(rendered.length, 'target')} rendered`
    : 'does not compile, so nothing can be compared'
}
