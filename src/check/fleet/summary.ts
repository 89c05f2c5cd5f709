import { isList, isMap, type Value, type ValueMap } from '../../document/node.ts'
import { podPathOf } from '../../kubernetes/pod-spec.ts'
import type { Cluster, Fleet } from '../../model/fleet.ts'
import type { Schemas } from '../../model/schemas.ts'
import type { Plan } from '../../plan/plan.ts'
import type { Manifest } from '../../plan/render-target.ts'
import { type UniqueField, uniqueFields } from '../../schema/unique-fields.ts'
import { beginningOf } from '../../source/source.ts'
import type { Exhibit } from '../exhibit.ts'

/** What the checks over the whole fleet need to know of a target, as data that can be kept. */
export interface TargetSummary {
  readonly id: string
  readonly team: string | undefined
  /** What schemas call unique of its data, and nothing else. */
  readonly user: ValueMap
  readonly pipeline: ValueMap
  readonly manifests: readonly Manifest[]
}

/** Sums targets up: without what no check over the whole fleet looks at, which is most of it. */
export function summarizer({ user, pipeline }: Schemas): (exhibit: Exhibit) => TargetSummary {
  const [ofUser, ofPipeline] = [user, pipeline].map(({ effective }) => uniqueFields(effective))
  return ({ target, manifests }) => ({
    id: target.id,
    team: target.team?.name,
    user: only(target.user, ofUser ?? []),
    pipeline: only(target.pipeline, ofPipeline ?? []),
    manifests: manifests.map(({ file, value }) => ({ file, value: reduced(value) })),
  })
}

/**
 * A target that stands for itself before the checks over the whole fleet, but has no plan and no
 * files: nothing can be blamed on it. Undefined if the fleet has no such cluster.
 */
export function witness(summary: TargetSummary, fleet: Fleet, nothing: Plan): Exhibit | undefined {
  const { id, team, user, pipeline, manifests } = summary
  const [region, environment, project = ''] = id.split('/')
  const cluster = fleet.clusters.find((each) => isAt(each, region, environment))
  const own = cluster && fleet.environments.get(cluster.environment)
  if (!cluster || !own) return undefined
  const at = beginningOf(cluster.at)
  const layers = { userLayers: [], pipelineLayers: [], patches: [] }
  const target = {
    ...{ id, project, cluster, user, pipeline, at, ...layers },
    environment: own,
    team: team === undefined ? undefined : fleet.teams.get(team),
    stack: { key: '', layers: [] },
    release: 'released' as const,
    file: at,
  }
  return { target, plan: nothing, law: nothing, manifests }
}

function isAt(cluster: Cluster, region: string | undefined, environment: string | undefined) {
  return cluster.region === region && cluster.environment === environment
}

/** As much of some data as unique fields lie in. */
function only(data: ValueMap, fields: readonly UniqueField[]): ValueMap {
  const kept = new Set(fields.map(({ path }) => path[0] ?? ''))
  return Object.fromEntries(Object.entries(data).filter(([key]) => kept.has(key)))
}

/** Kinds of which only the name counts. */
const namesOnly: ReadonlySet<string> = new Set(
  ['ConfigMap', 'Secret', 'PrometheusRule', 'PodMonitor'].concat([
    'ServiceMonitor',
    'ServiceAccount',
  ]),
)

/** Fields of pods and of their containers that no check over the whole fleet looks at. */
const podDetails: ReadonlySet<string> = new Set(
  ['affinity', 'dnsConfig', 'hostAliases'].concat([
    'securityContext',
    'tolerations',
    'topologySpreadConstraints',
    'nodeSelector',
  ]),
)
const containerDetails: ReadonlySet<string> = new Set(
  ['args', 'command', 'image', 'lifecycle'].concat([
    'imagePullPolicy',
    'livenessProbe',
    'readinessProbe',
    'startupProbe',
    'securityContext',
    'volumeMounts',
    'workingDir',
  ]),
)

function reduced(manifest: ValueMap): ValueMap {
  const { apiVersion, kind } = manifest
  const metadata = reducedMetadata(manifest.metadata, String(kind))
  if (namesOnly.has(String(kind))) return defined({ apiVersion, kind, metadata })
  const path = podPathOf(apiVersion, kind)
  const slim = metadata === undefined ? manifest : { ...manifest, metadata }
  return path ? replacedAt(slim, path, reducedPod) : slim
}

/** Labels are looked at where monitors select Services, annotations where routes are claimed. */
function reducedMetadata(metadata: Value | undefined, kind: string): Value | undefined {
  if (!isMap(metadata)) return metadata
  const { name, namespace, labels, annotations } = metadata
  return defined({
    ...{ name, namespace },
    ...(kind === 'Service' && { labels }),
    ...(kind === 'Ingress' && { annotations }),
  })
}

function reducedPod(pod: Value): Value {
  if (!isMap(pod)) return pod
  const slim: Record<string, Value> = without(pod, podDetails)
  for (const list of ['containers', 'initContainers', 'ephemeralContainers']) {
    const containers = pod[list]
    if (isList(containers)) slim[list] = containers.map(reducedContainer)
  }
  return slim
}

/** Places count: what is reduced keeps its number in its list. */
function reducedContainer(container: Value): Value {
  if (!isMap(container)) return container
  const slim: Record<string, Value> = without(container, containerDetails)
  const { env } = container
  if (isList(env)) slim.env = env.map((each) => (isMap(each) && each.valueFrom ? each : {}))
  return slim
}

function without(map: ValueMap, keys: ReadonlySet<string>): Record<string, Value> {
  return Object.fromEntries(Object.entries(map).filter(([key]) => !keys.has(key)))
}

function replacedAt(map: ValueMap, path: readonly string[], by: (value: Value) => Value): ValueMap {
  const [key = '', ...rest] = path
  const inner = map[key]
  if (inner === undefined) return map
  return {
    ...map,
    [key]: rest.length === 0 ? by(inner) : isMap(inner) ? replacedAt(inner, rest, by) : inner,
  }
}

function defined(map: Readonly<Record<string, Value | undefined>>): ValueMap {
  return Object.fromEntries(
    Object.entries(map).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  )
}
