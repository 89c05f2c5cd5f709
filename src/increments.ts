import type { Exhibit } from './check/exhibit.ts'
import type { Compilation, CompileOptions } from './compile.ts'
import { makeReview } from './diff/make-review.ts'
import type { Review } from './diff/review.ts'
import { type State, sideOf } from './diff/side.ts'
import { compileRest, type Learnt, rendersNamespace } from './knowledge.ts'
import type { Fact } from './memory.ts'
import { projectOf } from './model/target.ts'
import { reachedBy } from './review.ts'
import type { Snapshot } from './source/snapshot.ts'

/** A state of a fleet in which nothing was wrong, with all that was found out about it. */
export interface Known extends State {
  /** By target. */
  readonly exhibits: ReadonlyMap<string, Exhibit>
  /** By project. */
  readonly learnt: ReadonlyMap<string, Learnt>
}

export interface Step {
  /** What was compiled: all, or the projects that were edited. */
  readonly compilation: Compilation
  /**
   * The projects that were edited, and those that have a part in what is to be said of them; undefined
   * if all were compiled.
   */
  readonly edited: ReadonlySet<string> | undefined
  /** The state as it is now; undefined if something is wrong with it. */
  readonly known: Known | undefined
}

type Options = Pick<CompileOptions, 'kubernetes' | 'today'>

/**
 * Compiles a state of which the one before is known. What an edit can reach is read off what it
 * touches: a target is rendered from its project's files, the layers of its stack and what is common to
 * all. Of the other projects all is known.
 */
export function advance(before: Known | undefined, snapshot: Snapshot, options: Options): Step {
  const touched =
    before && isApart(before.exhibits.values())
      ? reachedBy(before.snapshot, snapshot, factsOf(before.learnt))
      : undefined
  const isOther = (project: string) => touched !== undefined && !touched.has(project)
  const others = new Map([...(before?.learnt ?? [])].filter(([name]) => isOther(name)))
  const knowledge = {
    // All of it is about one ground, and no state is known to be in order.
    ground: '',
    facts: factsOf(others),
    recall: (name: string) => others.get(name)?.summaries,
    order: undefined,
  }
  const { compilation, known, learnt } = compileRest(snapshot, knowledge, options)
  const { ground, kubernetes, rendered, owners, failed, targets } = compilation
  if (touched && rendered && !isApart(rendered)) return advance(undefined, snapshot, options)
  const edited = touched && new Set([...touched, ...targets.map(({ project }) => project)])
  if (failed || !ground || !rendered || !learnt) return { compilation, edited, known: undefined }
  const exhibits = [...(before?.exhibits ?? [])].filter(([id]) => known.has(projectOf(id)))
  const owned = [...(before?.owners ?? [])].filter(([name]) => known.has(name))
  const next: Known = {
    ...{ snapshot, kubernetes, fleet: ground.fleet },
    owners: new Map([...owned, ...owners]),
    exhibits: new Map([...exhibits, ...rendered.map((each) => [each.target.id, each] as const)]),
    learnt: new Map([...[...others].filter(([name]) => known.has(name)), ...learnt]),
  }
  return { compilation, edited, known: next }
}

function factsOf(learnt: Known['learnt']): ReadonlyMap<string, Fact> {
  return new Map([...learnt].map(([name, { fact }]) => [name, fact]))
}

/** Whether what is found out about one project holds whatever becomes of the others. */
function isApart(exhibits: Iterable<Exhibit>): boolean {
  return ![...exhibits].some(rendersNamespace)
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
