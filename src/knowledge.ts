import type { Exhibit } from './check/exhibit.ts'
import { summarizer, type TargetSummary } from './check/fleet/summary.ts'
import { type Compilation, type CompileOptions, compile, type Others, type Own } from './compile.ts'
import type { Diagnostic } from './diagnostics/diagnostic.ts'
import { standingOf, toTexts } from './diff/standing.ts'
import { type Fact, type Order, orderOf, stillInOrder, withoutClusters } from './memory.ts'
import { everything, type Selection } from './model/selection.ts'
import { projectOf, type Target } from './model/target.ts'
import { digestOf } from './source/digest.ts'
import { projectOfPath, type Snapshot } from './source/snapshot.ts'

/** What was found out about a state of a fleet, or an earlier one. */
export interface Knowledge {
  /** Stands for all that projects are rendered from and judged by besides their own files. */
  readonly ground: string
  /** By project, of those whose files are as they were then. */
  readonly facts: ReadonlyMap<string, Fact>
  /** Gives what checks over the whole fleet look at; undefined if it is not known any more. */
  readonly recall: (project: string) => readonly TargetSummary[] | undefined
  /** Of a state that was in order as a whole. */
  readonly order: Order | undefined
}

/** Where nothing is known, and nothing to be kept. */
export const nothingKnown: Knowledge = {
  ...{ ground: '', facts: new Map(), recall: () => undefined, order: undefined },
}

export interface RestOptions
  extends Pick<CompileOptions, 'kubernetes' | 'today' | 'onStage' | 'pipeline'> {
  /** Which targets are asked for; all, unless this says otherwise. */
  readonly select?: Selection
  /** Whether they are a part of the fleet, and what needs the whole of it is left to others. */
  readonly isPart?: boolean
}

export interface Result {
  readonly compilation: Compilation
  /** What was compiled, right or wrong. */
  readonly counts: Counts
  /** The projects that were not compiled, for all is known of them. */
  readonly known: ReadonlyMap<string, Fact>
  /** What was found out about the others; undefined if something is wrong with one of them. */
  readonly learnt: ReadonlyMap<string, Learnt> | undefined
  /** Of the fleet, if it is in order as a whole. */
  readonly order: Order | undefined
}

export interface Counts {
  readonly projects: number
  readonly targets: number
  /** Targets that are not released yet. */
  readonly pending: number
}

/** A fact, and what checks over the whole fleet look at. */
export interface Learnt {
  readonly fact: Fact
  readonly summaries: readonly TargetSummary[]
}

/**
 * Compiles what is not known. Nothing else could be different: what a project is rendered from and
 * judged by are its own files and the ground, and what lies between projects is judged by what is
 * known of each; unless that is what it was when it was judged to be in order. A known project that
 * has a part in something wrong is compiled as well, to find the lines that are answerable.
 */
export function compileRest(
  snapshot: Snapshot,
  knowledge: Knowledge,
  { select = everything, isPart = false, ...options }: RestOptions,
): Result {
  const facts = new Map(knowledge.facts)
  for (;;) {
    let learnt: Result['learnt']
    let whole: Whole | undefined
    const compilation = compile(snapshot, {
      ...options,
      select: unknownIn(facts, select),
      others: (own) => {
        if (isPart) return undefined
        learnt = own.failed ? undefined : learn(own)
        whole = wholeOf({ ...knowledge, facts }, learnt, select)
        return whole.others
      },
    })
    const missed = [...(whole?.lost ?? []), ...[...compilation.involved].map(projectOf)]
    if (missed.length === 0) {
      const counts = countsOf(compilation.targets)
      const order = orderAfter(whole, compilation)
      return { compilation, counts, known: facts, learnt, order }
    }
    for (const name of missed) facts.delete(name)
  }
}

/** What is selected, but for projects of which all is known. */
export function unknownIn(facts: ReadonlyMap<string, Fact>, select: Selection): Selection {
  if (facts.size === 0) return select
  return { ...select, project: (name) => !facts.has(name) && select.project(name) }
}

/** What is known of a fleet as a whole. */
export interface Whole {
  /** What stands for it, if nothing is wrong with any of its projects by themselves. */
  readonly order: Order | undefined
  /** Whether it was judged before, and was in order. */
  readonly isKnown: boolean
  /** What it is to be judged by, if it has to be. */
  readonly others: Others | undefined
  /** Projects of which less is known than was thought. */
  readonly lost: ReadonlySet<string>
}

