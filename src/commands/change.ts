import type { Compilation } from '../compile.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { since } from '../diagnostics/since.ts'
import { rank } from '../diff/decisions.ts'
import type { Review } from '../diff/review.ts'
import { UsageFailure } from '../io/failure.ts'
import type { Committed } from '../io/git-commit.ts'
import type { InputChange } from '../io/write-inputs.ts'
import { plural } from '../report/affected.ts'
import { jsonReview } from '../report/review-json.ts'
import { show } from '../report/show.ts'
import type { Comparison } from '../review.ts'
import type { ChangeOptions } from './change-options.ts'
import { commitMessage } from './commit-message.ts'
import { compareSelected } from './compare.ts'
import { editFiles, type FileEdits, withChanges } from './edit-files.ts'
import type { Editing } from './editing.ts'
import { exitCode, type Result } from './exit-code.ts'
import { findings, findingsAsJson, jsonText } from './findings.ts'
import type { Repository } from './open-repository.ts'
import { compileSelected } from './repository.ts'
import { reviewAs } from './review-formats.ts'
import type { Terminal } from './terminal.ts'
import { writeChanges } from './write-changes.ts'

/** What a command wants to edit. */
export interface Proposal {
  /** What it is, in a line: the subject of a commit. */
  readonly subject: string
  readonly files: readonly FileEdits[]
}

/** What was done about a proposal. */
interface Deed {
  readonly changes: readonly InputChange[]
  readonly review: Review | undefined
  readonly compilation: Compilation | undefined
  readonly written: boolean
  readonly commit: Committed | undefined
  readonly rendered?: readonly string[] | undefined
  /** Why nothing was written, in a sentence. */
  readonly reason?: string
}

/**
 * What all commands have in common that edit: the files are edited in memory, both states are compiled and
 * compared, and only then, and only if nothing new is wrong, all the files are written, and
 * committed where that is asked for.
 */
export async function carryOut(
  { repository, ground }: Editing,
  proposal: Proposal,
  options: ChangeOptions,
  terminal: Terminal,
): Promise<Result> {
  checkOptions(options)
  const { changes, refusals } = editFiles(proposal.files, repository.snapshot, ground.schemas)
  if (refusals.length > 0) {
    const messages = `${refusals.join('')}nothing was written\n`
    return { output: '', messages, exitCode: exitCode.refused }
  }
  if (changes.length === 0) {
    const nothing = { changes, review: undefined, compilation: undefined }
    const reason = 'nothing to change: the files say so already'
    return told(
      { ...nothing, written: false, commit: undefined, reason },
      proposal,
      options,
      terminal,
    )
  }
  const comparison = compare(repository, changes, terminal)
  const { review } = comparison
  const deed = { changes, review, compilation: comparison.after, written: false, commit: undefined }
  if (comparison.after.failed) {
    return refused({ ...deed, reason: 'nothing was written' }, options, terminal)
  }
  const { failOn } = options
  if (failOn && review?.decisions.some(({ risk }) => rank(risk) >= rank(failOn))) {
    const reason = `nothing was written: there are decisions of ${failOn} risk`
    const result = told({ ...deed, reason }, proposal, options, terminal, comparison)
    return { ...result, exitCode: exitCode.differences }
  }
  if (options.dryRun) {
    const reason = 'nothing was written: this was a dry run'
    return told({ ...deed, reason }, proposal, options, terminal, comparison)
  }
  const { message } = options
  const { commit, rendered } = await writeChanges(
    {
      root: repository.root,
      changes,
      compilation: comparison.after,
      message: message === undefined ? commitMessage(proposal, changes, review) : `${message}\n`,
    },
    options,
    terminal,
  )
  const written = options.branch === undefined
  return told({ ...deed, written, commit, rendered }, proposal, options, terminal, comparison)
}

function checkOptions({ commit, branch, message }: ChangeOptions): void {
  if (message !== undefined && !commit && branch === undefined) {
    throw new UsageFailure('--message is the message of a commit', 'add --commit or --branch NAME')
  }
}

/**
 * Compares the state there is with the edited one. What was wrong before does not count; where that keeps
 * the whole from being compared, the edited projects are compared alone.
 */
