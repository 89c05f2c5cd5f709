import type { Diagnostic, Note } from '../diagnostics/diagnostic.ts'
import { ownerOf } from '../model/owner.ts'
import { formatLocation, type Location, positionOf } from '../source/source.ts'
import { affected, grouped, plural } from './affected.ts'
import { type Colors, codeFrame } from './code-frame.ts'
import { show } from './show.ts'

/** How many diagnostics are spelled out; the rest is counted. */
const limit = 50

export interface PrettyOptions {
  readonly colors: Colors
  /** Project → owner, for saying whose file a place is in. */
  readonly owners: ReadonlyMap<string, string>
  readonly all?: boolean
}

/** Diagnostics for people: message, frames of all parties, the cure; then a line of counts. */
export function prettyDiagnostics(
  diagnostics: readonly Diagnostic[],
  options: PrettyOptions,
): string {
  if (diagnostics.length === 0) return ''
  const shown = options.all ? diagnostics : diagnostics.slice(0, limit)
  const blocks = shown.map((diagnostic) => `${prettyDiagnostic(diagnostic, options).join('\n')}\n`)
  const more = diagnostics.length - shown.length
  if (more > 0) blocks.push(`… and ${grouped(more)} more\n`)
  return `${blocks.join('\n')}\n${counts(diagnostics)}\n`
}

/** The lines of one diagnostic. */
export function prettyDiagnostic(diagnostic: Diagnostic, options: PrettyOptions): string[] {
  const { colors } = options
  const { severity, id, rule, message, at, notes, help, targets } = diagnostic
  const paint = severity === 'error' ? colors.red : colors.yellow
  const width = gutterWidth([at, ...notes.map((note) => note.at)])
  const pad = ' '.repeat(width)
  const name = rule === undefined ? id : `${id}: ${show(rule)}`
  const lines = [
    `${colors.bold(paint(`${severity}[${name}]`))}${colors.bold(`: ${show(message)}`)}`,
  ]
  if (at) lines.push(arrow(at, undefined, pad, options), ...codeFrame(at, width, colors))
  for (const note of notes) {
    lines.push(arrow(note.at, note, pad, options), ...codeFrame(note.at, width, colors))
  }
  if (help !== undefined)
    lines.push(`${pad} ${colors.blue('=')} ${colors.cyan('help')}: ${show(help)}`)
  if (targets.length > 0) lines.push(`${pad} ${colors.blue('=')} affects ${affected(targets)}`)
  return lines
}

function arrow(at: Location, note: Note | undefined, pad: string, options: PrettyOptions): string {
  const { colors, owners } = options
  const owner = ownerOf(at.source.path, owners)
  const place = at.source.text === '' ? at.source.path : formatLocation(at)
  const whose = owner === undefined ? '' : colors.dim(` (${show(owner)})`)
  return `${pad}${colors.blue('-->')} ${show(place)}${whose}${note ? `  ${show(note.message)}` : ''}`
}

function gutterWidth(locations: readonly (Location | undefined)[]): number {
  const lines = locations.map((at) => (at ? positionOf(at.source, at.start).line : 1))
  return Math.max(2, ...lines.map((line) => String(line).length))
}

function counts(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error').length
  const warnings = diagnostics.length - errors
  const parts = [plural(errors, 'error'), plural(warnings, 'warning')]
  return parts.filter((part) => !part.startsWith('0 ')).join(', ')
}
