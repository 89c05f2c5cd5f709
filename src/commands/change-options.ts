import type { Risk } from '../diff/meaning.ts'
import type { Detail } from './review-format.ts'

/** What every command takes that edits files. */
export interface ChangeOptions {
  readonly directory?: string
  readonly format: 'pretty' | 'json'
  readonly detail?: Detail
  readonly dryRun?: boolean
  /** Render the edited projects as well. */
  readonly render?: boolean
  /** Write nothing if a decision is of this risk. */
  readonly failOn?: Risk
  readonly commit?: boolean
  /** A new branch for the commit; the working tree stays as it is then. */
  readonly branch?: string
  readonly message?: string
}
