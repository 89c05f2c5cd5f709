import type { ValueMap } from '../../document/node.ts'
import type { Cluster, Fleet } from '../../model/fleet.ts'
import type { Schemas } from '../../model/schemas.ts'
import type { Plan } from '../../plan/plan.ts'
import type { Manifest } from '../../plan/render-target.ts'
import { type UniqueField, uniqueFields } from '../../schema/unique-fields.ts'
import { compactJson } from '../../source/compact-json.ts'
import { beginningOf } from '../../source/source.ts'
import type { Exhibit } from '../exhibit.ts'
import { reduced } from './reduced.ts'

/** What the checks over the whole fleet need to know of a target, as data that can be kept. */
export interface TargetSummary {
  readonly id: string
  readonly team: string | undefined
  /** What schemas call unique of its data, and nothing else. */
  readonly user: ValueMap
  readonly pipeline: ValueMap
  /** As JSON: they are looked at once, and till then take a fraction of the memory that objects do. */
  readonly manifests: string
}

type Summarize = (exhibit: Exhibit) => TargetSummary

const known = new WeakMap<Schemas, Summarize>()

/** Sums targets up: without what no check over the whole fleet looks at, which is most of it. */
export function summarizer(schemas: Schemas): Summarize {
  const summarize = known.get(schemas) ?? makeSummarizer(schemas)
  known.set(schemas, summarize)
  return summarize
}

function makeSummarizer({ user, pipeline }: Schemas): Summarize {
  const [ofUser, ofPipeline] = [user, pipeline].map(({ effective }) => uniqueFields(effective))
  return ({ target, manifests }) => ({
    id: target.id,
    team: target.team?.name,
    user: only(target.user, ofUser ?? []),
    pipeline: only(target.pipeline, ofPipeline ?? []),
    manifests: compactJson(
      manifests.map(({ file, value }): Manifest => ({ file, value: reduced(value) })),
    ),
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
  return { target, plan: nothing, law: nothing, manifests: JSON.parse(manifests) as Manifest[] }
}

function isAt(cluster: Cluster, region: string | undefined, environment: string | undefined) {
  return cluster.region === region && cluster.environment === environment
}

const none: ValueMap = {}

/** As much of some data as unique fields lie in. */
function only(data: ValueMap, fields: readonly UniqueField[]): ValueMap {
  if (fields.length === 0) return none
  const kept = new Set(fields.map(({ path }) => path[0] ?? ''))
  return Object.fromEntries(Object.entries(data).filter(([key]) => kept.has(key)))
}
