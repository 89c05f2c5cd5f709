import type { ObjectPair } from '../change.ts'
import { created } from './created.ts'
import { removed } from './removed.ts'
import { replaced } from './replaced.ts'
import type { Situation } from './situation.ts'
import type { Verdict } from './verdict.ts'
import type { WholeRule } from './whole-rule.ts'

/** Whether a pair is an object that comes, one that goes, or two of which one replaces the other. */
export function rulesForWhole(pair: ObjectPair): readonly WholeRule[] | undefined {
  const { before, after } = pair
  if (!before) return created
  if (!after) return removed
  const stays = (['kind', 'namespace', 'name'] as const).every((key) => before[key] === after[key])
  return stays ? undefined : replaced
}

export function wholeRuleFor(rules: readonly WholeRule[], situation: Situation): Verdict {
  const found = rules.find(({ kinds, when }) => {
    return (kinds?.includes(situation.kind) ?? true) && (when?.(situation) ?? true)
  })
  if (!found) throw new Error('the last rule fits everything')
  return found.means
}
