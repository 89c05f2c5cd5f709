import pc from 'picocolors'
import type { Diagnostic, Severity } from '../diagnostics/diagnostic.ts'
import { formatLocation } from '../source/source.ts'
import { affected, plural } from './affected.ts'
import { pathInGit } from './path-in-git.ts'
import { prettyDiagnostics } from './pretty.ts'
import { regionOf } from './region.ts'
import { show } from './show.ts'

export interface GithubOptions {
  /** Where the repository lies in its Git repository: empty, or "fleet/"; for paths in it. */
  readonly folder: string
  readonly owners: ReadonlyMap<string, string>
}

/** GitHub shows so many annotations of each severity for one step, and drops the others. */
const most = 10

/**
 * Diagnostics as annotations of the files in a pull request, as many as GitHub shows, then all of
 * them as plain text for the log. No line begins with what somebody else wrote.
 */
export function githubAnnotations(
  diagnostics: readonly Diagnostic[],
  options: GithubOptions,
): string {
  if (diagnostics.length === 0) return ''
  const shown = (['error', 'warning'] as const).flatMap((severity) => {
    return ofSeverity(severity, diagnostics).slice(0, most)
  })
  const lines = shown.map((diagnostic) => annotation(diagnostic, options))
  const more = diagnostics.length - shown.length
  if (more > 0) lines.push(notice(more))
  const list = prettyDiagnostics(diagnostics, {
    colors: pc.createColors(false),
    owners: options.owners,
    all: true,
  })
  return `${lines.join('\n')}\n\n${list}`
}

/** An annotation of the whole step, on a line of its own. */
export function githubError(title: string, message: string): string {
  return `::error title=${property(show(title))}::${data(show(message))}\n`
}

function ofSeverity(severity: Severity, diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return diagnostics.filter((diagnostic) => diagnostic.severity === severity)
}

function notice(more: number): string {
  const message = `${plural(more, 'finding')} more: the log of this step lists all of them`
  return `::notice title=sahaba::${data(message)}`
}

function annotation(diagnostic: Diagnostic, { folder }: GithubOptions): string {
  const { severity, id, rule, message, at, notes, help, targets } = diagnostic
  const title = rule === undefined ? id : `${id}: ${rule}`
  const lines = [
    message,
    ...notes.map((note) => `${pathInGit(formatLocation(note.at), folder)}  ${note.message}`),
    ...(help === undefined ? [] : [`help: ${help}`]),
    ...(targets.length === 0 ? [] : [`affects ${affected(targets)}`]),
  ]
  const properties = [...(at ? place(at, folder) : []), ['title', title] as const]
  const written = properties.map(([name, value]) => `${name}=${property(show(value))}`)
  return `::${severity} ${written.join(',')}::${data(lines.map(show).join('\n'))}`
}

function place(at: NonNullable<Diagnostic['at']>, folder: string): (readonly [string, string])[] {
  const file = ['file', pathInGit(at.source.path, folder)] as const
  if (at.source.text === '') return [file]
  const { line, column, endLine, endColumn } = regionOf(at)
  const begin = [file, ['line', `${line}`] as const]
  // Columns are for one line only, the last one included.
  if (endLine > line) return [...begin, ['endLine', `${endLine}`]]
  return [...begin, ['col', `${column}`], ['endColumn', `${Math.max(column, endColumn - 1)}`]]
}

/** Text after `::`, as GitHub's runner reads it back. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

/** The value of a property, likewise. */
function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