function compare(
  repository: Repository,
  changes: readonly InputChange[],
  terminal: Terminal,
): Comparison {
  const { root, snapshot: before } = repository
  const after = withChanges(before, changes)
  const whole = compareSelected(before, after, {}, terminal, { root })
  const paths = new Set(changes.map(({ path }) => path))
  const isOwn = ({ at }: Diagnostic) => at !== undefined && paths.has(at.source.path)
  if (!whole.after.failed) return judged(whole, whole.after.diagnostics.filter(isOwn))
  const then = compileSelected(repository, {}, terminal)
  const { fresh } = since(whole.after.diagnostics, then.diagnostics)
  const errors = fresh.filter(({ severity }) => severity === 'error')
  if (errors.length > 0 || whole.review) return judged(whole, [...errors, ...fresh.filter(isOwn)])
  const project = [...new Set([...paths].map((path) => path.split('/')[1] ?? ''))]
  return judged(compareSelected(before, after, { project }, terminal), fresh.filter(isOwn))
}

/** A comparison in which these are the findings of the edited state. */
function judged(comparison: Comparison, diagnostics: readonly Diagnostic[]): Comparison {
  const failed = diagnostics.some(({ severity }) => severity === 'error')
  return {
    ...comparison,
    after: { ...comparison.after, diagnostics: [...new Set(diagnostics)], failed },
  }
}

function refused(
  deed: Deed & { readonly compilation: Compilation },
  options: ChangeOptions,
  { colors }: Terminal,
): Result {
  if (options.format === 'json') return { output: asJson(deed), exitCode: exitCode.refused }
  const messages = `${findings(deed.compilation, colors)}${deed.reason}\n`
  return { output: '', messages, exitCode: exitCode.refused }
}

function told(
  deed: Deed,
  proposal: Proposal,
  options: ChangeOptions,
  terminal: Terminal,
  comparison?: Comparison,
): Result {
  if (options.format === 'json') return { output: asJson(deed), exitCode: exitCode.done }
  const titles = { before: 'as it is', after: proposal.subject }
  const { review, sides } = comparison ?? {}
  const many = deed.changes.length > 5
  const shown =
    comparison && review && sides
      ? reviewAs(
          'pretty',
          { ...comparison, review, sides, titles, committed: undefined },
          options.detail ?? (many ? 'summary' : 'effects'),
          terminal,
        )
      : ''
  const blind =
    comparison && !review
      ? 'the state before does not compile, so the effect cannot be shown\n'
      : ''
  const messages = deed.compilation ? findings(deed.compilation, terminal.colors) : ''
  const end = deed.reason === undefined ? done(deed) : [deed.reason]
  const gap = shown === '' ? '' : '\n'
  return { output: `${shown}${blind}${gap}${end.join('\n')}\n`, messages, exitCode: exitCode.done }
}

function done({ changes, written, commit, rendered }: Deed): string[] {
  const [first] = changes
  const files = changes.length === 1 ? show(first?.path ?? '') : plural(changes.length, 'file')
  const also = rendered === undefined ? '' : ` and ${plural(rendered.length, 'file')} of out/`
  const lines = written ? [`wrote ${files}${also}`] : []
  if (!commit) return lines
  const on = commit.branch === undefined ? '' : ` on ${show(commit.branch)}`
  return [
    ...lines,
    `committed ${written ? '' : `${files}${also} as `}${commit.id.slice(0, 9)}${on}`,
  ]
}

function asJson(deed: Deed): string {
  const { changes, review, compilation, written, commit, rendered, reason } = deed
  return jsonText({
    version: 1,
    files: changes.map(({ path, before }) => ({ path, created: before === undefined })),
    written,
    ...(rendered && { rendered }),
    ...(reason !== undefined && { reason }),
    ...(commit && { commit: commit.id, ...(commit.branch && { branch: commit.branch }) }),
    diagnostics: compilation ? findingsAsJson(compilation) : [],
    ...(review && { review: jsonReview(review, { owners: compilation?.owners ?? new Map() }) }),
  })
}
