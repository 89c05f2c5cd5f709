import { placesOf, type Say, sayAt, sayBelow, together } from '../explain/origins.ts'
import { type Traced, traced } from '../explain/trace.ts'
import type { LayerPath } from '../model/layer-path.ts'
import type { Target } from '../model/target.ts'
import { contextOf } from '../plan/context.ts'
import type { Location } from '../source/source.ts'
import type { ClusterObject, FieldChange, ObjectPair } from './change.ts'
import type { InputEdit } from './edits.ts'
import { projectOf, type Side } from './side.ts'

/** Finds the edits behind what changes. */
export interface Causes {
  /** The edits behind a change of a field of a pair; none if they cannot be told. */
  readonly ofField: (pair: ObjectPair, change: FieldChange) => readonly InputEdit[]
  /** The edits for which an object comes, goes, or is another one. */
  readonly ofObject: (pair: ObjectPair) => readonly InputEdit[]
}

type Which = 'before' | 'after'
const both: readonly Which[] = ['before', 'after']

/**
 * Traces changes to edits: a field on either side through its template and the data that this reads,
 * to the lines that an edit touched. Where one edit alone can reach a target nothing is traced.
 */
export function traceCauses(
  edits: readonly InputEdit[],
  sides: Readonly<Record<Which, Side>>,
  changesOf: (target: string, file: string) => readonly { pair: ObjectPair; change: FieldChange }[],
): Causes {
  const byPath = new Map<string, InputEdit[]>()
  for (const edit of edits) byPath.set(edit.path, [...(byPath.get(edit.path) ?? []), edit])
  const filled = { before: fillings(sides.before), after: fillings(sides.after) }
  const reaching = new Map<string, readonly InputEdit[]>()

  /** The edits that a target can have anything to do with. */
  function reach(target: string): readonly InputEdit[] {
    const stacks = both.map((which) => sides[which].exhibits.get(target)?.target.stack.key ?? '')
    const key = `${projectOf(target)}\n${stacks.join('\n\n')}`
    const known = reaching.get(key) ?? edits.filter(({ path }) => canReach(path, target, stacks))
    reaching.set(key, known)
    return known
  }

  function ofField(pair: ObjectPair, change: FieldChange): readonly InputEdit[] {
    const candidates = candidatesOf(pair)
    if (candidates.length <= 1) return candidates
    return firstFound([
      () => traceField(pair, change, new Set()),
      () => stackEdits(pair),
      () => candidates.filter(({ path }) => path.startsWith('schemas/')),
      () => candidates,
    ])
  }

  function candidatesOf({ before, after }: ObjectPair): readonly InputEdit[] {
    const targets = new Set([before, after].flatMap((object) => object?.target ?? []))
    return [...new Set([...targets].flatMap(reach))]
  }

  function traceField(pair: ObjectPair, change: FieldChange, asked: Set<string>): InputEdit[] {
    const says = both.map((which) => sayOf(which, pair, change))
    const isThere = change.beforeAt !== undefined && change.afterAt !== undefined
    const isScalar = [change.before, change.after].every((each) => typeof each !== 'object')
    const value = says.map((say) => say?.value ?? noSay)
    const presence = says.map((say) => say?.presence ?? noSay)
    const below = both.map((which) => sayWithin(which, pair, change))
    return firstFound([
      () => touched(isThere ? value : [...value, ...presence], pair, asked),
      () => touched(isThere ? presence : [], pair, asked),
      () => (isScalar ? [] : touched(below, pair, asked)),
    ])
  }

  function sayOf(which: Which, pair: ObjectPair, change: FieldChange) {
    const object = pair[which]
    const own = object && filled[which](object.target)
    const other = which === 'before' ? change.afterAt : change.beforeAt
    const pointer = (which === 'before' ? change.beforeAt : change.afterAt) ?? other
    return own && pointer !== undefined ? sayAt(object.file, pointer, own) : undefined
  }

  function sayWithin(which: Which, pair: ObjectPair, change: FieldChange): Say {
    const object = pair[which]
    const own = object && filled[which](object.target)
    const pointer = which === 'before' ? change.beforeAt : change.afterAt
    return own && pointer !== undefined ? sayBelow(object.file, pointer, own) : noSay
  }

  /** The edits of lines that have a say; what was read on one side is looked up on both. */
  function touched(says: readonly Say[], pair: ObjectPair, asked: Set<string>): InputEdit[] {
    const { reads } = together(says)
    const found = new Set<InputEdit>()
    for (const [index, which] of both.entries()) {
      for (const line of says[index]?.lines ?? []) add(editsAt(which, line, false))
      const target = pair[which] && sides[which].exhibits.get(pair[which].target)
      if (!target) continue
      const { origins, borrowed } = placesOf(reads, target.target, target.plan)
      for (const { at, whole } of origins) add(editsAt(which, at, whole))
      for (const { file, path } of borrowed)
        add(editsOfBorrowed(target.target.id, file, path, asked))
    }
    return [...found]

    function add(more: readonly InputEdit[]): void {
      for (const edit of more) found.add(edit)
    }
  }

  /** What another manifest was read for changed because that manifest did. */
  function editsOfBorrowed(
    target: string,
    file: string,
    path: readonly string[],
    asked: Set<string>,
  ): readonly InputEdit[] {
    const key = `${target}/${file}`
    if (asked.has(key)) return []
    const deeper = new Set(asked).add(key)
    const pointer = path.map((part) => `/${part}`).join('')
    return changesOf(target, file)
      .filter(({ change }) => change.pattern.startsWith(pointer))
      .flatMap(({ pair, change }) => traceField(pair, change, deeper))
  }

  function editsAt(which: Which, { source, start, end }: Location, whole: boolean): InputEdit[] {
    return (byPath.get(source.path) ?? []).filter((edit) => {
      const own = edit[which]
      if (!own || (edit.keys.length === 0 && edit.deed === 'changed')) return false
      const covers = own.start <= start && start < Math.max(own.end, own.start + 1)
      return covers || (whole && own.start >= start && own.start < end)
    })
  }

  /** The edits for which a target has other layers than before. */
  function stackEdits({ before, after }: ObjectPair): InputEdit[] {
    const [old, fresh] = [
      before && sides.before.exhibits.get(before.target),
      after && sides.after.exhibits.get(after.target),
    ]
    if (!old || !fresh || old.target.stack.key === fresh.target.stack.key) return []
    const reads = [...sides.before.fleet.layers, ...sides.after.fleet.layers].flatMap(slotsOf)
    const found = new Set<InputEdit>()
    for (const [which, { target, plan }] of [['before', old] as const, ['after', fresh] as const]) {
      const { origins } = placesOf(reads, target, plan)
      for (const { at } of origins) for (const edit of editsAt(which, at, false)) found.add(edit)
    }
    const folders = differing(old.target, fresh.target)
    for (const edit of edits) {
      const isLayers = edit.path === 'policies/fleet.yaml' && edit.keys[0] === 'layers'
      const isFolder = edit.keys.length === 0 && folders.some((each) => isIn(edit.path, each))
      if (isLayers || isFolder) found.add(edit)
    }
    return [...found]
  }

  function ofObject(pair: ObjectPair): readonly InputEdit[] {
    const candidates = candidatesOf(pair)
    if (candidates.length <= 1) return candidates
    return firstFound([
      () => both.flatMap((which) => targetEdits(which, pair)),
      () => both.flatMap((which) => traceObject(which, pair)),
      () => stackEdits(pair),
      () => candidates,
    ])
  }

  /** The edits for which a target itself is new or gone. */
  function targetEdits(which: Which, pair: ObjectPair): InputEdit[] {
    const object = pair[which]
    const other = sides[which === 'before' ? 'after' : 'before']
    const target = object && sides[which].exhibits.get(object.target)?.target
    if (!target || other.exhibits.has(target.id)) return []
    const project = `projects/${target.project}/project.yaml`
    return firstFound([
      () => (byPath.get(project) ?? []).filter(({ keys }) => keys.length === 0),
      () => editsAt(which, target.at, false),
      () => (byPath.get(project) ?? []).filter(({ keys }) => isOfRegions(keys, target)),
      () => edits.filter(({ path }) => path === pipelinePath(target)),
      () => editsAt(which, target.cluster.at, false),
    ])
  }

  /** The edits for which a manifest is rendered or not, or is called otherwise. */
  function traceObject(which: Which, pair: ObjectPair): InputEdit[] {
    const object = pair[which]
    const own = object && filled[which](object.target)
    const elsewhere = which === 'before' ? pair.after : pair.before
    if (!own) return absentObject(which, elsewhere)
    const named = ['/metadata/name', '/metadata/namespace'].map((pointer) => {
      return sayAt(object.file, pointer, own).value
    })
    const says = together([sayAt(object.file, '', own).presence, ...(elsewhere ? named : [])])
    return touched(which === 'before' ? [says, noSay] : [noSay, says], pair, new Set())
  }

  /** Who took a manifest away: what its `$if` reads on the side that has none. */
  function absentObject(which: Which, object: ClusterObject | undefined): InputEdit[] {
    const other = which === 'before' ? 'after' : 'before'
    const own = object && filled[other](object.target)
    const target = object && sides[which].exhibits.get(object.target)
    if (!own || !target) return []
    const { reads } = sayAt(object.file, '', own).presence
    const { origins } = placesOf(reads, target.target, target.plan)
    const planned = target.plan.manifests.find(({ file }) => file === object.file)?.root
    const condition = planned?.kind === 'map' ? planned.condition?.at : undefined
    const places = condition ? [...origins, { at: condition, whole: false }] : origins
    return places.flatMap(({ at, whole }) => editsAt(which, at, whole))
  }

  return { ofField, ofObject }
}

