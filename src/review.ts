import { type Compilation, type CompileOptions, compile } from './compile.ts'
import { changedPaths } from './diff/edits.ts'
import { type Circumstances, makeReview } from './diff/make-review.ts'
import type { Review } from './diff/review.ts'
import { type Side, sideOf } from './diff/side.ts'
import { fromTexts } from './diff/standing.ts'
import { compileRest, type Knowledge } from './knowledge.ts'
import type { Fact } from './memory.ts'
import { layerOfPath } from './model/layer.ts'
import { everything, type Selection } from './model/selection.ts'
import { layersOf } from './model/stack.ts'
import { projectOf } from './model/target.ts'
import { projectOfPath, type Snapshot } from './source/snapshot.ts'

/** Two states, compiled and compared. */
export interface Comparison {
  readonly before: Compilation
  readonly after: Compilation
  /** Undefined if one of them does not compile. */
  readonly review: Review | undefined
  readonly sides: Sides | undefined
}

export interface Sides {
  readonly before: Side
  readonly after: Side
}

/** What is compared, what the second state is judged by, and what is known besides. */
export interface CompareOptions
  extends Pick<CompileOptions, 'select' | 'kubernetes' | 'today'>,
    Omit<Circumstances, 'isAskedFor'> {
  /** What is known of the second state. */
  readonly knowledge?: Knowledge
}

/**
 * Compiles two snapshots and says what the edits between them do to the clusters. The second one is
 * judged as well; of the first one only the projects are compiled that the edits can reach: the others
 * are as they are.
 */
export function compareSnapshots(
  before: Snapshot,
  after: Snapshot,
  options: CompareOptions = {},
): Comparison {
  const { select = everything, kubernetes, today, knowledge } = options
  const judging = { ...(kubernetes && { kubernetes }), ...(today !== undefined && { today }) }
  const edited = reachedBy(before, after, knowledge?.facts)
  const { compilation: now, known } =
    knowledge && edited && select === everything
      ? compileRest(after, without(edited, knowledge), judging)
      : { compilation: compile(after, { ...judging, select }), known: undefined }
  // Where there is nothing to compare with, the whole of the other state is told of.
  const part = now.rendered ? narrowed(select, edited) : { select }
  const then = compile(before, { ...judging, ...part, judge: false })
  return compared(
    { snapshot: before, compilation: then },
    { snapshot: after, compilation: now, ...(known && { known }) },
    edited,
    options,
  )
}

/** What is known but of some projects: these are looked at. */
function without(projects: ReadonlySet<string>, { facts, ...known }: Knowledge): Knowledge {
  return { ...known, facts: new Map([...facts].filter(([name]) => !projects.has(name))) }
}

/** A state, and what it compiles to. */
export interface Compiled {
  readonly snapshot: Snapshot
  readonly compilation: Compilation
  /** The projects that were not compiled, for what is needed is known of them. */
  readonly known?: ReadonlyMap<string, Fact>
}

/** The same of states that are compiled already, both with the same selection. */
export function compareCompiled(
  before: Compiled,
  after: Compiled,
  options: Pick<CompareOptions, 'select'>,
): Comparison {
  const edited = reachedBy(before.snapshot, after.snapshot, undefined)
  return compared(before, after, edited, options)
}

function compared(
  before: Compiled,
  after: Compiled,
  edited: ReadonlySet<string> | undefined,
  { select = everything, commitOf, guards, warnings }: CompareOptions,
): Comparison {
  const sides = sidesOf(before, after, edited)
  const known = {
    ...(commitOf && { commitOf }),
    ...(guards && { guards }),
    ...(warnings && { warnings }),
  }
  const review =
    sides && makeReview(sides.before, sides.after, { ...known, isAskedFor: select.project })
  return { before: before.compilation, after: after.compilation, review, sides }
}

/**
 * The projects that the edits between two states can reach: those whose files differ and, where a layer
 * was edited, all but those of which it is known that they do not have it. Undefined if it can be any.
 */
export function reachedBy(
  before: Snapshot,
  after: Snapshot,
  facts: ReadonlyMap<string, Pick<Fact, 'stacks'>> | undefined,
): ReadonlySet<string> | undefined {
  const reached = new Set<string>()
  const layers = new Set<string>()
  for (const path of changedPaths(before, after)) {
    const layer = layerOfPath(path)
    // Where a file of a layer comes or goes, other layers may be chosen.
    const isEdited = before.files.has(path) && after.files.has(path)
    if (path.startsWith('projects/')) reached.add(path.split('/')[1] ?? '')
    else if (layer !== undefined && isEdited && facts) layers.add(layer)
    else return undefined
  }
  if (layers.size === 0) return reached
  const projects = new Set([...after.files.keys()].flatMap((path) => projectOfPath(path) ?? []))
  for (const project of projects) {
    const stacks = facts?.get(project)?.stacks
    if (!stacks || stacks.some((key) => layersOf(key).some((each) => layers.has(each)))) {
      reached.add(project)
    }
  }
  return reached
}

function narrowed(
  select: Selection,
  edited: ReadonlySet<string> | undefined,
): Pick<CompileOptions, 'select'> {
  if (!edited) return { select }
  return { select: { ...select, project: (name) => edited.has(name) && select.project(name) } }
}

function sidesOf(
  before: Compiled,
  after: Compiled,
  edited: ReadonlySet<string> | undefined,
): Sides | undefined {
  const isCompared = (id: string) => edited === undefined || edited.has(projectOf(id))
  const [was, is] = [sideFrom(before, isCompared), sideFrom(after, isCompared)]
  return was && is && { before: was, after: is }
}

function sideFrom(
  { snapshot, compilation, known = new Map() }: Compiled,
  isCompared: (target: string) => boolean,
): Side | undefined {
  const { ground, kubernetes, owners, rendered } = compilation
  if (!ground || !rendered) return undefined
  const knownOwners = [...known].flatMap(([name, { owner }]) =>
    owner === undefined ? [] : [[name, owner] as const],
  )
  const state = {
    ...{ snapshot, kubernetes, fleet: ground.fleet },
    owners: new Map([...knownOwners, ...owners]),
  }
  const others = [...known.values()].flatMap(({ standings }) => standings.map(fromTexts))
  return sideOf(state, rendered, isCompared, others)
}
