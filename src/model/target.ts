import type { Report } from '../diagnostics/diagnostic.ts'
import type { ValueMap } from '../document/node.ts'
import type { DataLayer } from '../merge/history.ts'
import { mergeData } from '../merge/merge-data.ts'
import { beginningOf, type Location } from '../source/source.ts'
import type { Cluster, Environment, Fleet } from './fleet.ts'
import type { Layers } from './layer.ts'
import { locateMerged } from './locate.ts'
import type { PatchLevel } from './patches.ts'
import type { Project, ProjectEnvironment, UserLevel } from './project.ts'
import { chooseStack, defaultLayers, type Stack } from './stack.ts'
import { targetData } from './target-data.ts'
import { mayOwn, type Team } from './team.ts'
import { unknownName } from './unknown-name.ts'

/** A project in one environment of one region: what one folder of `out/` is rendered from. */
export interface Target {
  /** `<region>/<environment>/<project>` */
  readonly id: string
  readonly project: string
  readonly cluster: Cluster
  readonly environment: Environment
  readonly team: Team | undefined
  readonly stack: Stack
  /**
   * Pending: the pipeline has not released it yet, so it is checked but renders nothing. Refused:
   * what the pipeline supplied is wrong, as was reported.
   */
  readonly release: 'released' | 'pending' | 'refused'
  /** The effective user data, and the layers it is merged from, lowest first. */
  readonly user: ValueMap
  readonly userLayers: readonly DataLayer[]
  readonly pipeline: ValueMap
  readonly pipelineLayers: readonly DataLayer[]
  /** The levels of the project that patch manifests, lowest first. */
  readonly patches: readonly PatchLevel[]
  /** Where the project says that it runs here. */
  readonly at: Location
  /** The beginning of the project's file. */
  readonly file: Location
}

/** The project that a target's id names. */
export function projectOf(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1)
}

/** Its region and environment, as they stand in the id: `cq/prod`. */
export function placeOf(id: string): string {
  return id.slice(0, id.lastIndexOf('/'))
}

export interface TargetContext {
  readonly fleet: Fleet
  readonly layers: Layers
  /** Ids of the targets that `out/` holds. */
  readonly rendered: ReadonlySet<string>
  readonly report: Report
}

/** Resolves the targets of a project, in the order of its environments and of the clusters. */
export function resolveTargets(
  project: Project,
  context: TargetContext,
  wanted: (cluster: Cluster) => boolean,
): Target[] {
  const targets: Target[] = []
  for (const [name, environment] of project.environments) {
    reportIdleRegions(name, environment, context)
    for (const cluster of context.fleet.clusters) {
      if (cluster.environment !== name || !wanted(cluster)) continue
      if (environment.regions && !environment.regions.has(cluster.region)) continue
      const at = environment.regions?.get(cluster.region)?.at ?? environment.user.at
      const id = `${cluster.region}/${name}/${project.name}`
      const unresolved = { id, project, environment, cluster, at }
      if (environment.pipelines?.length === 0) reportPending(unresolved, context)
      const target = resolveTarget(unresolved, context)
      if (target) targets.push(target)
    }
  }
  return targets
}

interface Unresolved {
  readonly id: string
  readonly project: Project
  readonly environment: ProjectEnvironment
  readonly cluster: Cluster
  readonly at: Location
}

function resolveTarget(unresolved: Unresolved, context: TargetContext): Target | undefined {
  const { id, project, environment, cluster, at } = unresolved
  const { fleet, layers, report } = context
  const region = environment.regions?.get(cluster.region)
  const levels: readonly UserLevel[] = [project.top, environment.user, ...(region ? [region] : [])]
  const own = fleet.environments.get(cluster.environment)
  if (!own) throw new Error('a cluster without its environment')
  const file = beginningOf(project.top.at)
  const data = targetData(id, project.name, cluster, own.protected)
  const subject = { id, file, user: levels, target: data }
  const stack = chooseStack(fleet.layers, subject, layers, report)
  if (!stack) return undefined
  const defaults = stack.layers.map((layer) => layer.policy.defaults?.value ?? {})
  const user = mergeData([...defaults, ...levels.map((level) => level.value)])
  const userLayers = [...defaultLayers(stack.layers), ...levels]
  const pipelineLayers = (environment.pipelines ?? []).flatMap((pipeline) => {
    const region = pipeline.regions.get(cluster.region)
    return region ? [pipeline.top, region] : [pipeline.top]
  })
  return {
    id,
    project: project.name,
    cluster,
    environment: own,
    team: findTeam(user, userLayers, id, project.name, context),
    stack,
    release: !environment.pipelines
      ? 'refused'
      : pipelineLayers.length > 0
        ? 'released'
        : 'pending',
    user,
    userLayers,
    pipeline: mergeData(pipelineLayers.map((level) => level.value)),
    pipelineLayers,
    patches: levels.filter((level) => level.patches.length > 0),
    at,
    file,
  }
}

function findTeam(
  user: ValueMap,
  layers: readonly DataLayer[],
  id: string,
  project: string,
  { fleet, report }: TargetContext,
): Team | undefined {
  const { owner } = user
  if (typeof owner !== 'string' || fleet.teams.size === 0) return undefined
  const team = fleet.teams.get(owner)
  const place = locateMerged(layers, ['owner'])
  if (team && place && !mayOwn(team, project, fleet.teams)) {
    report({
      id: 'foreign-owner',
      message: `${owner} may not own ${project}`,
      at: place.at,
      notes: [{ message: 'its projects are stated here', at: team.at }],
      help: 'name the team whose project it is, or have the platform team add it there',
      target: id,
    })
  }
  if (team || !place) return team
  const known = [...fleet.teams.keys()]
  report({ ...unknownName({ what: 'team', name: owner, known, at: place.at }), target: id })
  return undefined
}

function reportIdleRegions(
  name: string,
  environment: ProjectEnvironment,
  { fleet, report }: TargetContext,
): void {
  for (const [region, level] of environment.regions ?? []) {
    const served = fleet.clusters.some((cluster) => {
      return cluster.region === region && cluster.environment === name
    })
    if (served) continue
    const message = `no cluster serves ${name} in ${region}`
    const help = 'add the cluster to policies/fleet.yaml, or remove the region here'
    report({ id: 'no-cluster', message, at: level.at, help })
  }
}

function reportPending(unresolved: Unresolved, { rendered, report }: TargetContext): void {
  const { id, project, environment, cluster } = unresolved
  const { at } = environment.user
  const file = `projects/${project.name}/pipeline/${cluster.environment}.yaml`
  if (rendered.has(id)) {
    report({
      id: 'lost-release',
      message: `${project.name} runs in ${cluster.environment}, but ${file} is gone`,
      at,
      help: 'restore the file; to stop the project here, remove the environment or region from its project.yaml',
      target: id,
    })
    return
  }
  report({
    id: 'pending',
    severity: 'warning',
    message: `${project.name} is not released to ${cluster.environment} yet and renders nothing there`,
    at,
    help: `the pipeline writes its image to ${file}`,
    target: id,
  })
}
