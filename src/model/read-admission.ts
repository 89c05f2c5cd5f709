import type { Report } from '../diagnostics/diagnostic.ts'
import { suggest } from '../diagnostics/suggest.ts'
import { isMap, type Node, toValue, type Value, type ValueMap } from '../document/node.ts'
import {
  admissionBindingSchema,
  admissionPolicySchema,
  parameterSchema,
} from '../schema/admission-schema.ts'
import { reportViolations } from '../schema/report-violations.ts'
import { compileSchema } from '../schema/validator.ts'
import { violationsOf } from '../schema/violation.ts'
import type { Location } from '../source/source.ts'
import type {
  Admission,
  AdmissionPolicy,
  Binding,
  MatchResources,
  NamedText,
  Parameter,
  ParamRef,
  PlacedText,
  Validation,
} from './admission.ts'
import { type BoundTo, checkBindings, type Refused } from './check-bindings.ts'
import type { Documents } from './documents.ts'
import { itemsOf, locateIn } from './locate.ts'

/** Below policies/; it is no layer. */
export const admissionFolder = 'admission'

const group = 'admissionregistration.k8s.io'
const versions = ['v1', 'v1beta1', 'v1alpha1']
const kinds = ['ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding']

/** Reads the admission policies of a repository; what is wrong in them is reported at its place. */
export function readAdmission(documents: Documents, handOn: Report): Admission {
  const report: Report = (finding) => handOn({ ...finding, id: 'bad-admission-policy' })
  const policies: (AdmissionPolicy | Refused)[] = []
  const bindings: BoundTo[] = []
  const parameters: Parameter[] = []
  for (const root of objectsIn(documents)) {
    const kind = kindOf(root, report)
    if (kind === 'ValidatingAdmissionPolicy') policies.push(...readPolicy(root, report))
    else if (kind === 'ValidatingAdmissionPolicyBinding')
      bindings.push(...readBinding(root, report))
    else if (kind !== undefined) parameters.push(...readParameter(root, report))
  }
  return { policies: checkBindings(policies, bindings, parameters, report), parameters }
}

function objectsIn(documents: Documents): Node[] {
  const folder = `policies/${admissionFolder}`
  const files = documents.below(folder).filter((path) => path.endsWith('.yaml'))
  return files.flatMap((file) => {
    return documents.loadAll(`${folder}/${file}`).flatMap((root) => {
      return textIn(root, 'kind') === 'List' ? itemsOf(root, 'items') : [root]
    })
  })
}

/** The kind of an object; undefined if it is none that can be here, which is reported. */
function kindOf(root: Node, report: Report): string | undefined {
  const apiVersion = textIn(root, 'apiVersion')
  const kind = textIn(root, 'kind')
  if (apiVersion === undefined || kind === undefined) {
    const message = 'an object has an apiVersion, a kind and metadata'
    report({ id: 'bad-admission-policy', message, at: locateIn(root, ['kind'])?.at ?? root.at })
    return undefined
  }
  const [prefix, version = ''] = apiVersion.split('/')
  if (prefix !== group) {
    if (!kinds.includes(kind)) return kind
    const message = `a ${kind} is of ${group}/v1, not of ${apiVersion}`
    report({ id: 'bad-admission-policy', message, at: placeOf(root, 'apiVersion') })
    return undefined
  }
  if (!kinds.includes(kind)) {
    const meant = suggest(kind, kinds)
    const message = `nothing is known of a ${kind} here`
    const help =
      meant === undefined ? `what is read: ${kinds.join(', ')}` : `did you mean ${meant}?`
    report({ id: 'bad-admission-policy', message, at: placeOf(root, 'kind'), help })
    return undefined
  }
  if (versions.includes(version)) return kind
  const message = `${group} has no version "${version}"`
  const help = `the versions there are: ${versions.join(', ')}`
  report({ id: 'bad-admission-policy', message, at: placeOf(root, 'apiVersion'), help })
  return undefined
}

