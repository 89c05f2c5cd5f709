import { type Compilation, compile } from '../compile.ts'
import { changedPaths, editsOf } from '../diff/edits.ts'
import type { Review } from '../diff/review.ts'
import type { Value } from '../document/node.ts'
import { readProjectAt } from '../io/git-snapshot.ts'
import { readKubernetes } from '../io/kubernetes-data.ts'
import type { PastCommit } from '../io/project-history.ts'
import { selectionOf } from '../model/selection.ts'
import type { Chapter, Outcome, State } from '../report/history.ts'
import { type Compiled, compareCompiled } from '../review.ts'
import type { Snapshot } from '../source/snapshot.ts'

/** Whose history is read, and which of its targets are looked at. */
export interface ChapterSelection {
  readonly project: string
  readonly environment: readonly string[]
  readonly region: readonly string[]
}

type Read = (
  commit: PastCommit,
  isWanted: (environments: readonly string[]) => boolean,
) => Promise<Chapter | undefined>

/**
 * Reads commits, the newest first. Each is compiled as it was, with the policies of its time, and so is
 * the one before it; where that has the files of the next one to be read, that is not compiled again.
 * One of which no edited environment is wanted is undefined, and not compiled.
 */
export function chapterReader(
  root: string,
  { project, environment, region }: ChapterSelection,
): Read {
  const select = selectionOf({ project: [project], environment, region, owner: [] })
  let last: Compiled | undefined
  const compiled = (snapshot: Snapshot): Compiled => {
    if (last && changedPaths(last.snapshot, snapshot).length === 0) return last
    const options = { select, kubernetes: readKubernetes(), judge: false }
    return { snapshot, compilation: compile(snapshot, options) }
  }
  return async (commit, isWanted) => {
    const { parent, ...told } = commit
    const now = await readProjectAt(root, commit.id, project)
    const then = parent ? await readProjectAt(root, parent, project) : withoutProjects(now)
    const environments = editedIn(then, now)
    if (environments && !isWanted(environments)) return undefined
    const after = compiled(now)
    const before = compiled(then)
    last = before
    return { commit: told, environments, states: statesOf(after.compilation), outcome: outcome() }

    function outcome(): Outcome {
      const { review } = compareCompiled(before, after, { select })
      if (review) return effectOf(review)
      const which = after.compilation.rendered ? 'parent' : 'commit'
      const { diagnostics } = (which === 'commit' ? after : before).compilation
      const error = diagnostics.find(({ severity }) => severity === 'error')
      return { kind: 'refused', which, message: error?.message ?? '' }
    }
  }
}

/** What there was before the first commit: the policies, so that there is something to compare with. */
function withoutProjects(snapshot: Snapshot): Snapshot {
  const files = [...snapshot.files].filter(([path]) => !path.startsWith('projects/'))
  return { ...snapshot, files: new Map(files) }
}

/** The environments whose data was edited; undefined if that of all was. */
function editedIn(before: Snapshot, after: Snapshot): readonly string[] | undefined {
  const names = new Set<string>()
  for (const { path, keys } of editsOf(ofProjects(before), ofProjects(after))) {
    const pipeline = /^projects\/[^/]+\/pipeline\/([^/]+)\.yaml$/.exec(path)?.[1]
    const [first, name] = keys
    const environment = pipeline ?? (first === 'environments' ? name : undefined)
    if (environment === undefined) return undefined
    names.add(environment)
  }
  return [...names].sort()
}

function ofProjects(snapshot: Snapshot): Snapshot {
  const files = [...snapshot.files].filter(([path]) => path.startsWith('projects/'))
  return { ...snapshot, files: new Map(files) }
}

function statesOf({ targets }: Compilation): State[] {
  const states = new Map<string, State>()
  for (const { cluster, user, pipeline } of targets) {
    const { environment, region } = cluster
    const own = {
      image: text(pipeline.image),
      cpu: text(user.cpu),
      memory: text(user.memory),
      replicas: text(user.replicas),
    }
    const key = [environment, ...Object.values(own)].join('\n')
    const regions = [...(states.get(key)?.regions ?? []), region]
    states.set(key, { environment, regions, ...own })
  }
  return [...states.values()]
}

function text(value: Value | undefined): string {
  return typeof value === 'object' || value === undefined ? '' : String(value)
}

function effectOf({ decisions, summary, cost }: Review): Outcome {
  const effect = decisions[0]?.effects[0]
  if (!effect) return { kind: 'nothing' }
  const { id, risk, sentence } = effect.meaning
  const { pods, onEachNode } = summary
  return { kind: 'effect', risk, meaning: id, sentence, pods, onEachNode, cost: cost.total }
}
