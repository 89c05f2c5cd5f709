import type { Compilation } from '../compile.ts'
import { rank } from '../diff/decisions.ts'
import type { Risk } from '../diff/meaning.ts'
import type { Review } from '../diff/review.ts'
import { plural } from '../report/pretty.ts'
import type { Comparison } from '../review.ts'
import type { Snapshot } from '../source/snapshot.ts'
import { compareSelected } from './compare.ts'
import { compareCommitted } from './compare-committed.ts'
import { type Compared, readCompared, titleOf } from './diff-sides.ts'
import { exitCode, type Result } from './exit-code.ts'
import { findings, findingsAsJson, jsonText } from './findings.ts'
import { openRepository, type RepositoryOptions } from './repository.ts'
import type { Detail, ReviewFormat } from './review-format.ts'
import { type ReviewSubject, reviewAs } from './review-formats.ts'
import type { Terminal } from './terminal.ts'

export interface DiffOptions extends Omit<RepositoryOptions, 'rev' | 'policyRev' | 'pipeline'> {
  readonly format: ReviewFormat
  readonly committed?: boolean
  readonly detail?: Detail
  readonly exitCode?: boolean
  readonly failOn?: Risk
}

/** Says what the edits between two states of the repository do to the clusters. */
export async function diff(
  base: string | undefined,
  head: string | undefined,
  options: DiffOptions,
  terminal: Terminal,
): Promise<Result> {
  const { root } = await openRepository(options, terminal)
  const compared = await readCompared(root, base, head)
  const titles = { before: titleOf(compared.base), after: titleOf(compared.head) }
  const comparison = options.committed
    ? await compareCommitted(compared.base.commit, compared.head?.commit, options, terminal)
    : await compareInputs(compared, options, terminal)
  const { review, sides } = comparison
  if (!review || !sides) return refused(comparison, titles, options, terminal)
  const subject: ReviewSubject = { ...comparison, review, sides, titles }
  const messages = comparison.after.failed
    ? `${findings(comparison.after, terminal.colors)}${titles.after} is refused, whatever its effects\n`
    : ''
  return {
    output: reviewAs(options.format, subject, options.detail, terminal),
    messages,
    exitCode: comparison.after.failed ? exitCode.refused : codeOf(review, options),
  }
}

async function compareInputs(
  { base, head }: Compared,
  options: DiffOptions,
  terminal: Terminal,
): Promise<Comparison> {
  const before = await snapshotOf(base.commit, options, terminal)
  const after = await snapshotOf(head?.commit, options, terminal)
  return compareSelected(before, after, options, terminal)
}

async function snapshotOf(
  commit: string | undefined,
  { directory }: DiffOptions,
  terminal: Terminal,
): Promise<Snapshot> {
  const options = {
    ...(directory !== undefined && { directory }),
    ...(commit !== undefined && { rev: commit }),
  }
  return (await openRepository(options, terminal)).snapshot
}

function codeOf({ decisions }: Review, { exitCode: asked, failOn }: DiffOptions): number {
  if (asked && decisions.length > 0) return exitCode.differences
  const isGrave = failOn !== undefined && decisions.some(({ risk }) => rank(risk) >= rank(failOn))
  return isGrave ? exitCode.differences : exitCode.done
}

/** What there is to say when one side, or both, cannot be compiled. */
function refused(
  { before, after }: Comparison,
  titles: ReviewSubject['titles'],
  { format }: DiffOptions,
  { colors }: Terminal,
): Result {
  const code = exitCode.refused
  if (format === 'json') {
    const sides = [before, after].map((side) => ({
      compiles: side.rendered !== undefined,
      targets: side.targets.length,
      diagnostics: findingsAsJson(side),
    }))
    return { output: jsonText({ version: 1, base: sides[0], head: sides[1] }), exitCode: code }
  }
  const said = [[titles.before, before] as const, [titles.after, after] as const].map(
    ([title, side]) => `${stateOf(side, colors)}${title} ${verdict(side)}\n`,
  )
  return { output: '', messages: said.join('\n'), exitCode: code }
}

function stateOf(side: Compilation, colors: Terminal['colors']): string {
  return side.rendered ? '' : findings(side, colors)
}

function verdict({ rendered, targets }: Compilation): string {
  return rendered
    ? `compiles: ${plural(rendered.length, 'target')} rendered`
    : `does not compile, so it cannot be compared; it has ${plural(targets.length, 'target')}`
}
