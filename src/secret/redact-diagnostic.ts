import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { withoutSecretsOf } from './redact.ts'

/** A diagnostic whose sentences hold no secret of the files that it speaks of. */
export function redactDiagnostic(diagnostic: Diagnostic): Diagnostic {
  const { at, notes, message, help } = diagnostic
  const sources = [
    ...new Set([at, ...notes.map((note) => note.at)].flatMap((each) => each?.source ?? [])),
  ]
  const say = (sentence: string) => withoutSecretsOf(sources, sentence)
  return {
    ...diagnostic,
    message: say(message),
    notes: notes.map((note) => ({ ...note, message: say(note.message) })),
    ...(help !== undefined && { help: say(help) }),
  }
}