function readPolicy(root: Node, report: Report): (AdmissionPolicy | Refused)[] {
  const name = nameOf(root)
  const refused = name === undefined ? [] : [{ name }]
  if (!fits(root, admissionPolicySchema, `the policy ${name ?? ''}`.trim(), report)) return refused
  const { spec } = toValue(root) as { readonly spec: ValueMap }
  const named = (field: string, name: string, text: string) => namedTexts(root, field, name, text)
  const validations = specItems(root, 'validations').map(readValidation)
  const annotations = named('auditAnnotations', 'key', 'valueExpression')
  const at = locateIn(root, ['metadata', 'name'])?.at ?? root.at
  if (validations.length === 0 && annotations.length === 0) {
    const message = `the policy ${name} has no validations`
    report({ id: 'bad-admission-policy', message, at })
    return refused
  }
  return [
    {
      name: name ?? '',
      at,
      lenient: spec.failurePolicy === 'Ignore',
      paramKind: spec.paramKind as AdmissionPolicy['paramKind'],
      constraints: matchResources(spec.matchConstraints),
      conditions: named('matchConditions', 'name', 'expression'),
      variables: named('variables', 'name', 'expression'),
      validations,
      annotations,
      bindings: [],
    },
  ]
}

function readValidation(node: Node): Validation {
  return {
    expression: placedText(node, 'expression') ?? { text: '', at: node.at },
    message: textIn(node, 'message'),
    messageExpression: placedText(node, 'messageExpression'),
  }
}

function readBinding(root: Node, report: Report): BoundTo[] {
  const policy = placedText(root, 'spec', 'policyName')
  if (!fits(root, admissionBindingSchema, `the binding ${nameOf(root) ?? ''}`.trim(), report)) {
    return policy ? [{ policy, binding: undefined }] : []
  }
  const { spec } = toValue(root) as { readonly spec: ValueMap }
  const actions = spec.validationActions as readonly string[]
  if (actions.includes('Deny') && actions.includes('Warn')) {
    const message = 'a binding cannot both deny and warn: the cluster refuses it'
    const at = locateIn(root, ['spec', 'validationActions'])?.at ?? root.at
    report({ id: 'bad-admission-policy', message, at, help: 'keep Deny' })
  }
  const binding: Binding = {
    name: nameOf(root) ?? '',
    at: locateIn(root, ['metadata', 'name'])?.at ?? root.at,
    paramRef: readParamRef(root, spec.paramRef),
    resources: matchResources(spec.matchResources),
    denies: actions.includes('Deny'),
  }
  return policy ? [{ policy, binding }] : []
}

function readParamRef(root: Node, value: Value | undefined): ParamRef | undefined {
  if (!isMap(value)) return undefined
  const { name, namespace, selector, parameterNotFoundAction } = value
  return {
    at: locateIn(root, ['spec', 'paramRef'])?.at ?? root.at,
    name: name as string | undefined,
    namespace: namespace as string | undefined,
    selector: selector as ParamRef['selector'],
    denyIfMissing: parameterNotFoundAction !== 'Allow',
  }
}

function readParameter(root: Node, report: Report): Parameter[] {
  if (!fits(root, parameterSchema, 'a parameter', report)) return []
  const value = toValue(root) as ValueMap
  const { labels, namespace } = value.metadata as ValueMap
  return [
    {
      at: placeOf(root, 'kind'),
      apiVersion: String(value.apiVersion),
      kind: String(value.kind),
      name: nameOf(root) ?? '',
      namespace: typeof namespace === 'string' ? namespace : undefined,
      labels: isMap(labels) ? labels : {},
      value,
    },
  ]
}

function fits(root: Node, schema: ValueMap, what: string, report: Report): boolean {
  const violations = violationsOf(compileSchema(schema)(toValue(root)))
  const locate = (path: readonly string[]) => locateIn(root, path)
  reportViolations(violations, { what, locate, otherwise: root.at, report })
  return violations.length === 0
}

/** The schema has seen to it that the value is one. */
function matchResources(value: Value | undefined): MatchResources {
  return (value ?? {}) as MatchResources
}

function namedTexts(root: Node, field: string, name: string, text: string): NamedText[] {
  return specItems(root, field).flatMap((item) => {
    const placed = placedText(item, text)
    return placed ? [{ ...placed, name: textIn(item, name) ?? '' }] : []
  })
}

function specItems(root: Node, field: string): readonly Node[] {
  const spec = locateIn(root, ['spec'])?.node
  return spec ? itemsOf(spec, field) : []
}

function nameOf(root: Node): string | undefined {
  return textIn(root, 'metadata', 'name')
}

function textIn(root: Node, ...path: string[]): string | undefined {
  return placedText(root, ...path)?.text
}

function placedText(root: Node, ...path: string[]): PlacedText | undefined {
  const node = locateIn(root, path)?.node
  return node?.kind === 'scalar' && typeof node.value === 'string'
    ? { text: node.value, at: node.at }
    : undefined
}

function placeOf(root: Node, field: string): Location {
  return locateIn(root, [field])?.at ?? root.at
}
