import { compileEach, type Own } from './compile.ts'
import {
  accused,
  type Counts,
  compileRest,
  countsOf,
  type Knowledge,
  type Learnt,
  learn,
  orderAfter,
  type RestOptions,
  type Result,
  rendersNamespace,
  unknownIn,
  type Whole,
  wholeOf,
} from './knowledge.ts'
import { everything } from './model/selection.ts'
import type { Snapshot } from './source/snapshot.ts'

/**
 * Compiles what is not known of many projects: each is handed on when it has been compiled, and then
 * let go of, so that no more memory is needed than for what checks over the whole fleet look at, and
 * for a part of a fleet not even that. If there is anything to say, the projects of which it is are
 * compiled once more, together: what is found then are the findings of the whole.
 */
export function* compileRestEach(
  snapshot: Snapshot,
  knowledge: Knowledge,
  options: RestOptions,
): Generator<Own, Result> {
  const { select = everything, isPart = false } = options
  const { facts } = knowledge
  const learnt = new Map<string, Learnt>()
  let isApart = true
  let counts: Counts = { projects: 0, targets: 0, pending: 0 }
  let whole: Whole | undefined
  const others = ({ isSilent }: Own) => {
    const isJudged = !isPart && isSilent && isApart
    whole = isJudged
      ? wholeOf(
          knowing(() => true),
          new Map(),
          select,
        )
      : undefined
    return whole?.others
  }
  const steps = compileEach(snapshot, { ...options, select: unknownIn(facts, select), others })
  let step = steps.next()
  for (; !step.done; step = steps.next()) {
    if (!isPart) for (const [name, each] of learn(step.value)) learnt.set(name, each)
    isApart &&= !step.value.rendered.some(rendersNamespace)
    counts = sumOf(counts, countsOf(step.value.targets))
    yield step.value
  }
  const compilation = step.value
  const result = { compilation, counts, known: facts, learnt }
  // What is said of a part is said of its projects one by one.
  if (isPart && isApart) return { ...result, order: undefined }
  if (whole && whole.lost.size === 0 && compilation.involved.size === 0) {
    return { ...result, order: orderAfter(whole, compilation) }
  }
  const told = accused(compilation.diagnostics)
  const rest = compileRest(
    snapshot,
    knowing((name) => isApart && !told.has(name)),
    options,
  )
  return {
    ...rest,
    counts,
    known: new Map([...rest.known].filter(([name]) => facts.has(name))),
    learnt: rest.learnt && new Map([...learnt, ...rest.learnt]),
  }

  /** What is known now, of what was just learnt only some projects. */
  function knowing(isKnown: (name: string) => boolean): Knowledge {
    const fresh = [...learnt].filter(([name]) => isKnown(name))
    const all = [...facts, ...fresh.map(([name, { fact }]) => [name, fact] as const)]
    const recall = (name: string) => learnt.get(name)?.summaries ?? knowledge.recall(name)
    return { ...knowledge, facts: new Map(all), recall }
  }
}

function sumOf(a: Counts, b: Counts): Counts {
  return {
    projects: a.projects + b.projects,
    targets: a.targets + b.targets,
    pending: a.pending + b.pending,
  }
}
