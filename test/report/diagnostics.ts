import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts'
import type { Location } from '../../src/source/source.ts'

/** A diagnostic with what a test says of it. */
export function diagnosticOf(said: Partial<Diagnostic> = {}): Diagnostic {
  return {
    id: 'limit',
    severity: 'error',
    message: 'replicas is 60, but prod allows at most 50',
    notes: [],
    targets: [],
    identity: 'limit',
    ...said,
  }
}

/** Where a word first stands in a file. */
export function placeOf(word: string, text: string, path: string): Location {
  const start = text.indexOf(word)
  if (start === -1) throw new Error(`no ${word} in ${path}`)
  return { source: { path, text }, start, end: start + word.length }
}

/** The ids of so many targets, in the order of a list of diagnostics. */
export function targetIds(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `cq/prod/p${String(index).padStart(5, '0')}`)
}
