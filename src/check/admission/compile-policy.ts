import type { Note, Report } from '../../diagnostics/diagnostic.ts'
import { ofAdmission } from '../../expression/dialect.ts'
import { makeScopeOf, type Scope } from '../../expression/environment.ts'
import type { ExpressionProblem } from '../../expression/problem.ts'
import { makeLazy } from '../../expression/struct.ts'
import { type ExpressionType, formatType } from '../../expression/type.ts'
import type { Kubernetes } from '../../kubernetes/kubernetes.ts'
import type { AdmissionPolicy, PlacedText } from '../../model/admission.ts'
import type { PlacedExpression } from '../../plan/plan-node.ts'
import { within } from '../../plan/within.ts'
import type { Location } from '../../source/source.ts'
import { clusterType } from './cluster-type.ts'
import { namedKinds } from './named-kinds.ts'

/** An admission policy whose expressions are compiled; those that nobody can judge are left out. */
export interface CompiledPolicy {
  readonly policy: AdmissionPolicy
  readonly variables: ReadonlyMap<string, PlacedExpression>
  readonly conditions: readonly PlacedExpression[]
  readonly validations: readonly CompiledValidation[]
  readonly annotations: readonly PlacedExpression[]
  /** Whether anything in it reads `request`. */
  readonly readsRequest: boolean
}

export interface CompiledValidation {
  readonly expression: PlacedExpression
  readonly message: string | undefined
  readonly messageExpression: PlacedExpression | undefined
}

const anything: ExpressionType = { kind: 'dyn' }
const truth = ['bool']
const words = ['string']
const wordsOrNothing = ['string', 'null']

/**
 * Compiles a policy; undefined if the cluster would refuse it, which is reported. Objects are looked
 * at when they are judged, so types are not enforced, as in a cluster; but where the kinds are named
 * and known, what does not fit them is warned of.
 */
export function compilePolicy(
  policy: AdmissionPolicy,
  kubernetes: Kubernetes | undefined,
  report: Report,
): CompiledPolicy | undefined {
  const attempt = new Attempt(policy, anything, report)
  const compiled = attempt.compile()
  if (attempt.failed) return undefined
  attempt.tellOfUnjudged()
  for (const { apiVersion, kind } of kubernetes ? namedKinds(policy.constraints) : []) {
    const type = kubernetes?.typeOf(apiVersion, kind)
    if (!type) continue
    const help = `a ${kind} of ${apiVersion} has it otherwise; the cluster warns of it as well`
    const warn: Report = (finding) => report({ ...finding, severity: 'warning', help })
    new Attempt(policy, clusterType(type), warn).compile()
  }
  return compiled
}

/** One way through a policy's expressions, with a type for its objects. */
class Attempt {
  failed = false
  private readonly policy: AdmissionPolicy
  private readonly report: Report
  private readonly scope: Scope
  private readonly unjudged: Note[] = []
  private readonly unjudgedVariables = new Set<string>()
  private readonly types = new Map<string, ExpressionType>()
  private readsRequest = false
  private readonly isTyped: boolean

  constructor(policy: AdmissionPolicy, object: ExpressionType, report: Report) {
    const names = ['oldObject', 'request', 'namespaceObject', 'authorizer']
    if (policy.paramKind) names.push('params')
    const roots = new Map(names.map((name) => [name, anything]))
    this.policy = policy
    this.report = report
    this.isTyped = object !== anything
    this.scope = makeScopeOf(roots.set('object', object), ofAdmission)
  }

  compile(): CompiledPolicy {
    const { policy } = this
    const variables = new Map<string, PlacedExpression>()
    for (const variable of policy.variables) {
      const compiled = this.expression(variable)
      if (compiled) variables.set(variable.name, compiled)
      else this.unjudgedVariables.add(variable.name)
      const type = this.isTyped ? compiled?.compiled.type : undefined
      this.types.set(variable.name, type ?? anything)
    }
    const conditions = this.all(policy.conditions, truth)
    const validations = policy.validations.flatMap(({ expression, message, messageExpression }) => {
      const compiled = this.expression(expression, truth)
      const said = messageExpression && this.expression(messageExpression, words)
      return compiled ? [{ expression: compiled, message, messageExpression: said }] : []
    })
    const annotations = this.all(policy.annotations, wordsOrNothing)
    // Without one of its conditions nobody knows which objects the policy is about.
    const isWhole = conditions.length === policy.conditions.length
    return {
      policy,
      variables,
      conditions,
      validations: isWhole ? validations : [],
      annotations: isWhole ? annotations : [],
      readsRequest: this.readsRequest,
    }
  }

  /** Says once what of the policy is not judged: nothing may pass in silence. */
  tellOfUnjudged(): void {
    const [first, ...others] = this.unjudged
    if (!first) return
    const message = `the policy ${this.policy.name} cannot be judged offline: ${first.message}`
    const { at } = first
    this.report({ id: 'bad-admission-policy', severity: 'warning', message, at, notes: others })
  }

  private all(texts: readonly PlacedText[], needed: readonly string[]): PlacedExpression[] {
    return texts.flatMap((text) => this.expression(text, needed) ?? [])
  }

  /** Undefined for one that is wrong, or that nobody can judge. */
  private expression({ text, at }: PlacedText, needed?: readonly string[]) {
    const locals = new Map([['variables', this.variablesType()]])
    const compiled = this.scope.compile(text, locals)
    if ('message' in compiled) {
      this.refuse(compiled, within(at, text, compiled.start, compiled.end))
      return undefined
    }
    const why = this.whyUnjudged(compiled.reads)
    if (why !== undefined) {
      this.unjudged.push({ message: why, at })
      return undefined
    }
    const { kind } = compiled.type
    if (needed && kind !== 'dyn' && !needed.includes(kind)) {
      const message = `this should be ${needed.join(' or ')}, but is ${formatType(compiled.type)}`
      this.fail(message, at)
      return undefined
    }
    if (compiled.reads.some(([root]) => root === 'request')) this.readsRequest = true
    return { compiled, source: text, at }
  }

  private variablesType(): ExpressionType {
    return makeLazy({ kind: 'struct', fields: new Map(this.types) })
  }

  private whyUnjudged(reads: readonly (readonly string[])[]): string | undefined {
    if (reads.some(([root]) => root === 'authorizer')) return 'it asks the authorizer'
    const variable = reads.find(([root, name = '']) => {
      return root === 'variables' && this.unjudgedVariables.has(name)
    })
    return variable && `it reads the variable ${variable[1]}`
  }

  private refuse({ message, suggestion, beyond }: ExpressionProblem, at: Location): void {
    if (beyond !== undefined) {
      this.unjudged.push({ message: beyond, at })
      return
    }
    const hint = suggestion === undefined ? '' : `; did you mean "${suggestion}"?`
    this.fail(message + hint, at)
  }

  private fail(message: string, at: Location): void {
    this.failed = true
    this.report({ id: 'bad-admission-policy', message, at })
  }
}
