import { type Field, shown } from './field.ts'
import { checkLabels } from './labels.ts'
import {
  dns1035Label,
  dnsLabel,
  dnsSubdomain,
  pathSegment,
  qualifiedName,
  type TextRule,
} from './names.ts'
import { checkGivenText, checkNotNegative, checkText } from './values.ts'

const mostBytesOfAnnotations = 256 * 1024

/** RelaxedServiceNameValidation, on since then: a digit may stand first. */
const relaxedServiceNames = 36
/** Since then a StatefulSet's name, which its pods have as host names, has no dots. */
const labelNamedStatefulSets = 27

/** What the names of a kind are held to; anything else is held to a DNS subdomain. */
function ruleFor(kind: string, minor: number): TextRule {
  switch (kind) {
    case '/Namespace':
      return dnsLabel
    case '/Service':
      return minor < relaxedServiceNames ? dns1035Label : dnsLabel
    case 'apps/StatefulSet':
      return minor < labelNamedStatefulSets ? dnsSubdomain : dnsLabel
    case 'batch/CronJob':
      return cronJobName
    case 'batch/Job':
      return jobName
    case 'policy/PodDisruptionBudget':
    case 'rbac.authorization.k8s.io/Role':
    case 'rbac.authorization.k8s.io/ClusterRole':
    case 'rbac.authorization.k8s.io/RoleBinding':
    case 'rbac.authorization.k8s.io/ClusterRoleBinding':
      return pathSegment
    default:
      return dnsSubdomain
  }
}

/** It becomes a label of the pods. */
const jobName: TextRule = (text) => {
  return text.length > 63 ? 'it is longer than 63 characters' : dnsSubdomain(text)
}

/** A name with a domain, or one of Kubernetes' own (core/validation ValidateFinalizerName). */
const finalizerName: TextRule = (text) => {
  const own = ['kubernetes', 'orphan', 'foregroundDeletion']
  if (text.includes('/') || own.includes(text)) return qualifiedName(text)
  return `it needs a domain, as in example.com/${text}, or is one of ${own.join(', ')}`
}

/** The names of its Jobs are 11 characters longer (batch/validation). */
const cronJobName: TextRule = (text) => {
  return text.length > 52 ? 'it is longer than 52 characters' : dnsSubdomain(text)
}

/**
 * An object's metadata: apimachinery api/validation ValidateObjectMeta with the rule for the names
 * of its kind. Custom resources are named as most kinds are, by DNS subdomains.
 */
export function checkMetadata(metadata: Field, kind: string): void {
  const rule = ruleFor(kind, metadata.minor)
  const [name, prefix] = [metadata.at('name'), metadata.at('generateName')]
  const { text } = prefix
  if (text !== undefined && text !== '') {
    const masked = rule(text.replace(/-+$/, (dashes) => `${dashes.slice(1)}a`))
    prefix.refuseText('beginning of a name', masked)
  }
  checkText(name, `name for a ${kind.slice(kind.indexOf('/') + 1)}`, rule)
  checkText(metadata.at('namespace'), 'name of a namespace', dnsLabel)
  checkNotNegative(metadata.at('generation'))
  checkLabels(metadata.at('labels'))
  checkAnnotations(metadata.at('annotations'))
  for (const finalizer of metadata.at('finalizers').items()) {
    checkGivenText(finalizer, 'name of a finalizer', finalizerName)
  }
}

/** ValidateAnnotations: keys in whatever case, and at most 256 KiB of keys and values together. */
export function checkAnnotations(annotations: Field): void {
  let size = 0
  for (const [key, value] of annotations.entries()) {
    const fault = qualifiedName(key.toLowerCase())
    if (fault !== undefined) value.refuse(`${shown(key)} is no key of an annotation: ${fault}`)
    size += Buffer.byteLength(key) + Buffer.byteLength(value.text ?? '')
  }
  if (size <= mostBytesOfAnnotations) return
  annotations.refuse(`annotations may have ${mostBytesOfAnnotations} bytes together, not ${size}`)
}
