import type { Node } from '../document/node.ts'
import { type DataLayer, historyOf } from '../merge/history.ts'
import type { Template } from '../merge/template.ts'
import { locateIn } from '../model/locate.ts'
import type { Target } from '../model/target.ts'
import type { Plan } from '../plan/plan.ts'
import type { Location } from '../source/source.ts'
import type { Reading } from './explanation.ts'
import { type LocalSources, resolveLocal } from './trace.ts'

type Path = readonly string[]

/** What decides which team it is. */
const ownerPath: Path = ['user', 'owner']

/** The data that expressions read, each with its history; variables with what they read in turn. */
export function readingsOf(
  reads: readonly Path[],
  target: Target,
  plan: Plan,
  locals: LocalSources = new Map(),
): Reading[] {
  const seen = new Set<string>()
  const paths = reads.flatMap((path) => resolveLocal(path, locals).paths)
  return paths.flatMap((full) => {
    const name = nameOf(full)
    if (seen.has(name)) return []
    seen.add(name)
    return [reading(full, name, target, plan)]
  })
}

function nameOf(path: Path): string {
  const [scope, file, ...rest] = path
  return scope === 'manifests' ? [`manifests["${file}"]`, ...rest].join('.') : path.join('.')
}

function reading(path: Path, name: string, target: Target, plan: Plan): Reading {
  const [scope = '', ...rest] = path
  const layers = layersOf(scope, target, plan)
  if (layers) {
    const steps = historyOf(layers, rest)
    return { name, path, steps, definedAt: undefined, expression: undefined, reads: [] }
  }
  const text = scope === 'variables' ? plan.variables.expressions.get(rest[0] ?? '') : undefined
  const expressions = text?.parts.filter((part) => typeof part !== 'string') ?? []
  return {
    name,
    path,
    steps: [],
    definedAt: definition(scope, rest, target, plan),
    expression:
      expressions.length > 0 ? expressions.map((part) => part.source).join(', ') : undefined,
    reads: readingsOf(
      scope === 'team' ? [ownerPath] : expressions.flatMap(({ compiled }) => compiled.reads),
      target,
      plan,
    ),
  }
}

/** The layers that a kind of data is merged from, lowest first; undefined if it is not merged. */
export function layersOf(
  scope: string,
  target: Target,
  plan: Plan,
): readonly DataLayer[] | undefined {
  if (scope === 'user') return target.userLayers
  if (scope === 'pipeline') return target.pipelineLayers
  if (scope !== 'policy') return undefined
  return plan.layers.flatMap((layer) => {
    const node = layer.policy.values?.node
    return node ? [{ name: layer.path, node }] : []
  })
}

function definition(scope: string, rest: Path, target: Target, plan: Plan): Location | undefined {
  if (scope === 'variables') {
    const places = plan.layers.flatMap((layer) => {
      return layer.policy.variables?.entries.get(rest[0] ?? '')?.value.at ?? []
    })
    return places.at(-1)
  }
  if (scope === 'manifests') {
    const planned = plan.manifests.find(({ file }) => file === rest[0])
    return planned && fieldOf(planned.root.template, rest.slice(1)).at
  }
  const field = rest.slice(0, 1)
  if (scope === 'team') return target.team && (placeIn(target.team.node, field) ?? target.team.at)
  if (scope !== 'target') return undefined
  // A project is called what its folder is called: its file is the nearest thing to point at.
  if (rest[0] === 'project') return target.file
  if (rest[0] === 'id') return target.at
  const { cluster, environment } = target
  if (rest[0] === 'protected') return placeIn(environment.node, field) ?? environment.node.at
  return placeIn(cluster.node, field) ?? cluster.at
}

function placeIn(node: Node, path: Path): Location | undefined {
  return locateIn(node, path)?.at
}

/** The template of a field, or the nearest one above it that is written out. */
function fieldOf(template: Template, path: Path): Template {
  const [key, ...rest] = path
  const field = template.kind === 'map' ? template.entries.get(key ?? '')?.value : undefined
  return field ? fieldOf(field, rest) : template
}
