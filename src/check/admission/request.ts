import { isMap, type ValueMap } from '../../document/node.ts'
import type { Api } from '../../kubernetes/kubernetes.ts'
import { isClusterScoped, resourceOf } from '../../kubernetes/resource.ts'

/** A kind of objects, as an API server tells them apart. */
export interface ObjectKind {
  readonly group: string
  readonly version: string
  readonly kind: string
  /** "deployments" */
  readonly resource: string
  readonly clusterScoped: boolean
}

/** The creation of an object, as the API server would be asked for it. */
export interface Request {
  readonly of: ObjectKind
  readonly name: string
  /** Empty for what lives in none; that of a Namespace is itself. */
  readonly namespace: string
  readonly labels: ValueMap
  readonly object: ValueMap
}

/** Where nobody knows the API, the kinds of Kubernetes that live in no namespace are. */
export function kindOf(apiVersion: string, kind: string, api: Api | undefined): ObjectKind {
  const cut = apiVersion.indexOf('/')
  const group = apiVersion.slice(0, Math.max(cut, 0))
  const version = apiVersion.slice(cut + 1)
  const isKnown = api?.state === 'served'
  const clusterScoped = isKnown ? !api.namespaced : isClusterScoped(group, kind)
  return { group, version, kind, resource: resourceOf(kind), clusterScoped }
}

/** An object without a namespace goes to `default`, as `kubectl apply` has it. */
export function requestFor(object: ValueMap, of: ObjectKind): Request {
  const metadata = isMap(object.metadata) ? object.metadata : {}
  const name = typeof metadata.name === 'string' ? metadata.name : ''
  const own = typeof metadata.namespace === 'string' ? metadata.namespace : 'default'
  const namespace = isNamespace(of) ? name : of.clusterScoped ? '' : own
  return { of, name, namespace, labels: isMap(metadata.labels) ? metadata.labels : {}, object }
}

export function isNamespace({ group, kind }: ObjectKind): boolean {
  return group === '' && kind === 'Namespace'
}

/** What expressions read as `request`. */
export function requestValue({ of, name, namespace }: Request): ValueMap {
  const { group, version, kind, resource } = of
  return {
    kind: { group, version, kind },
    requestKind: { group, version, kind },
    resource: { group, version, resource },
    requestResource: { group, version, resource },
    name,
    namespace,
    operation: 'CREATE',
    dryRun: false,
    options: {},
    uid: '',
    userInfo: { username: '', uid: '', groups: [], extra: {} },
  }
}
