import type { Report } from '../diagnostics/diagnostic.ts'
import { suggest } from '../diagnostics/suggest.ts'
import type { ScalarNode } from '../document/node.ts'
import type { Scope } from '../expression/environment.ts'
import { makeLazy } from '../expression/struct.ts'
import { type ExpressionType, formatType, joinAll } from '../expression/type.ts'
import type { Rule } from '../model/rule.ts'
import { compileText, compileWhole } from '../plan/expressions.ts'
import type { CompiledText, PlacedExpression } from '../plan/plan-node.ts'
import { type Condition, conditionOf } from './condition.ts'
import { anything, typeAlong } from './rule-types.ts'
import { mentions, variablesIn } from './rule-words.ts'

/** A rule compiled for the objects of one kind. */
export interface CompiledRule {
  readonly variables: ReadonlyMap<string, PlacedExpression>
  readonly variableTypes: ReadonlyMap<string, ExpressionType>
  readonly verdict: Condition
  /** The first of several conditions of which one suffices: often it reads next to nothing. */
  readonly guard: Condition | undefined
  readonly message: CompiledText
  readonly blame: CompiledText | undefined
}

/** What the expressions of a rule see besides what templates do. */
export interface RuleTypes {
  readonly object: ExpressionType
  readonly podSpec: ExpressionType
  /** The policies' own variables. */
  readonly variables: ReadonlyMap<string, ExpressionType>
}

/** Compiles a rule; undefined if anything in it is wrong, which is reported at its place. */
export function compileRule(
  rule: Rule,
  scope: Scope,
  types: RuleTypes,
  report: Report,
): CompiledRule | undefined {
  const judged = typeOfJudged(rule, types, report)
  if (!judged) return undefined
  const locals = new Map<string, ExpressionType>()
  for (const [name, type] of Object.entries({ ...types, ...judged })) {
    // Only what is named: each name makes the scope a larger one to set up.
    if (name !== 'variables' && mentions(rule, name)) locals.set(name, type as ExpressionType)
  }
  if (mentions(rule, 'variables')) locals.set('variables', struct(types.variables))
  const variables = new Map<string, PlacedExpression>()
  let variableTypes = types.variables
  for (const [name, { value }] of rule.variables?.entries ?? []) {
    if (value.kind !== 'scalar') continue
    if (variablesIn(String(value.value)).includes(name)) {
      const message = `the variable "${name}" of the rule ${rule.id} uses itself`
      report({ id: 'bad-rule', message, at: value.at })
      return undefined
    }
    const compiled = compileWhole(String(value.value), value.at, scope, locals, report)
    if (!compiled) return undefined
    variables.set(name, compiled)
    variableTypes = new Map([...variableTypes, [name, compiled.compiled.type]])
    locals.set('variables', struct(variableTypes))
  }
  const { expression } = rule
  const verdict = compileWhole(String(expression.value), expression.at, scope, locals, report)
  const message = compileMessage(rule, scope, locals, report)
  const blame = rule.blame && compileText(textOf(rule.blame), rule.blame.at, scope, locals, report)
  if (!verdict || !message || (rule.blame && !blame)) return undefined
  const { type } = verdict.compiled
  if (type.kind !== 'bool' && type.kind !== 'dyn') {
    const needed = `a rule is true or false, not ${formatType(type)}`
    report({ id: 'expression', message: needed, at: expression.at })
    return undefined
  }
  const first = verdict.compiled.guard
  const guard = first && compileWhole(first, verdict.at, scope, locals, () => {})
  return {
    variables,
    variableTypes,
    verdict: conditionOf(verdict, variables),
    guard: guard ? conditionOf(guard, variables) : undefined,
    message,
    blame,
  }
}

function textOf({ value }: ScalarNode): string {
  return String(value)
}

function struct(fields: ReadonlyMap<string, ExpressionType>): ExpressionType {
  return makeLazy({ kind: 'struct', fields })
}

function compileMessage(
  { message, messageExpression }: Rule,
  scope: Scope,
  locals: ReadonlyMap<string, ExpressionType>,
  report: Report,
): CompiledText | undefined {
  if (message) return compileText(String(message.value), message.at, scope, locals, report)
  if (!messageExpression) return undefined
  const { value, at } = messageExpression
  const single = compileWhole(String(value), at, scope, locals, report)
  return single && { parts: [single], single }
}

/** The types of `value` and `index`; undefined where `each` leads nowhere. */
function typeOfJudged(
  rule: Rule,
  types: RuleTypes,
  report: Report,
): Readonly<Record<string, ExpressionType>> | undefined {
  if (rule.each.length === 0) return {}
  const found: ExpressionType[] = []
  for (const path of rule.each) {
    const [root, ...keys] = path.split('.')
    const type = typeAlong(root === 'podSpec' ? types.podSpec : types.object, keys)
    if ('missing' in type) {
      const meant = suggest(type.missing, type.known)
      const hint = meant === undefined ? '' : `; did you mean "${meant}"?`
      const message = `${path} leads nowhere: there is no field "${type.missing}"${hint}`
      report({ id: 'bad-rule', message, at: rule.eachAt })
      return undefined
    }
    found.push(type)
  }
  return { value: found.length > 0 ? joinAll(found) : anything, index: { kind: 'int' } }
}
