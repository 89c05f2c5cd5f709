/**
 * How the lists and unions of Kubernetes' own kinds merge: the strategic-merge table, except that
 * ports are told apart by protocol too (53/TCP and 53/UDP are two ports) and topology spread
 * constraints by both their keys, as in server-side apply. No key changed from 1.16 to 1.36, so
 * one table serves every cluster.
 */
export interface MergeType {
  readonly fields?: Readonly<Record<string, MergeType>>
  /** Present on a list whose items have an identity. */
  readonly items?: KeyedItems
  /** Groups of fields of which only one may be set: a new one clears the others. */
  readonly unions?: readonly (readonly string[])[]
  /** A map whose `type` decides whether `rollingUpdate` may stand beside it. */
  readonly rolling?: true
  /** A list of scalars that is a set. */
  readonly set?: true
}

export interface KeyedItems {
  /** The fields that identify an item, with the value a missing one stands for. */
  readonly keys: readonly { readonly field: string; readonly otherwise?: string }[]
  readonly item: MergeType
  /** The fields an item must have to stand on its own; of a nested list any one is enough. */
  readonly complete: readonly (string | readonly string[])[]
}

const volumeSources = [
  'awsElasticBlockStore',
  'azureDisk',
  'azureFile',
  'cephfs',
  'cinder',
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'fc',
  'flexVolume',
  'flocker',
  'gcePersistentDisk',
  'gitRepo',
  'glusterfs',
  'hostPath',
  'image',
  'iscsi',
  'nfs',
  'persistentVolumeClaim',
  'photonPersistentDisk',
  'portworxVolume',
  'projected',
  'quobyte',
  'rbd',
  'scaleIO',
  'secret',
  'storageos',
  'vsphereVolume',
]
const valueSources = [
  'configMapKeyRef',
  'fieldRef',
  'fileKeyRef',
  'resourceFieldRef',
  'secretKeyRef',
]
const handlers = ['exec', 'grpc', 'httpGet', 'sleep', 'tcpSocket']

const rolling: MergeType = { rolling: true }
const handler: MergeType = { unions: [handlers] }
const envVariable: MergeType = {
  unions: [['value', 'valueFrom']],
  fields: { valueFrom: { unions: [valueSources] } },
}

const container: MergeType = {
  fields: {
    env: keyed(['name'], envVariable, [['value', 'valueFrom']]),
    ports: ports('containerPort'),
    volumeMounts: keyed(['mountPath'], {}, ['name']),
    volumeDevices: keyed(['devicePath'], {}, ['name']),
    resources: { fields: { claims: keyed(['name']) } },
    livenessProbe: handler,
    readinessProbe: handler,
    startupProbe: handler,
    lifecycle: { fields: { preStop: handler, postStart: handler } },
  },
}
const containers = keyed(['name'], container, ['image'])

const metadata: MergeType = {
  fields: { ownerReferences: keyed(['uid']), finalizers: { set: true } },
}

const podSpec: MergeType = {
  fields: {
    containers,
    initContainers: containers,
    ephemeralContainers: containers,
    volumes: keyed(['name'], { unions: [volumeSources] }, [volumeSources]),
    imagePullSecrets: keyed(['name']),
    hostAliases: keyed(['ip']),
    topologySpreadConstraints: keyed(['topologyKey', 'whenUnsatisfiable'], {}, ['maxSkew']),
    schedulingGates: keyed(['name']),
    resourceClaims: keyed(['name']),
  },
}
const podTemplate: MergeType = { fields: { metadata, spec: podSpec } }
const job: MergeType = { fields: { template: podTemplate } }

const specs: Readonly<Record<string, MergeType>> = {
  Pod: podSpec,
  PodTemplate: {},
  Service: { fields: { ports: ports('port') } },
  ReplicationController: { fields: { template: podTemplate } },
  'Deployment.apps': { fields: { template: podTemplate, strategy: rolling } },
  'ReplicaSet.apps': { fields: { template: podTemplate } },
  'StatefulSet.apps': { fields: { template: podTemplate, updateStrategy: rolling } },
  'DaemonSet.apps': { fields: { template: podTemplate, updateStrategy: rolling } },
  'Job.batch': job,
  'CronJob.batch': { fields: { jobTemplate: { fields: { metadata, spec: job } } } },
}

/** Whether a kind, named as `Kind.group`, is one whose merge keys Kubernetes itself states. */
export function isBuiltIn(name: string): boolean {
  return Object.hasOwn(specs, name) || !name.includes('.') || /\.(apps|batch)$/.test(name)
}

/** Merge types of custom resources, by `Kind.group`. */
export type CustomTypes = ReadonlyMap<string, MergeType>

/** The merge type of a manifest; what nobody has a table for merges as plain RFC 7386. */
export function mergeTypeOf(apiVersion: string, kind: string, custom: CustomTypes): MergeType {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''
  const name = group === '' ? kind : `${kind}.${group}`
  const own = isBuiltIn(name) ? undefined : custom.get(name)
  if (own) return { fields: { metadata, ...own.fields } }
  const spec = Object.hasOwn(specs, name) ? specs[name] : undefined
  const fields: Record<string, MergeType> = { metadata, ...(spec && { spec }) }
  if (name === 'ServiceAccount') fields.secrets = keyed(['name'])
  if (name === 'PodTemplate') fields.template = podTemplate
  return { fields }
}

/**
 * The merge type that a fleet states for a custom resource: pointers to lists, with the fields
 * that tell their items apart. Items of a keyed list take no part in a pointer.
 */
export function customType(lists: ReadonlyMap<string, readonly string[]>): MergeType {
  let type: MergeType = {}
  for (const [pointer, keys] of lists) type = withList(type, pointer.split('/').slice(1), keys)
  return type
}

function withList(type: MergeType, path: readonly string[], keys: readonly string[]): MergeType {
  const [first, ...rest] = path
  if (first === undefined) {
    const { items = { item: {} }, ...others } = type
    const fields = keys.map((field) => ({ field }))
    return { ...others, items: { keys: fields, item: items.item, complete: [] } }
  }
  // Below a list the path goes on in its items.
  if (type.items)
    return { ...type, items: { ...type.items, item: withList(type.items.item, path, keys) } }
  const fields = { ...type.fields, [first]: withList(type.fields?.[first] ?? {}, rest, keys) }
  return { ...type, fields }
}

function keyed(
  fields: readonly string[],
  item: MergeType = {},
  complete: KeyedItems['complete'] = [],
): MergeType {
  return { items: { keys: fields.map((field) => ({ field })), item, complete } }
}

function ports(number: string): MergeType {
  const keys = [{ field: number }, { field: 'protocol', otherwise: 'TCP' }]
  return { items: { keys, item: {}, complete: [] } }
}
