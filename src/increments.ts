import type { Exhibit } from './check/exhibit.ts'
import { summarizer, type TargetSummary } from './check/fleet/summary.ts'
import { type Compilation, type CompileOptions, compile, type Others } from './compile.ts'
import { changedPaths } from './diff/edits.ts'
import { makeReview } from './diff/make-review.ts'
import type { Review } from './diff/review.ts'
import { type State, sideOf } from './diff/side.ts'
import { everything } from './model/selection.ts'
import { projectOf } from './model/target.ts'
import { editedProjects } from './review.ts'
import type { Snapshot } from './source/snapshot.ts'

/** A state of a fleet in which nothing was wrong, with all that was found out about it. */
export interface Known extends State {
  /** By target. */
  readonly exhibits: ReadonlyMap<string, Exhibit>
  readonly summaries: ReadonlyMap<string, TargetSummary>
  /** Target → the key of its stack, of those too that are not released. */
  readonly stacks: ReadonlyMap<string, string>
  /** The waivers that let something pass, with the projects of which they did. */
  readonly waived: ReadonlyMap<string, ReadonlySet<string>>
}

export interface Step {
  /** What was compiled: all, or the projects that were edited. */
  readonly compilation: Compilation
  /** The projects that were edited; undefined if all were compiled. */
  readonly edited: ReadonlySet<string> | undefined
  /** The state as it is now; undefined if something is wrong with it. */
  readonly known: Known | undefined
}

type Options = Pick<CompileOptions, 'kubernetes' | 'today'>

/**
 * Compiles a state of which the one before is known. What an edit can reach is read off what it
 * touches: a target is rendered from its project's files and from what is common to all. So where
 * nothing common was edited, only projects that were are compiled, and the fleet is checked with
 * what is known of the others; unless one of these has a part in something wrong.
 */
export function advance(before: Known | undefined, snapshot: Snapshot, options: Options): Step {
  const edited = before && editedProjects(changedPaths(before.snapshot, snapshot))
  if (!before || !edited) return everythingAnew(snapshot, options)
  const others = othersThan(edited, before)
  const select = { ...everything, project: (name: string) => edited.has(name) }
  const compilation = compile(snapshot, { ...options, select, others: () => others })
  if (compilation.involved.size > 0) return everythingAnew(snapshot, options)
  return { compilation, edited, known: knownAfter(compilation, snapshot, before, edited) }
}

function everythingAnew(snapshot: Snapshot, options: Options): Step {
  const compilation = compile(snapshot, options)
  return { compilation, edited: undefined, known: knownAfter(compilation, snapshot) }
}

function othersThan(edited: ReadonlySet<string>, known: Known): Others {
  const isOther = (id: string) => !edited.has(projectOf(id))
  return {
    targets: [...known.summaries.values()].filter(({ id }) => isOther(id)),
    stacks: [...known.stacks].flatMap(([id, key]) => (isOther(id) ? [key] : [])),
    waived: [...known.waived].flatMap(([waiver, projects]) => {
      return [...projects].some((project) => !edited.has(project)) ? [waiver] : []
    }),
    failed: false,
  }
}

/** What is known now: of what was compiled the new, of all else what was known before. */
function knownAfter(
  { ground, kubernetes, rendered, targets, owners, waived, failed }: Compilation,
  snapshot: Snapshot,
  before?: Known,
  edited?: ReadonlySet<string>,
): Known | undefined {
  if (failed || !ground || !rendered) return undefined
  const summarize = summarizer(ground.schemas)
  const kept = <T>(map: ReadonlyMap<string, T> | undefined): [string, T][] =>
    [...(map ?? [])].filter(([id]) => !edited?.has(projectOf(id)))
  const waivers = new Map<string, Set<string>>()
  for (const [waiver, projects] of before?.waived ?? []) {
    const others = [...projects].filter((project) => !edited?.has(project))
    if (others.length > 0) waivers.set(waiver, new Set(others))
  }
  for (const { waiver, projects } of waived) {
    waivers.set(waiver, new Set([...(waivers.get(waiver) ?? []), ...projects]))
  }
  return {
    ...{ snapshot, kubernetes, fleet: ground.fleet },
    exhibits: new Map([
      ...kept(before?.exhibits),
      ...rendered.map((each) => [each.target.id, each] as const),
    ]),
    summaries: new Map([
      ...kept(before?.summaries),
      ...rendered.map((each) => [each.target.id, summarize(each)] as const),
    ]),
    stacks: new Map([
      ...kept(before?.stacks),
      ...targets.map(({ id, stack }) => [id, stack.key] as const),
    ]),
    owners: new Map([...kept(before?.owners), ...owners]),
    waived: waivers,
  }
}

/** What lies between two states, of which only some projects were edited if that is known. */
export function reviewBetween(
  before: Known,
  after: Known,
  edited: ReadonlySet<string> | undefined,
): Review {
  const isCompared = (id: string) => edited === undefined || edited.has(projectOf(id))
  const side = (known: Known) => sideOf(known, known.exhibits.values(), isCompared)
  return makeReview(side(before), side(after))
}
