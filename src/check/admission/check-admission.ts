import type { Report } from '../../diagnostics/diagnostic.ts'
import type { ValueMap } from '../../document/node.ts'
import type { Context } from '../../expression/environment.ts'
import type { ExpressionType } from '../../expression/type.ts'
import { toExpressionValue } from '../../expression/values.ts'
import type { Kubernetes } from '../../kubernetes/kubernetes.ts'
import type { Admission, Binding } from '../../model/admission.ts'
import type { Manifest } from '../../plan/render-target.ts'
import type { Accuse, Exhibit } from '../exhibit.ts'
import { answerable } from './answerable.ts'
import { type CompiledPolicy, compilePolicy } from './compile-policy.ts'
import { judge, passes, type Refusal } from './judge.ts'
import { matches, mayMatch } from './matching.ts'
import { type Namespaces, namespacesOf } from './namespaces.ts'
import { paramsFor } from './params.ts'
import { readsOf } from './reads.ts'
import { kindOf, type ObjectKind, type Request, requestFor, requestValue } from './request.ts'
import { asServed, type Reads } from './served.ts'

/** Holds all that is rendered against the admission policies of its clusters. */
export type AdmissionCheck = (exhibits: readonly Exhibit[], accuse: Accuse) => void

const anything: ExpressionType = { kind: 'dyn' }

/** Compiles the admission policies of a repository; what is wrong in them is reported. */
export function checkAdmission(
  { policies, parameters }: Admission,
  kubernetes: Kubernetes | undefined,
  report: Report,
): AdmissionCheck {
  const compiled = policies.flatMap((policy) => compilePolicy(policy, kubernetes, report) ?? [])
  const bound = compiled.filter(({ policy }) => policy.bindings.length > 0)
  const forKind = byKind(bound, kubernetes)
  const params = paramsFor(parameters)

  return (exhibits, accuse) => {
    if (bound.length === 0) return
    const namespaces = namespacesOf(exhibits)
    for (const exhibit of exhibits) {
      for (const manifest of exhibit.manifests) judgeManifest(exhibit, manifest, namespaces, accuse)
    }
  }

  function judgeManifest(
    exhibit: Exhibit,
    { file, value }: Manifest,
    namespaces: Namespaces,
    accuse: Accuse,
  ): void {
    const { of, candidates, reads } = forKind(
      String(value.apiVersion),
      String(value.kind),
      exhibit.target.cluster.kubernetes.minor,
    )
    if (candidates.length === 0) return
    const cluster = exhibit.target.cluster.name
    const request = requestFor(value, of)
    const labelsOf = (namespace: string) => namespaces(cluster, namespace).labels
    let seen: Seen | undefined
    for (const candidate of candidates) {
      const { policy } = candidate
      if (!matches(policy.constraints, request, labelsOf)) continue
      for (const binding of policy.bindings) {
        if (!matches(binding.resources, request, labelsOf)) continue
        seen ??= new Seen(request, reads, namespaces(cluster, request.namespace).object)
        const found = params(policy, binding, request.namespace)
        if ('missing' in found) {
          if (!policy.lenient) accuse(missing(found.missing))
          continue
        }
        for (const param of found) {
          const context = seen.contextFor(candidate, param)
          for (const refusal of judge(candidate, context)) {
            accuse(fault(candidate, binding, refusal, context))
          }
        }
      }

      function missing(message: string) {
        const notes = [{ message: 'the policy stands here', at: policy.at }]
        const at = { exhibit, file, pointer: '/kind' }
        return { id: 'admission' as const, rule: policy.name, message, at, notes }
      }
    }

    function fault(
      candidate: CompiledPolicy,
      { denies }: Binding,
      { expression, message }: Refusal,
      context: Context,
    ) {
      const { name } = candidate.policy
      const pointer = answerable(candidate, expression, value, (object) => {
        const other = { ...context, object: asServed(object, reads) }
        return passes(candidate, expression, other)
      })
      return {
        id: 'admission' as const,
        rule: name,
        severity: denies ? ('error' as const) : ('warning' as const),
        message,
        at: { exhibit, file, pointer },
        notes: [{ message: 'the policy asks for it here', at: expression.at }],
        same: `${name} ${expression.at.start}`,
      }
    }
  }
}

/** What policies see of one object; worked out for the first that asks. */
class Seen {
  private readonly base: Context
  private readonly request: Request
  private requestValue: unknown

  constructor(request: Request, reads: Reads | undefined, namespace: ValueMap) {
    const { of, object } = request
    this.request = request
    this.base = {
      object: asServed(object, reads),
      oldObject: null,
      namespaceObject: of.clusterScoped ? null : toExpressionValue(namespace, anything),
      authorizer: null,
    }
  }

  contextFor({ policy, readsRequest }: CompiledPolicy, param: ValueMap | null): Context {
    const params = policy.paramKind && { params: toExpressionValue(param, anything) }
    if (!readsRequest) return { ...this.base, ...params }
    this.requestValue ??= toExpressionValue(requestValue(this.request), anything)
    return { ...this.base, ...params, request: this.requestValue }
  }
}

/** What there is to know before any object of a kind is looked at. */
interface ForKind {
  readonly of: ObjectKind
  /** The policies that could be about it. */
  readonly candidates: readonly CompiledPolicy[]
  readonly reads: Reads | undefined
}

function byKind(policies: readonly CompiledPolicy[], kubernetes: Kubernetes | undefined) {
  const known = new Map<string, ForKind>()
  return (apiVersion: string, kind: string, minor: number): ForKind => {
    const key = `${apiVersion} ${kind}`
    const found = known.get(key)
    if (found) return found
    const of = kindOf(apiVersion, kind, kubernetes?.lookUp(apiVersion, kind, minor))
    const candidates = policies.filter(({ policy }) => mayMatch(policy, of))
    const made = { of, candidates, reads: readsOf(candidates) }
    known.set(key, made)
    return made
  }
}
