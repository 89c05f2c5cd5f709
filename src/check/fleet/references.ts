import { isList, isMap, type Value, type ValueMap } from '../../document/node.ts'
import { fieldAt, type RenderedObject } from './rendered-object.ts'
import type { Workload } from './workload.ts'

/** That an object names another one of its namespace. */
export interface Reference {
  readonly kind: string
  readonly name: string
  readonly namespace: string
  readonly pointer: string
}

type Refer = (kind: string, name: Value | undefined, pointer: string) => void

/** All that an object names and cannot do without. */
export function referencesOf(object: RenderedObject, workload: Workload | undefined): Reference[] {
  const found: Reference[] = []
  const { namespace } = object
  const refer: Refer = (kind, name, pointer) => {
    if (typeof name !== 'string' || name === '') return
    found.push({ kind, name, namespace, pointer })
  }
  if (workload) inPods(workload.podSpec, workload.podSpecAt, refer)
  byKind.get(object.kind)?.(object.value, refer)
  return found
}

function inPods(spec: ValueMap, at: string, refer: Refer): void {
  refer('ServiceAccount', spec.serviceAccountName, `${at}/serviceAccountName`)
  for (const [index, { name }] of maps(spec.imagePullSecrets)) {
    refer('Secret', name, `${at}/imagePullSecrets/${index}/name`)
  }
  for (const list of ['initContainers', 'containers']) {
    for (const [index, container] of maps(spec[list])) {
      inContainer(container, `${at}/${list}/${index}`, refer)
    }
  }
  for (const [index, volume] of maps(spec.volumes)) {
    if (!named.some((member) => volume[member] !== undefined)) continue
    inVolume(volume, `${at}/volumes/${index}`, refer)
  }
}

function inContainer({ env, envFrom }: ValueMap, at: string, refer: Refer): void {
  for (const [index, { valueFrom }] of maps(env)) {
    if (!isMap(valueFrom)) continue
    const from = `${at}/env/${index}/valueFrom`
    byName('ConfigMap', valueFrom, 'configMapKeyRef', 'name', from, refer)
    byName('Secret', valueFrom, 'secretKeyRef', 'name', from, refer)
  }
  for (const [index, source] of maps(envFrom)) {
    byName('ConfigMap', source, 'configMapRef', 'name', `${at}/envFrom/${index}`, refer)
    byName('Secret', source, 'secretRef', 'name', `${at}/envFrom/${index}`, refer)
  }
}

const named = ['configMap', 'secret', 'persistentVolumeClaim', 'projected']

function inVolume(volume: ValueMap, at: string, refer: Refer): void {
  byName('ConfigMap', volume, 'configMap', 'name', at, refer)
  byName('Secret', volume, 'secret', 'secretName', at, refer)
  byName('PersistentVolumeClaim', volume, 'persistentVolumeClaim', 'claimName', at, refer)
  for (const [index, source] of maps(fieldAt(volume, 'projected', 'sources'))) {
    const from = `${at}/projected/sources/${index}`
    byName('ConfigMap', source, 'configMap', 'name', from, refer)
    byName('Secret', source, 'secret', 'name', from, refer)
  }
}

/** A member of a map that names an object, unless the pod can do without. */
function byName(
  kind: string,
  map: ValueMap,
  member: string,
  field: string,
  at: string,
  refer: Refer,
): void {
  const named = map[member]
  if (!isMap(named) || named.optional === true) return
  refer(kind, named[field], `${at}/${member}/${field}`)
}

const byKind: ReadonlyMap<string, (value: ValueMap, refer: Refer) => void> = new Map([
  ['StatefulSet.apps', field('Service', 'serviceName')],
  ['HorizontalPodAutoscaler.autoscaling', scaled('scaleTargetRef')],
  ['ScaledObject.keda.sh', scaled('scaleTargetRef')],
  ['VerticalPodAutoscaler.autoscaling.k8s.io', scaled('targetRef')],
  ['Rollout.argoproj.io', inRollout],
  ['RoleBinding.rbac.authorization.k8s.io', inRoleBinding],
])

function field(kind: string, name: string) {
  return ({ spec }: ValueMap, refer: Refer) => refer(kind, fieldAt(spec, name), `/spec/${name}`)
}

function scaled(name: string) {
  return ({ spec }: ValueMap, refer: Refer) => {
    const target = kindNamed(fieldAt(spec, name), 'Deployment.apps')
    refer(target.kind, target.name, `/spec/${name}/name`)
  }
}

function inRollout({ spec }: ValueMap, refer: Refer): void {
  const workload = fieldAt(spec, 'workloadRef')
  if (workload)
    refer(kindNamed(workload, '').kind, fieldAt(workload, 'name'), '/spec/workloadRef/name')
  for (const [strategy, ...fields] of [
    ['canary', 'stableService', 'canaryService'],
    ['blueGreen', 'activeService', 'previewService'],
  ] as const) {
    for (const name of fields) {
      const service = fieldAt(spec, 'strategy', strategy, name)
      refer('Service', service, `/spec/strategy/${strategy}/${name}`)
    }
  }
}

function inRoleBinding({ roleRef }: ValueMap, refer: Refer): void {
  if (fieldAt(roleRef, 'kind') !== 'Role') return
  refer('Role.rbac.authorization.k8s.io', fieldAt(roleRef, 'name'), '/roleRef/name')
}

/** What a map with `apiVersion`, `kind` and `name` names; a kind in it may be left out. */
export function kindNamed(
  value: Value | undefined,
  otherwise: string,
): { readonly kind: string; readonly name: string } {
  const { apiVersion = '', kind, name } = isMap(value) ? value : {}
  const group = String(apiVersion).includes('/') ? `.${String(apiVersion).split('/')[0]}` : ''
  return {
    kind: kind === undefined ? otherwise : `${String(kind)}${group}`,
    name: String(name ?? ''),
  }
}

/** The maps in a list, with their numbers. */
export function maps(list: Value | undefined): readonly (readonly [number, ValueMap])[] {
  if (!isList(list)) return []
  const found: [number, ValueMap][] = []
  for (const [index, item] of list.entries()) if (isMap(item)) found.push([index, item])
  return found
}
