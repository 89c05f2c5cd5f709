import type { Location } from '../source/source.ts'
import type { DiagnosticId } from './catalogue.ts'

export type Severity = 'error' | 'warning'

/** The other party of a quarrel, or where a value came from. */
export interface Note {
  readonly message: string
  readonly at: Location
}

/** A mistake in the input. Messages are lower case, without a full stop, values as written. */
export interface Diagnostic {
  readonly id: DiagnosticId
  /** Which rule was not met, where the id stands for many: "two-replicas-in-prod". */
  readonly rule?: string
  readonly severity: Severity
  readonly message: string
  /** Absent only where no file can be named (the repository has none). */
  readonly at?: Location
  readonly notes: readonly Note[]
  /** What to do about it. */
  readonly help?: string
  /** Ids of the targets it reaches, sorted; empty when it concerns none in particular. */
  readonly targets: readonly string[]
  /** The same for the same mistake in the same file, however its lines move. */
  readonly identity: string
}

/** A diagnostic as a stage hands it on. */
export interface Finding {
  readonly id: DiagnosticId
  readonly rule?: string
  readonly severity?: Severity
  readonly message: string
  readonly at?: Location
  readonly notes?: readonly Note[]
  readonly help?: string
  /** The target in which it was noticed; findings that differ in nothing else become one. */
  readonly target?: string
  /**
   * What makes it the same as another at its place, if that is not the message: one line of a
   * template is one mistake, though the message names another object for every target.
   */
  readonly same?: string
}

export type Report = (finding: Finding) => void
