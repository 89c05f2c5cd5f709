import type { Node } from '../document/node.ts'
import { escapePart } from '../document/pointer.ts'
import { type DataLayer, historyOf } from '../merge/history.ts'
import type { Template } from '../merge/template.ts'
import type { LayerPath } from '../model/layer-path.ts'
import { locateIn } from '../model/locate.ts'
import type { Target } from '../model/target.ts'
import type { Plan } from '../plan/plan.ts'
import type { Location } from '../source/source.ts'
import { concerns, type Dependent, dependentsOf, kindOf } from './dependents.ts'
import { layersOf } from './readings.ts'

/** What would follow from an edit at a place, before anybody makes one. */
export interface Impact {
  /** The targets in which the place has the last word. */
  readonly inForce: readonly string[]
  /** Fields of manifests that depend on it there, those of most targets first. */
  readonly fields: readonly ImpactField[]
  /** Lines of fleet.yaml by which it chooses layers. */
  readonly chooses: readonly Location[]
  /** Targets that stand below it and go by somebody else's word. */
  readonly overridden: readonly { readonly by: Location; readonly targets: readonly string[] }[]
  /** Those who cannot have another value than the limits let them, with the limit. */
  readonly limits: readonly { readonly at: Location; readonly targets: readonly string[] }[]
  /** Targets in which it is in force and nothing reads it. */
  readonly unread: readonly string[]
}

export interface ImpactField {
  readonly kind: string
  readonly file: string
  readonly pattern: string
  readonly targets: readonly string[]
}

/** What an edit could be made of. */
export type Subject = Datum | TemplateField

export interface Datum {
  readonly kind: 'datum'
  /** As expressions call it: policy, rollout, maxSurge. */
  readonly path: readonly string[]
  /** Where it is said; undefined if it is the datum wherever it is said. */
  readonly at: Location | undefined
  /** The targets that can have to do with it; undefined is all. */
  readonly only?: (target: Target) => boolean
}

export interface TemplateField {
  readonly kind: 'template'
  readonly at: Location
}

/** Who depends on a place, who goes by somebody else's word, and what limits bind it. */
export function impactOf(
  subject: Subject,
  all: readonly Target[],
  planOf: (target: Target) => Plan,
  layerPaths: readonly LayerPath[],
): Impact {
  const only = subject.kind === 'datum' ? subject.only : undefined
  const targets = only ? all.filter(only) : all
  const inForce: string[] = []
  const unread: string[] = []
  const overridden = new Map<string, { by: Location; targets: string[] }>()
  const fields = new Map<string, { field: ImpactField; targets: string[] }>()
  for (const target of targets) {
    const plan = planOf(target)
    const word =
      subject.kind === 'datum' ? lastWord(subject, target, plan) : templateWord(subject, plan)
    if (!word) continue
    if (word.by) {
      const known = overridden.get(placeKey(word.by)) ?? { by: word.by, targets: [] }
      known.targets.push(target.id)
      overridden.set(placeKey(word.by), known)
      continue
    }
    inForce.push(target.id)
    if (word.fields.length === 0) unread.push(target.id)
    for (const field of word.fields) {
      const key = keyOf(field)
      const known = fields.get(key) ?? { field: { ...field, targets: [] }, targets: [] }
      known.targets.push(target.id)
      fields.set(key, known)
    }
  }
  const below = new Set([...inForce, ...[...overridden.values()].flatMap((each) => each.targets)])
  const bound = targets.filter(({ id }) => below.has(id))
  return {
    inForce,
    fields: [...fields.values()]
      .map(({ field: { kind, file, pattern }, targets: those }) => ({
        kind,
        file,
        pattern,
        targets: those,
      }))
      .sort((a, b) => b.targets.length - a.targets.length || compare(keyOf(a), keyOf(b))),
    chooses: subject.kind === 'datum' ? choicesBy(subject.path, layerPaths) : [],
    overridden: [...overridden.values()].sort((a, b) => b.targets.length - a.targets.length),
    limits: subject.kind === 'datum' ? limitsOn(subject.path, bound) : [],
    unread,
  }
}

type Field = Pick<Dependent, 'kind' | 'file' | 'pattern'>

/** Undefined if the target has nothing to do with it; `by` is who overrides it. */
interface Word {
  readonly by: Location | undefined
  readonly fields: readonly Field[]
}

