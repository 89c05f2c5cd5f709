import { externalKinds } from '../../schema/fleet-schema.ts'
import type { Accuse } from '../exhibit.ts'
import { danglingBackends } from './backends.ts'
import type { ClusterContent } from './cluster-content.ts'
import type { Whole } from './fleet-check.ts'
import { type Reference, referencesOf } from './references.ts'
import { fieldAt, type RenderedObject, shortKind, spotIn, titleOf } from './rendered-object.ts'
import { type Dangling, danglingSelections } from './selections.ts'

/**
 * Warns of what refers to nothing: names of objects that are neither rendered nor said to be there,
 * and selectors that select nothing. Needs all targets, because others may render it.
 */
export function checkReferences({ content, fleet, isComplete }: Whole, accuse: Accuse): void {
  if (!isComplete) return
  const { cluster } = content
  const isExternal = (kind: string, name: string) =>
    alwaysThere(kind, name) || fleet.external(kind, name) || cluster.external(kind, name)
  const made = madeByOthers(content)
  const isThere = (reference: Reference) =>
    isExternal(shortKind(reference.kind), reference.name) || made.has(key(reference))
  for (const object of content.objects) {
    const found = [
      ...danglingNames(object, content, isThere),
      ...danglingBackends(object, content, (service) => isExternal('Service', service)),
      ...danglingSelections(object, content),
    ]
    for (const { pointer, message, same, name } of found) {
      accuse({
        id: 'dangling-reference',
        severity: 'warning',
        message,
        at: spotIn(object, pointer),
        same,
        help: help(same, name ?? '…'),
        ...(bySelector.includes(same) && { byTemplate: { help: compareLabels } }),
      })
    }
  }
}

function danglingNames(
  object: RenderedObject,
  content: ClusterContent,
  isThere: (reference: Reference) => boolean,
): Dangling[] {
  return referencesOf(object, content.workloadOf(object)).flatMap((reference) => {
    const { kind, namespace, name, pointer } = reference
    const short = shortKind(kind)
    if (!externalKinds.includes(short) || content.has(kind, namespace, name)) return []
    if (isThere(reference)) return []
    const message = `${titleOf(object)} names the ${short} ${name}, which nothing renders`
    return [{ pointer, message, same: short, name }]
  })
}

/** What selectors do not find: it is the templates that make labels and selectors agree. */
const bySelector = ['no pod', 'no Service']
const compareLabels = 'compare the labels of both'

function help(same: string, name: string): string {
  if (bySelector.includes(same)) return compareLabels
  if (same === 'no port') return 'compare the ports of both'
  return `if it is made elsewhere, say so in policies/fleet.yaml: external: [${same}/${name}]`
}

/** What every namespace has by itself. */
function alwaysThere(kind: string, name: string): boolean {
  if (kind === 'ServiceAccount') return name === 'default'
  return kind === 'ConfigMap' && name === 'kube-root-ca.crt'
}

/** The Secrets that controllers make of what is rendered. */
function madeByOthers(content: ClusterContent): ReadonlySet<string> {
  const makers = ['ExternalSecret.external-secrets.io', 'SealedSecret.bitnami.com']
  const secrets = content.ofKinds(...makers, 'Certificate.cert-manager.io').map((object) => {
    const { value, namespace, name } = object
    const stated = fieldAt(value, 'spec', 'secretName') ?? fieldAt(value, 'spec', 'target', 'name')
    return key({ kind: 'Secret', namespace, name: typeof stated === 'string' ? stated : name })
  })
  return new Set(secrets)
}

function key({ kind, namespace, name }: Pick<Reference, 'kind' | 'namespace' | 'name'>): string {
  return [kind, namespace, name].join('\n')
}
