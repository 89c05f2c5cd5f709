import type { Situation } from './situation.ts'
import type { Verdict } from './verdict.ts'

/** What it means that an object comes, goes or is replaced. The first entry that fits decides. */
export interface WholeRule {
  readonly kinds?: readonly string[]
  readonly when?: (situation: Situation) => boolean
  readonly means: Verdict
}
