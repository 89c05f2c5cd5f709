import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { ownerOf } from '../model/owner.ts'
import { textAt } from '../secret/redact.ts'
import type { Location } from '../source/source.ts'
import { regionOf } from './region.ts'

/** Diagnostics for programs; the shape is documented in docs/commands.md and only ever grows. */
export function jsonDiagnostics(
  diagnostics: readonly Diagnostic[],
  owners: ReadonlyMap<string, string>,
): object[] {
  return diagnostics.map(({ id, rule, severity, message, at, notes, help, targets }) => ({
    id,
    ...(rule !== undefined && { rule }),
    severity,
    message,
    ...(at && place(at, owners)),
    ...(help !== undefined && { help }),
    notes: notes.map((note) => ({ message: note.message, ...place(note.at, owners) })),
    targetCount: targets.length,
    targets,
  }))
}

function place(at: Location, owners: ReadonlyMap<string, string>): object {
  const { source, start, end } = at
  const owner = ownerOf(source.path, owners)
  return {
    path: source.path,
    ...regionOf(at),
    text: textAt({ source, start, end: Math.min(end, start + 200) }),
    ...(owner !== undefined && { owner }),
  }
}
