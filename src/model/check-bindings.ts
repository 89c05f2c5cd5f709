import type { Report } from '../diagnostics/diagnostic.ts'
import { suggest } from '../diagnostics/suggest.ts'
import type { Location } from '../source/source.ts'
import type { AdmissionPolicy, Binding, Parameter, PlacedText } from './admission.ts'

/** A binding, if it is right, and the policy it names. */
export interface BoundTo {
  readonly policy: PlacedText
  readonly binding: Binding | undefined
}

/** What is left of a policy that is wrong. */
export interface Refused {
  readonly name: string
}

const id = 'bad-admission-policy'

/** Gives each policy its bindings. What fits together badly is reported. */
export function checkBindings(
  policies: readonly (AdmissionPolicy | Refused)[],
  bindings: readonly BoundTo[],
  parameters: readonly Parameter[],
  report: Report,
): AdmissionPolicy[] {
  const names = policies.map(({ name }) => name)
  const misspelt = new Set<string>()
  for (const { policy } of bindings.filter(({ policy }) => !names.includes(policy.text))) {
    const meant = suggest(policy.text, names)
    if (meant !== undefined) misspelt.add(meant)
    const message = `there is no policy "${policy.text}" in policies/admission/`
    const help = meant === undefined ? 'put it beside the binding' : `did you mean "${meant}"?`
    report({ id, message, at: policy.at, help })
  }
  reportTwins(
    bindings.flatMap(({ binding }) => binding ?? []),
    'the binding',
    report,
  )
  const read = policies.flatMap((policy) => ('bindings' in policy ? [policy] : []))
  if (read.length === policies.length) warnOfIdle(parameters, read, report)
  return reportTwins(read, 'the policy', report).map((policy) => {
    const its = bindings.filter((each) => each.policy.text === policy.name)
    if (its.length === 0 && !misspelt.has(policy.name)) {
      const message = `the policy ${policy.name} has no binding: it does nothing in a cluster`
      const help = 'add a ValidatingAdmissionPolicyBinding'
      report({ id, severity: 'warning', message, at: policy.at, help })
    }
    const right = its.flatMap(({ binding }) => {
      return binding && checkParamRef(binding, policy, parameters, report) ? [binding] : []
    })
    return { ...policy, bindings: right }
  })
}

/** Whether what a binding says of its parameters can be followed. */
function checkParamRef(
  { name, paramRef }: Binding,
  { paramKind, name: policy }: AdmissionPolicy,
  parameters: readonly Parameter[],
  report: Report,
): boolean {
  if (!paramRef) return true
  const { at } = paramRef
  if (!paramKind) {
    const message = `the policy ${policy} has no paramKind: the cluster passes over this`
    report({ id, severity: 'warning', message, at })
    return true
  }
  if ((paramRef.name === undefined) === (paramRef.selector === undefined)) {
    const message = `the paramRef of ${name} needs either a name or a selector`
    report({ id, message, at })
    return false
  }
  const ofKind = parameters.filter((each) => {
    return each.apiVersion === paramKind.apiVersion && each.kind === paramKind.kind
  })
  if (paramRef.name === undefined || ofKind.some((each) => each.name === paramRef.name)) return true
  const meant = suggest(
    paramRef.name,
    ofKind.map((each) => each.name),
  )
  const message = `there is no ${paramKind.kind} "${paramRef.name}" in policies/admission/`
  const help = meant === undefined ? 'put it beside the policy' : `did you mean "${meant}"?`
  report({ id, severity: paramRef.denyIfMissing ? 'error' : 'warning', message, at, help })
  return false
}

/** Warns of objects that no policy could read: they may have been meant for another folder. */
function warnOfIdle(
  parameters: readonly Parameter[],
  policies: readonly AdmissionPolicy[],
  report: Report,
): void {
  for (const { apiVersion, kind, name, at } of parameters) {
    const isRead = policies.some(({ paramKind }) => {
      return paramKind?.apiVersion === apiVersion && paramKind.kind === kind
    })
    if (isRead) continue
    const message = `no policy takes a ${kind} of ${apiVersion} as its parameter: ${name} does nothing here`
    const help = 'manifests to be rendered are templates of a layer'
    report({ id, severity: 'warning', message, at, help })
  }
}

/** Those that come first by their names; the others are reported. */
function reportTwins<T extends { readonly name: string; readonly at: Location }>(
  all: readonly T[],
  what: string,
  report: Report,
): T[] {
  const seen = new Map<string, Location>()
  return all.filter(({ name, at }) => {
    const other = seen.get(name)
    if (!other) seen.set(name, at)
    else {
      const notes = [{ message: 'the other one', at: other }]
      report({ id, message: `${what} ${name} stands twice in policies/admission/`, at, notes })
    }
    return !other
  })
}