function lastWord({ path, at }: Datum, target: Target, plan: Plan): Word | undefined {
  const layers = saidIn(path[0] ?? '', target, plan)
  const steps = historyOf(layers, path.slice(1))
  if (at && !steps.some((step) => isAt(step.node.at, at))) return undefined
  const last = steps.at(-1)
  const isOverridden = at && last && !isAt(last.node.at, at) && last.node.kind === 'scalar'
  if (isOverridden) return { by: last.at, fields: [] }
  const read = dependentsOf(plan).filter(({ reads }) => reads.some((each) => concerns(each, path)))
  return { by: undefined, fields: unique(read) }
}

/** Variables are not merged, but a later layer's takes the place of an earlier one's all the same. */
function saidIn(scope: string, target: Target, plan: Plan): readonly DataLayer[] {
  if (scope !== 'variables') return layersOf(scope, target, plan) ?? []
  return plan.layers.flatMap(({ path, policy }) => {
    return policy.variables ? [{ name: path, node: policy.variables }] : []
  })
}

/** Fields whose template is written at a place, and who has written over it. */
function templateWord({ at }: TemplateField, plan: Plan): Word | undefined {
  const fields: Field[] = []
  let by: Location | undefined
  for (const { file, root } of plan.manifests) {
    const kind = kindOf(root)
    walk(root.template, '', (template, pattern) => {
      if (isWithin(template.at, at)) fields.push({ kind, file, pattern })
      else if (template.overridden.some((node) => isWithin(node.at, at))) by ??= template.at
    })
  }
  if (fields.length > 0) return { by: undefined, fields }
  return by && { by, fields }
}

function walk(
  template: Template,
  pattern: string,
  visit: (template: Template, pattern: string) => void,
): void {
  if (template.kind === 'scalar') {
    visit(template, pattern)
    return
  }
  const below =
    template.kind === 'map'
      ? [...template.entries].map(([key, entry]) => [escapePart(key), entry.value] as const)
      : template.items.map((item) => ['*', item] as const)
  for (const [part, child] of below)
    walk(child, part.startsWith('$') ? pattern : `${pattern}/${part}`, visit)
}

function choicesBy(path: readonly string[], layerPaths: readonly LayerPath[]): Location[] {
  return layerPaths.flatMap(({ at, parts }) => {
    const isRead = parts.some((part) => {
      return typeof part !== 'string' && concerns([part.scope, ...part.path], path)
    })
    return isRead ? [at] : []
  })
}

/** The limits of layers that speak of a datum of user data, with the targets that stand below. */
function limitsOn(path: readonly string[], targets: readonly Target[]): Impact['limits'] {
  if (path[0] !== 'user') return []
  const found = new Map<string, { at: Location; targets: string[] }>()
  for (const { id, stack } of targets) {
    for (const { policy } of stack.layers) {
      for (const at of policy.limits ? boundsIn(policy.limits.node, path.slice(1)) : []) {
        const known = found.get(placeKey(at)) ?? { at, targets: [] }
        known.targets.push(id)
        found.set(placeKey(at), known)
      }
    }
  }
  return [...found.values()]
}

/** Where a JSON Schema speaks of a datum, in its branches as well. */
function boundsIn(schema: Node, path: readonly string[]): Location[] {
  const own = locateIn(
    schema,
    path.flatMap((part) => ['properties', part]),
  )
  const branches = ['then', 'else', 'allOf', 'anyOf', 'oneOf'].flatMap((word) => {
    const branch = locateIn(schema, [word])?.node
    return branch?.kind === 'list' ? branch.items : branch ? [branch] : []
  })
  return [...(own ? [own.at] : []), ...branches.flatMap((branch) => boundsIn(branch, path))]
}

function isAt(one: Location, other: Location): boolean {
  return one.source.path === other.source.path && one.start === other.start
}

function isWithin(inner: Location, outer: Location): boolean {
  const isSame = inner.source.path === outer.source.path
  return isSame && inner.start >= outer.start && inner.end <= outer.end
}

function unique(fields: readonly Field[]): Field[] {
  return [...new Map(fields.map((field) => [keyOf(field), field])).values()]
}

function keyOf({ kind, file, pattern }: Field): string {
  return `${kind} ${file} ${pattern}`
}

function placeKey({ source, start }: Location): string {
  return `${source.path}:${start}`
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
