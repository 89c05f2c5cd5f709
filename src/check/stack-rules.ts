import type { Finding } from '../diagnostics/diagnostic.ts'
import type { Value } from '../document/node.ts'
import { makeEnvironment, type Scope } from '../expression/environment.ts'
import { signatureOf, typeOfValue } from '../expression/type.ts'
import { toExpressionValue } from '../expression/values.ts'
import type { Kubernetes } from '../kubernetes/kubernetes.ts'
import type { Rule } from '../model/rule.ts'
import type { Plan, ScopeTypes } from '../plan/plan.ts'
import { type CompiledRule, compileRule } from './compile-rule.ts'
import { type Docket, docketOf } from './docket.ts'
import { pick } from './pick.ts'
import { type RuleTypesOf, ruleTypes } from './rule-types.ts'
import { mentions, policyPathsIn, readsVariables } from './rule-words.ts'

/** The rules of a stack, compiled as objects of new kinds come before them. */
export interface StackRules {
  /** The rules about objects of a kind. */
  readonly docketFor: (apiVersion: string, kind: string) => Docket
  /** What rules see as `policy`: of the stack's values those that any of them names. */
  readonly policy: { readonly value: Value; readonly seen: unknown }
  readonly typesOf: RuleTypesOf
  /** What is wrong in the rules, as far as is known before any object is looked at. */
  readonly findings: readonly Finding[]
}

interface Outcome {
  readonly compiled: CompiledRule | undefined
  readonly findings: readonly Finding[]
}

/**
 * Compiles the rules of plans. Stacks share what is the same for them: a rule is compiled once for
 * all whose policies have the same types where rules read them; anew only for a rule that reads
 * variables of the policies.
 */
export function rulesCompiler(
  types: ScopeTypes,
  kubernetes: Kubernetes | undefined,
): (rules: readonly Rule[], plan: Plan) => StackRules {
  const scopes = new Map<string, Scope>()
  const outcomes = new WeakMap<Rule, Map<string, Outcome>>()
  const typesOf = ruleTypes(kubernetes)

  return (rules, plan) => {
    const findings: Finding[] = []
    const told = new Set<Outcome>()
    const policy = pick(plan.policy as Value, rules.flatMap(policyPathsIn))
    const policyType = typeOfValue(policy)
    const signature = signatureOf(policyType)
    const shared = scopes.get(signature) ?? makeEnvironment({ ...types, policy: policyType })
    scopes.set(signature, shared)
    const own = new WeakMap<Rule, Map<string, Outcome>>()
    const dockets = new Map<string, Docket>()

    function compiledFor(rule: Rule, apiVersion: string, kind: string): CompiledRule | undefined {
      const isOwn = readsVariables(rule)
      const place = isOwn ? own : outcomes
      const known = place.get(rule) ?? new Map<string, Outcome>()
      place.set(rule, known)
      const policies = mentions(rule, 'policy') ? signature : ''
      const key = readsObject(rule) ? `${apiVersion} ${kind} ${policies}` : policies
      const outcome = known.get(key) ?? compile(rule, isOwn, apiVersion, kind)
      known.set(key, outcome)
      if (!told.has(outcome)) findings.push(...outcome.findings)
      told.add(outcome)
      return outcome.compiled
    }

    function compile(rule: Rule, isOwn: boolean, apiVersion: string, kind: string): Outcome {
      const found: Finding[] = []
      const variables = isOwn ? plan.variables.types : new Map()
      const seen = { ...typesOf(apiVersion, kind), variables }
      const compiled = compileRule(rule, shared, seen, (finding) => found.push(finding))
      return { compiled, findings: found }
    }

    const kinds = planned(plan)
    for (const rule of rules) {
      if (!readsObject(rule)) compiledFor(rule, '', '')
      for (const { apiVersion, kind } of kinds) {
        const isNamed = rule.match.kinds.some(({ name }) => name.split('.')[0] === kind)
        if (readsObject(rule) && isNamed) compiledFor(rule, apiVersion, kind)
      }
    }
    return {
      docketFor(apiVersion, kind) {
        const key = `${apiVersion} ${kind}`
        const docket = dockets.get(key) ?? docketOf(rules, apiVersion, kind, compiledFor)
        dockets.set(key, docket)
        return docket
      },
      policy: { value: policy, seen: toExpressionValue(policy, policyType) },
      typesOf,
      findings,
    }
  }
}

function readsObject(rule: Rule): boolean {
  return mentions(rule, 'object') || rule.each.some((path) => path.startsWith('object'))
}

/** The API versions and kinds that a plan's templates write out. */
function planned({ manifests }: Plan): { apiVersion: string; kind: string }[] {
  return manifests.flatMap(({ root }) => {
    const textOf = (key: string) => {
      const { template } = root
      const value = template.kind === 'map' ? template.entries.get(key)?.value : undefined
      return value?.kind === 'scalar' ? String(value.value) : ''
    }
    const [apiVersion, kind] = [textOf('apiVersion'), textOf('kind')]
    return apiVersion.includes('${') ? [] : [{ apiVersion, kind }]
  })
}
