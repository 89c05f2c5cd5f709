import { isMap, type ValueMap } from '../../document/node.ts'
import { valueAt } from '../../document/pointer.ts'
import type { Part } from './part.ts'
import type { Situation } from './situation.ts'
import type { Verdict } from './verdict.ts'

/** What changes of some fields of some kinds mean. The first rule that fits a part decides. */
export interface Rule {
  /** `Kind.group`; any if left out. */
  readonly kinds?: readonly string[]
  /** Patterns of fields; whatever stands below them is meant too. */
  readonly at: readonly string[]
  /** Whether the patterns begin at the template of pods, wherever the kind has it. */
  readonly inTemplate?: true
  /** Left out: all but `reordered`. */
  readonly deeds?: readonly Part['deed'][]
  readonly when?: (part: Part, situation: Situation) => boolean
  /** Whether it speaks of objects that are created as well. */
  readonly evenNew?: true
  readonly means: Verdict
}

const notOrder: readonly Part['deed'][] = ['changed', 'added', 'removed']
export const anyDeed: readonly Part['deed'][] = [...notOrder, 'reordered']

/** The first of some rules that fits a part of a change. */
export function ruleFor(
  rules: readonly Rule[],
  part: Part,
  situation: Situation,
): Rule | undefined {
  return rules.find((rule) => fits(rule, part, situation))
}

function fits(rule: Rule, part: Part, situation: Situation): boolean {
  const { kinds, at, deeds = notOrder, when } = rule
  if (kinds && !kinds.includes(situation.kind)) return false
  if (!deeds.includes(part.deed)) return false
  const start = rule.inTemplate ? situation.templateAt : ''
  if (start === undefined || !at.some((field) => covers(start + field, part.pattern))) return false
  return when?.(part, situation) ?? true
}

/** Whether a pattern is a field or stands below it. */
export function covers(field: string, pattern: string): boolean {
  return pattern === field || pattern.startsWith(`${field}/`)
}

/** Whether a part comes or goes along with all of an item or map, or with more than that. */
export function alongWith(pattern: string): (part: Part) => boolean {
  return ({ deed, root }) => deed !== 'changed' && covers(root, pattern)
}

/** The map so many levels down on the way to a part: /rules/3 of /rules/3/verbs/0 is 2 down. */
export function mapAbove(
  value: ValueMap | undefined,
  at: string | undefined,
  levels: number,
): ValueMap | undefined {
  if (value === undefined || at === undefined) return undefined
  const start = at.split('/', levels + 1).join('/')
  const found = valueAt(value, start)
  return isMap(found) ? found : undefined
}
