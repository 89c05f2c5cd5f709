import type { ValueMap } from '../../document/node.ts'
import type { AdmissionPolicy, MatchResources, ResourceRule } from '../../model/admission.ts'
import { selects } from './label-selector.ts'
import { isNamespace, type ObjectKind, type Request } from './request.ts'

// As the API server matches: k8s.io/apiserver, admission/plugin/policy/matching.

/** Whether a policy could be about any object of a kind. */
export function mayMatch({ constraints }: AdmissionPolicy, of: ObjectKind): boolean {
  // It never judges what it is itself made of.
  const exempt = of.group === 'admissionregistration.k8s.io' && /Webhook|Admission/.test(of.kind)
  return !exempt && (constraints.resourceRules ?? []).some((rule) => isAbout(rule, of, constraints))
}

/** Whether a policy or binding is about an object. */
export function matches(
  resources: MatchResources,
  request: Request,
  labelsOfNamespace: (namespace: string) => ValueMap,
): boolean {
  const { of, labels, name, namespace } = request
  const { resourceRules = [], excludeResourceRules = [] } = resources
  const fits = (rule: ResourceRule) => {
    const { resourceNames = [] } = rule
    return (
      isAbout(rule, of, resources) && (resourceNames.length === 0 || resourceNames.includes(name))
    )
  }
  if (resourceRules.length > 0 && !resourceRules.some(fits)) return false
  if (excludeResourceRules.some(fits)) return false
  if (!selects(resources.objectSelector, labels)) return false
  if (resources.namespaceSelector === undefined) return true
  if (isNamespace(of)) {
    const own = { ...labels, 'kubernetes.io/metadata.name': name }
    return selects(resources.namespaceSelector, own)
  }
  return of.clusterScoped || selects(resources.namespaceSelector, labelsOfNamespace(namespace))
}

function isAbout(rule: ResourceRule, of: ObjectKind, { matchPolicy }: MatchResources): boolean {
  // Versions of one group are equivalent; only Exact tells them apart.
  const { apiVersions } = rule
  const versionFits =
    matchPolicy !== 'Exact' || apiVersions.includes('*') || apiVersions.includes(of.version)
  return (
    versionFits &&
    includes(rule.apiGroups, of.group) &&
    includes(rule.operations, 'CREATE') &&
    rule.resources.some((resource) => isResource(resource, of.resource)) &&
    isInScope(rule.scope, of)
  )
}

function includes(words: readonly string[], word: string): boolean {
  return words.includes('*') || words.includes(word)
}

/** `pods/status` is a part of an object that exists; `pods/*` is any of them, and the pod itself. */
function isResource(pattern: string, resource: string): boolean {
  const [name, part] = pattern.split('/')
  return (name === '*' || name === resource) && (part === undefined || part === '*')
}

function isInScope(scope: ResourceRule['scope'], { clusterScoped }: ObjectKind): boolean {
  if (scope === undefined || scope === '*') return true
  return (scope === 'Cluster') === clusterScoped
}