const noSay: Say = { lines: [], reads: [] }

function firstFound<T>(attempts: readonly (() => readonly T[])[]): T[] {
  for (const attempt of attempts) {
    const found = attempt()
    if (found.length > 0) return [...new Set(found)]
  }
  return []
}

function canReach(path: string, target: string, stacks: readonly string[]): boolean {
  if (path.startsWith('projects/')) return isIn(path, `projects/${projectOf(target)}`)
  if (!path.startsWith('policies/') || path === 'policies/fleet.yaml') return true
  const layer = path.slice('policies/'.length, path.lastIndexOf('/'))
  return stacks.some((stack) => stack.split('\n').includes(layer))
}

function isIn(path: string, folder: string): boolean {
  return path.startsWith(`${folder}/`)
}

/** Slots for the targets of a side; those of one target are filled once while it is asked about. */
function fillings({ exhibits }: Side): (target: string) => Traced | undefined {
  let last: { readonly id: string; readonly filled: Traced } | undefined
  return (id) => {
    const exhibit = exhibits.get(id)
    if (!exhibit) return undefined
    if (last?.id === id) return last.filled
    const { target, plan, manifests } = exhibit
    const rendered = (file: string) => manifests.find((each) => each.file === file)?.value
    const report = () => {}
    const context = contextOf(target, plan, rendered, report)
    last = { id, filled: traced(plan, { context, report }) }
    return last.filled
  }
}

function slotsOf({ parts }: LayerPath): (readonly string[])[] {
  return parts.flatMap((part) => (typeof part === 'string' ? [] : [[part.scope, ...part.path]]))
}

/** The folders of layers that only one of two targets has. */
function differing(one: Target, other: Target): string[] {
  const [a, b] = [one, other].map(({ stack }) => stack.layers.map(({ path }) => path))
  const all = [...(a ?? []), ...(b ?? [])]
  return all
    .filter((path) => a?.includes(path) !== b?.includes(path))
    .map((path) => `policies/${path}`)
}

/** Whether an edit may take a region to, or away from, a target's environment. */
function isOfRegions(keys: readonly string[], { cluster }: Target): boolean {
  const [first, environment, third] = keys
  if (first !== 'environments') return false
  return environment === undefined || (environment === cluster.environment && third === 'regions')
}

function pipelinePath({ project, cluster }: Target): string {
  return `projects/${project}/pipeline/${cluster.environment}.yaml`
}
