import type { ObjectPair } from '../change.ts'
import type { MeantChange, Restart } from '../meaning.ts'
import { replacing } from './kinds.ts'
import { replacementIn } from './replacement.ts'
import { covers } from './rule.ts'
import { type Setting, situationOf } from './situation.ts'
import { rulesForWhole } from './whole-objects.ts'

/**
 * How the pods of a workload are replaced by some changes of it. Undefined if none of them is in
 * the template of its pods, if nothing replaces them, and where the cluster refuses the manifest
 * or the whole object is replaced.
 */
export function restartOf(
  pair: ObjectPair,
  meant: readonly MeantChange[],
  setting: Setting,
): Restart | undefined {
  if (rulesForWhole(pair)) return undefined
  const situation = situationOf(pair, setting)
  const { kind, templateAt } = situation
  if (templateAt === undefined || !(replacing.includes(kind) || kind === 'Pod')) return undefined
  if (meant.some(({ meaning }) => meaning.id === 'immutable')) return undefined
  const isOther = meant.some(({ change, meaning }) => {
    if (kind === 'Pod') return meaning.id === 'restart'
    return change && covers(templateAt, change.pattern)
  })
  return isOther ? replacementIn(situation) : undefined
}
