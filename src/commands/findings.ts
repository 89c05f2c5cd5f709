import { folderInGit } from '../io/folder-in-git.ts'
import type { Colors } from '../report/code-frame.ts'
import { githubAnnotations } from '../report/github.ts'
import { jsonDiagnostics } from '../report/json.ts'
import { junitReport } from '../report/junit.ts'
import { prettyDiagnostics } from '../report/pretty.ts'
import { sarifLog } from '../report/sarif.ts'
import { showJson } from '../report/show.ts'
import { redacted } from '../secret/redact.ts'
import type { ReportFormat } from './finding-format.ts'
import type { Found } from './found.ts'

/** The diagnostics of a compilation as text for people. */
export function findings({ diagnostics, owners }: Found, colors: Colors): string {
  return prettyDiagnostics(diagnostics, { colors, owners })
}

/** A document for programs, ended by a line break. It says what is there, but for secrets. */
export function jsonText(value: unknown): string {
  const safe = (_: string, each: unknown) => (typeof each === 'string' ? redacted(each) : each)
  return `${showJson(JSON.stringify(value, safe, 2))}\n`
}

/** The diagnostics of a compilation for programs. */
export function findingsAsJson({ diagnostics, owners }: Found): object[] {
  return jsonDiagnostics(diagnostics, owners)
}

/** The diagnostics of a compilation of the repository at `root`, for code scanning or a CI system. */
export function findingsAs(
  format: ReportFormat,
  { diagnostics, owners, targets }: Found,
  root: string,
): string {
  const options = { owners, folder: folderInGit(root) }
  switch (format) {
    case 'sarif':
      return jsonText(sarifLog(diagnostics, { ...options, version: SAHABA_VERSION }))
    case 'github':
      return githubAnnotations(diagnostics, options)
    case 'junit': {
      const cases = targets.map(({ id, release }) => ({ id, pending: release === 'pending' }))
      return junitReport(diagnostics, { ...options, targets: cases })
    }
  }
}
