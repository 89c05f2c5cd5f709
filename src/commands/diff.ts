import type { Compilation } from '../compile.ts'
import { rank } from '../diff/decisions.ts'
import type { Risk } from '../diff/meaning.ts'
import type { Review } from '../diff/review.ts'
import { lastCommits, lastCommitsOf } from '../io/git-history.ts'
import { changedGuards } from '../io/guards.ts'
import { plural } from '../report/affected.ts'
import type { Snapshot } from '../source/snapshot.ts'
import { compareSelected } from './compare.ts'
import { compareCommitted } from './compare-committed.ts'
import { refusal } from './diff-refusal.ts'
import { type Compared, readCompared, titleOf } from './diff-sides.ts'
import { exitCode, type Result } from './exit-code.ts'
import { findings } from './findings.ts'
import { openRepository, type RepositoryOptions, rootOf } from './open-repository.ts'
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
  const root = rootOf(options, terminal)
  const compared = await readCompared(root, base, head)
  const titles = { before: titleOf(compared.base), after: titleOf(compared.head) }
  const comparison = options.committed
    ? await compareOutputs(root, compared, options, terminal)
    : await compareInputs(root, compared, options, terminal)
  const { review, sides, after, partly } = comparison
  if (!review || !sides) return refusal(comparison, titles, options, terminal)
  const warnings = after.failed
    ? [`The new state is refused, with ${errorsIn(after)}: this is what it would do.`]
    : []
  const told = { ...review, warnings: [...warnings, ...review.warnings] }
  const subject: ReviewSubject = {
    ...comparison,
    review: told,
    sides,
    titles,
  }
  const messages = after.failed
    ? `${findings(after, terminal.colors)}${titles.after} is refused\n`
    : ''
  return {
    output: reviewAs(options.format, subject, options.detail, terminal),
    messages,
    exitCode: after.failed ? exitCode.refused : codeOf(review, partly, options),
  }
}

function errorsIn({ diagnostics }: Compilation): string {
  return plural(diagnostics.filter(({ severity }) => severity === 'error').length, 'error')
}

async function compareInputs(
  root: string,
  { base, head }: Compared,
  options: DiffOptions,
  terminal: Terminal,
) {
  const before = await snapshotOf(base.commit, options, terminal)
  const after = await snapshotOf(head?.commit, options, terminal)
  const guards = await changedGuards(root, base.commit, head?.commit)
  const commits = head
    ? await lastCommits(root, base.commit, head.commit)
    : await lastCommitsOf(after, root, base.commit)
  const known = { root, guards, commitOf: (path: string) => commits.get(path) }
  const comparison = compareSelected(before, after, options, terminal, known)
  return { ...comparison, partly: false, committed: undefined }
}

async function compareOutputs(
  root: string,
  { base, head }: Compared,
  options: DiffOptions,
  terminal: Terminal,
) {
  const guards = await changedGuards(root, base.commit, head?.commit)
  return compareCommitted(base.commit, head?.commit, options, terminal, { guards })
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

/** What was not compared may be anything. */
function codeOf(
  { decisions }: Review,
  partly: boolean,
  { exitCode: asked, failOn }: DiffOptions,
): number {
  if (asked && (partly || decisions.length > 0)) return exitCode.differences
  if (failOn === undefined) return exitCode.done
  const isGrave = partly || decisions.some(({ risk }) => rank(risk) >= rank(failOn))
  return isGrave ? exitCode.differences : exitCode.done
}
