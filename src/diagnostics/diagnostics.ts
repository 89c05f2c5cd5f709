import type { Location } from '../source/source.ts'
import type { Diagnostic, Finding } from './diagnostic.ts'

/** Collects findings: equal ones become one diagnostic that knows all the targets it reaches. */
export class Diagnostics {
  private readonly found = new Map<string, { finding: Finding; targets: Set<string> }>()

  readonly report = (finding: Finding): void => {
    const { id, rule = '', at, same, message } = finding
    const key = [id, rule, placeKey(at), same ?? message].join('\n')
    const known = this.found.get(key)
    const targets = known?.targets ?? new Set()
    if (finding.target !== undefined) targets.add(finding.target)
    // What is only a warning elsewhere may be an error here.
    const isWorse = known?.finding.severity === 'warning' && finding.severity !== 'warning'
    if (!known || isWorse) this.found.set(key, { finding, targets })
  }

  get isEmpty(): boolean {
    return this.found.size === 0
  }

  /** Whether anything was found that forbids writing. */
  get failed(): boolean {
    for (const { finding } of this.found.values()) {
      if (finding.severity !== 'warning') return true
    }
    return false
  }

  /** Everything found, errors before warnings, then by file and place. */
  list(): Diagnostic[] {
    return [...this.found.values()]
      .map(({ finding, targets }) => toDiagnostic(finding, [...targets].sort()))
      .sort(byPlace)
  }
}

function toDiagnostic(finding: Finding, targets: readonly string[]): Diagnostic {
  const { target: _, same, ...rest } = finding
  const { id, rule = '', at, message } = finding
  const identity = [id, rule, at?.source.path ?? '', same ?? message].join('\n')
  const { severity = 'error', notes = [] } = finding
  return { ...rest, severity, notes, targets, identity }
}

function placeKey(at: Location | undefined): string {
  return at ? `${at.source.path}:${at.start}:${at.end}` : ''
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  return (
    compare(a.severity, b.severity) ||
    compare(a.at?.source.path ?? '', b.at?.source.path ?? '') ||
    (a.at?.start ?? 0) - (b.at?.start ?? 0) ||
    compare(a.id, b.id) ||
    compare(a.message, b.message)
  )
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
