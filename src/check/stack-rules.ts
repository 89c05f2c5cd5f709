import type { Finding } from '../diagnostics/diagnostic.ts'
import type { Scope } from '../expression/environment.ts'
import type { ExpressionType } from '../expression/type.ts'
import type { Kubernetes } from '../kubernetes/kubernetes.ts'
import type { Rule } from '../model/rule.ts'
import type { Plan } from '../plan/plan.ts'
import { type CompiledRule, compileRule, isOfStack, mentions } from './compile-rule.ts'
import { podPathOf } from './pod-path.ts'
import { anything, typeAlong } from './rule-types.ts'

export type RuleTypesOf = (
  apiVersion: string,
  kind: string,
) => { readonly object: ExpressionType; readonly podSpec: ExpressionType }

/** The rules of a stack, compiled as objects of new kinds come before them. */
export interface StackRules {
  readonly rules: readonly Rule[]
  /** A rule for the objects of one kind; undefined if it is wrong. */
  readonly compiledFor: (rule: Rule, apiVersion: string, kind: string) => CompiledRule | undefined
  readonly typesOf: RuleTypesOf
  /** What is wrong in the rules, as far as is known before any object is looked at. */
  readonly findings: readonly Finding[]
}

/**
 * Compiles the rules of a plan's layers. What names nothing of this stack alone is compiled in the
 * scope that all stacks share, hence once for all of them.
 */
export function stackRules(
  rules: readonly Rule[],
  plan: Plan,
  shared: Scope,
  kubernetes: Kubernetes | undefined,
): StackRules {
  const findings: Finding[] = []
  const known = new Map<string, CompiledRule | undefined>()
  const typesOf = typesFrom(kubernetes)

  function compiledFor(rule: Rule, apiVersion: string, kind: string): CompiledRule | undefined {
    const key = readsObject(rule) ? `${rule.id} ${apiVersion} ${kind}` : rule.id
    if (known.has(key)) return known.get(key)
    const ofStack = isOfStack(rule)
    const variables = ofStack ? plan.variables.types : new Map()
    const types = { ...typesOf(apiVersion, kind), variables }
    const compiled = compileRule(rule, ofStack ? plan.base : shared, types, (finding) => {
      findings.push(finding)
    })
    known.set(key, compiled)
    return compiled
  }

  for (const rule of rules) {
    if (!readsObject(rule)) compiledFor(rule, '', '')
    for (const { apiVersion, kind } of planned(plan)) {
      const isNamed = rule.match.kinds.some(({ name }) => name.split('.')[0] === kind)
      if (readsObject(rule) && isNamed) compiledFor(rule, apiVersion, kind)
    }
  }
  return { rules, compiledFor, typesOf, findings }
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

function typesFrom(kubernetes: Kubernetes | undefined): RuleTypesOf {
  const known = new Map<string, ReturnType<RuleTypesOf>>()
  return (apiVersion, kind) => {
    const key = `${apiVersion} ${kind}`
    const found = known.get(key) ?? make(apiVersion, kind)
    known.set(key, found)
    return found
  }

  function make(apiVersion: string, kind: string): ReturnType<RuleTypesOf> {
    const object = kubernetes?.typeOf(apiVersion, kind) ?? anything
    const path = podPathOf(kind)
    const own = path && typeAlong(object, path)
    const isKnown = own !== undefined && !('missing' in own) && own.kind === 'struct'
    return { object, podSpec: isKnown ? own : (kubernetes?.podSpecType ?? anything) }
  }
}
