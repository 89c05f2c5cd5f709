import type { Layer } from '../model/layer.ts'
import type { Rule, RuleSeverity } from '../model/rule.ts'
import type { Waiver } from '../model/waiver.ts'

/** What the layers of a stack say about what is rendered: later layers win. */
export interface RuleBook {
  /** The rules that are judged at all. */
  readonly rules: readonly Rule[]
  /** How serious a rule or check is; undefined where no layer says so. */
  readonly levelOf: (name: string) => RuleSeverity | undefined
  readonly waivers: readonly Waiver[]
  /** Kinds that may be rendered besides the usual ones. */
  readonly kinds: ReadonlySet<string>
}

export function makeRuleBook(layers: readonly Layer[]): RuleBook {
  const rules = new Map<string, Rule>()
  const levels = new Map<string, RuleSeverity>()
  for (const { policy } of layers) {
    for (const rule of policy.rules.defined) {
      rules.set(rule.id, rule)
      levels.set(rule.id, rule.severity)
    }
    for (const { id, severity } of policy.rules.adjusted) levels.set(id, severity)
  }
  return {
    rules: [...rules.values()].filter(({ id }) => levels.get(id) !== 'none'),
    levelOf: (name) => levels.get(name),
    waivers: layers.flatMap((layer) => layer.policy.waivers),
    kinds: new Set(layers.flatMap((layer) => layer.policy.kinds)),
  }
}
