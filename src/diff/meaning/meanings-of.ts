import type { FieldChange, ObjectPair } from '../change.ts'
import type { Meaning, MeantChange } from '../meaning.ts'
import { partsOf } from './part.ts'
import { type Rule, ruleFor } from './rule.ts'
import { fieldRules } from './rules.ts'
import { type Setting, type Situation, situationOf } from './situation.ts'
import { gravestOf, meaningIn } from './verdict.ts'
import { rulesForWhole, wholeRuleFor } from './whole-objects.ts'

/**
 * What each change of an object does to the cluster: of all that one does, the gravest. An object
 * that comes, goes, or has another kind, namespace or name than before has one meaning as a whole.
 */
export function meaningsOf(
  pair: ObjectPair,
  changes: readonly FieldChange[],
  setting: Setting,
): readonly MeantChange[] {
  const situation = situationOf(pair, setting)
  const whole = rulesForWhole(pair)
  if (!whole) return changes.map((change) => ({ change, meaning: meaningOf(change, situation) }))
  const said = meaningIn(wholeRuleFor(whole, situation), setting.protected)
  const meaning = gravestOf([said, ...(pair.before ? [] : dangersOf(pair, situation))]) ?? said
  return [{ change: undefined, meaning }]
}

function meaningOf(change: FieldChange, situation: Situation): Meaning {
  const meaning = gravestOf(saidOf(change, fieldRules, situation))
  if (!meaning) throw new Error(`no rule fits ${change.path}`)
  return meaning
}

function saidOf(
  change: FieldChange,
  rules: readonly Rule[],
  situation: Situation,
): readonly Meaning[] {
  return partsOf(change).flatMap((part) => {
    const rule = ruleFor(rules, part, situation)
    return rule ? [meaningIn(rule.means, situation.setting.protected)] : []
  })
}

/** What a new object may do or open that must be known. */
function dangersOf({ after }: ObjectPair, situation: Situation): readonly Meaning[] {
  if (!after) return []
  const everything: FieldChange = {
    deed: 'added',
    path: '',
    pattern: '',
    beforeAt: undefined,
    afterAt: '',
    before: undefined,
    after: after.value,
  }
  return saidOf(everything, alsoOfNew, situation)
}

const alsoOfNew = fieldRules.filter(({ evenNew }) => evenNew)
