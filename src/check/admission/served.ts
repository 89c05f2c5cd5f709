import { isList, isMap, type Value, type ValueMap } from '../../document/node.ts'
import type { ExpressionType } from '../../expression/type.ts'
import { toExpressionValue } from '../../expression/values.ts'
import { podPathOf } from '../../kubernetes/pod-spec.ts'
import { parseQuantity } from '../../quantity/quantity.ts'

// The API server fills in what an object leaves open before any policy sees it. Here is what
// policies are likely to read of that: k8s.io/kubernetes, pkg/apis/…/defaults.go.

const anything: ExpressionType = { kind: 'dyn' }
const rolling = { type: 'RollingUpdate' }

const defaultsOfKinds: Readonly<Record<string, Filled>> = {
  Deployment: {
    progressDeadlineSeconds: 600n,
    replicas: 1n,
    revisionHistoryLimit: 10n,
    strategy: rolling,
  },
  StatefulSet: {
    podManagementPolicy: 'OrderedReady',
    replicas: 1n,
    revisionHistoryLimit: 10n,
    updateStrategy: rolling,
  },
  DaemonSet: { revisionHistoryLimit: 10n, updateStrategy: rolling },
  ReplicaSet: { replicas: 1n },
  Job: { backoffLimit: 6n, completionMode: 'NonIndexed', suspend: false },
  CronJob: {
    concurrencyPolicy: 'Allow',
    failedJobsHistoryLimit: 1n,
    successfulJobsHistoryLimit: 3n,
    suspend: false,
  },
  Service: { sessionAffinity: 'None', type: 'ClusterIP' },
  HorizontalPodAutoscaler: { minReplicas: 1n },
  PersistentVolumeClaim: { volumeMode: 'Filesystem' },
}

const defaultsOfPods: Filled = {
  dnsPolicy: 'ClusterFirst',
  restartPolicy: 'Always',
  schedulerName: 'default-scheduler',
  securityContext: {},
  terminationGracePeriodSeconds: 30n,
}

const defaultsOfContainers: Filled = {
  resources: {},
  terminationMessagePath: '/dev/termination-log',
  terminationMessagePolicy: 'File',
}

const defaultsOfProbes: Filled = {
  failureThreshold: 3n,
  periodSeconds: 10n,
  successThreshold: 1n,
  timeoutSeconds: 1n,
}

/**
 * What expressions read of objects: a field and what they read of it; undefined is all of it. `*` is
 * any item of a list.
 */
export type Reads = ReadonlyMap<string, Reads | undefined>

/**
 * An object as expressions of a cluster's policies see it: with defaults, and quantities as canonical
 * texts. What they do not read may be left out, which is most of it.
 */
export function asServed(object: ValueMap, reads: Reads | undefined): unknown {
  const { kind } = object
  const value = part(object, reads)
  const defaults = typeof kind === 'string' ? defaultsOfKinds[kind] : undefined
  if (!isRecord(value)) return value
  const { spec } = value
  if (defaults && isRecord(spec)) fill(spec, defaults)
  const podPath = podPathOf(object.apiVersion, kind)
  const pod = podPath?.reduce<unknown>((at, key) => (isRecord(at) ? at[key] : at), value)
  if (isRecord(pod)) fillPod(pod)
  if (kind === 'Service' && isRecord(spec)) for (const port of recordsIn(spec.ports)) fillPort(port)
  return value
}

/** A part of an object for expressions, with no more of it than they read. */
function part(value: Value, reads: Reads | undefined): unknown {
  if (reads && isList(value) && reads.size === 1 && reads.has('*')) {
    const ofItem = reads.get('*')
    return value.map((item) => part(item, ofItem))
  }
  // With `*` it is the keys of a map that are walked over.
  if (!reads || !isMap(value) || reads.has('*')) return toExpressionValue(value, anything)
  const read: Record<string, unknown> = {}
  for (const [key, of] of reads) {
    const own = Object.hasOwn(value, key) ? value[key] : undefined
    if (own !== undefined && own !== null) read[key] = part(own, of)
  }
  return read
}

type Filled = Record<string, unknown>

function fillPod(pod: Filled): void {
  fill(pod, defaultsOfPods)
  for (const list of ['containers', 'initContainers', 'ephemeralContainers']) {
    for (const container of recordsIn(pod[list])) fillContainer(container)
  }
}

function fillContainer(container: Filled): void {
  fill(container, defaultsOfContainers)
  container.imagePullPolicy ??= isLatest(String(container.image)) ? 'Always' : 'IfNotPresent'
  for (const port of recordsIn(container.ports)) port.protocol ??= 'TCP'
  for (const name of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
    const probe = container[name]
    if (isRecord(probe)) fill(probe, defaultsOfProbes)
  }
  const { resources } = container
  if (!isRecord(resources)) return
  for (const key of ['limits', 'requests']) {
    const amounts = resources[key]
    if (!isRecord(amounts)) continue
    for (const [name, amount] of Object.entries(amounts)) amounts[name] = canonical(String(amount))
  }
}

function fillPort(port: Filled): void {
  port.protocol ??= 'TCP'
  port.targetPort ??= port.port
}

function fill(record: Filled, defaults: Filled): void {
  for (const key in defaults) record[key] ??= defaults[key]
}

function isLatest(image: string): boolean {
  const name = image.slice(image.lastIndexOf('/') + 1)
  return !image.includes('@') && (!name.includes(':') || name.endsWith(':latest'))
}

const canonicalTexts = new Map<string, string>()
const mostTexts = 1000

function canonical(amount: string): string {
  const known = canonicalTexts.get(amount)
  if (known !== undefined) return known
  const text = parseQuantity(amount)?.toString() ?? amount
  if (canonicalTexts.size < mostTexts) canonicalTexts.set(amount, text)
  return text
}

function recordsIn(list: unknown): readonly Filled[] {
  return Array.isArray(list) ? list.filter(isRecord) : []
}

function isRecord(value: unknown): value is Filled {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
