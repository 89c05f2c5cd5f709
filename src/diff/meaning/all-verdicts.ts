import { created } from './created.ts'
import { removed } from './removed.ts'
import { replaced } from './replaced.ts'
import { fieldRules } from './rules.ts'
import type { Verdict } from './verdict.ts'

/** All that is ever said of a change. */
export const allVerdicts: readonly Verdict[] = [fieldRules, created, removed, replaced].flatMap(
  (rules) => rules.map(({ means }) => means),
)
