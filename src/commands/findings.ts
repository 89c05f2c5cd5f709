import type { Compilation } from '../compile.ts'
import type { Colors } from '../report/code-frame.ts'
import { jsonDiagnostics } from '../report/json.ts'
import { prettyDiagnostics } from '../report/pretty.ts'

/** The diagnostics of a compilation as text for people. */
export function findings(compilation: Compilation, colors: Colors): string {
  return prettyDiagnostics(compilation.diagnostics, { colors, owners: compilation.owners })
}

/** A document for programs, ended by a line break. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

/** The diagnostics of a compilation for programs. */
export function findingsAsJson(compilation: Compilation): object[] {
  return jsonDiagnostics(compilation.diagnostics, compilation.owners)
}
