import { type Compilation, type CompileOptions, compile } from './compile.ts'
import { changedPaths } from './diff/edits.ts'
import { type Circumstances, makeReview } from './diff/make-review.ts'
import type { Review } from './diff/review.ts'
import { type Side, type State, sideOf } from './diff/side.ts'
import type { Ground } from './model/ground.ts'
import { everything, type Selection } from './model/selection.ts'
import { projectOf } from './model/target.ts'
import type { Snapshot } from './source/snapshot.ts'

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
    Omit<Circumstances, 'isAskedFor'> {}

/**
 * Compiles two snapshots and says what the edits between them do to the clusters. The second one is
 * judged as well; of the first one, where no policy differs, only projects that were edited are
 * compiled: the others are as they are.
 */
export function compareSnapshots(
  before: Snapshot,
  after: Snapshot,
  options: CompareOptions = {},
): Comparison {
  const { select = everything, kubernetes, today } = options
  const judging = { ...(kubernetes && { kubernetes }), ...(today !== undefined && { today }) }
  const edited = editedProjects(changedPaths(before, after))
  const now = compile(after, { ...judging, select })
  // Where there is nothing to compare with, the whole of the other state is told of.
  const part = now.rendered ? narrowed(select, edited) : { select }
  const then = compile(before, { ...judging, ...part, judge: false })
  return compared(
    { snapshot: before, compilation: then },
    { snapshot: after, compilation: now },
    edited,
    options,
  )
}

/** A state, and what it compiles to. */
export interface Compiled {
  readonly snapshot: Snapshot
  readonly compilation: Compilation
}

/** The same of states that are compiled already, both with the same selection. */
export function compareCompiled(
  before: Compiled,
  after: Compiled,
  options: Pick<CompareOptions, 'select'>,
): Comparison {
  const edited = editedProjects(changedPaths(before.snapshot, after.snapshot))
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

/** The projects that were edited; undefined if something was that all of them stand on. */
export function editedProjects(paths: readonly string[]): ReadonlySet<string> | undefined {
  if (paths.some((path) => !path.startsWith('projects/'))) return undefined
  return new Set(paths.map((path) => path.split('/')[1] ?? ''))
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
  const [then, now] = [before.compilation, after.compilation]
  if (!then.rendered || !now.rendered || !then.ground || !now.ground) return undefined
  const isCompared = (id: string) => edited === undefined || edited.has(projectOf(id))
  return {
    before: sideOf(stateOf(then, then.ground, before.snapshot), then.rendered, isCompared),
    after: sideOf(stateOf(now, now.ground, after.snapshot), now.rendered, isCompared),
  }
}

function stateOf(
  { kubernetes, owners }: Compilation,
  { fleet }: Ground,
  snapshot: Snapshot,
): State {
  return { snapshot, fleet, kubernetes, owners }
}