/** The same of projects that are known, together with what was just learnt of others. */
export function wholeOf(
  { ground, facts, recall, order: last }: Knowledge,
  learnt: ReadonlyMap<string, Learnt> | undefined,
  select: Selection,
): Whole {
  const fresh = learnt && [...learnt].map(([name, { fact }]) => [name, fact] as const)
  const order = fresh && orderOf(ground, new Map([...facts, ...fresh]))
  const isKnown = order !== undefined && order.whole === last?.whole
  const inOrder = order ? stillInOrder(order, last) : new Set<string>()
  const lost = new Set<string>()
  const others = isKnown ? undefined : othersFrom(facts, recall, lost)
  return {
    ...{ order: isKnown ? last : order, isKnown, lost },
    others: others && { ...others, inOrder, isAll: select === everything },
  }
}

/** What stands for a fleet that was judged, if it is in order. */
export function orderAfter(
  whole: Whole | undefined,
  { isInOrder, faulty }: Compilation,
): Order | undefined {
  if (!whole?.order || whole.isKnown) return whole?.order
  // What is let pass has to be found again, or its waiver would seem to be of no use.
  return isInOrder ? withoutClusters(whole.order, faulty) : undefined
}

/** How many projects and targets these are. */
export function countsOf(targets: readonly Target[]): Counts {
  return {
    projects: new Set(targets.map(({ project }) => project)).size,
    targets: targets.length,
    pending: targets.filter(({ release }) => release === 'pending').length,
  }
}

/** In whose namespace something is, an admission policy may ask; whoever renders that is not apart. */
export function rendersNamespace({ manifests }: Exhibit): boolean {
  return manifests.some(({ value }) => value.kind === 'Namespace')
}

function othersFrom(
  known: ReadonlyMap<string, Fact>,
  recall: Knowledge['recall'],
  lost: Set<string>,
): Omit<Others, 'inOrder' | 'isAll'> {
  const targets = [...known.keys()].flatMap((name) => {
    const summaries = recall(name)
    if (!summaries) lost.add(name)
    return summaries ?? []
  })
  const facts = [...known.values()]
  return {
    targets,
    stacks: facts.flatMap(({ stacks }) => stacks),
    waived: facts.flatMap(({ waived }) => waived),
    failed: false,
  }
}

/** What is found out about compiled projects, whether there are warnings or not. */
export function learn({
  ground,
  projects,
  targets,
  rendered,
  waived,
  owners,
}: Own): ReadonlyMap<string, Learnt> {
  if (!ground) return new Map()
  const summarize = summarizer(ground.schemas)
  const byProject = new Map(projects.map((name) => [name, empty()]))
  for (const { project, stack } of targets) byProject.get(project)?.stacks.push(stack.key)
  for (const exhibit of rendered) {
    const project = byProject.get(exhibit.target.project)
    project?.targets.push(summarize(exhibit))
    project?.standings.push(toTexts(standingOf(exhibit)))
  }
  for (const { waiver, projects: names } of waived) {
    for (const name of names) byProject.get(name)?.waived.push(waiver)
  }
  const finished = [...byProject].map(([name, { targets, stacks, waived, standings }]) => {
    const owner = owners.get(name)
    const sums = targets.map((each) => digestOf(JSON.stringify(each)))
    const fact = { targets: stacks.length, stacks, waived, standings, sums }
    return [
      name,
      { fact: { ...fact, ...(owner !== undefined && { owner }) }, summaries: targets },
    ] as const
  })
  return new Map(finished)
}

function empty() {
  return {
    standings: [] as string[][],
    targets: [] as TargetSummary[],
    stacks: [] as string[],
    waived: [] as string[],
  }
}

/** The projects with which something is wrong, be it that there is only a warning. */
export function accused(diagnostics: readonly Diagnostic[]): ReadonlySet<string> {
  const names = diagnostics.flatMap(({ at, notes, targets }) => {
    const places = [...(at ? [at] : []), ...notes.map((note) => note.at)]
    return [
      ...targets.map(projectOf),
      ...places.flatMap(({ source }) => projectOfPath(source.path) ?? []),
    ]
  })
  return new Set(names)
}
