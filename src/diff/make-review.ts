import { ownerOf } from '../model/owner.ts'
import type { Difference } from './change.ts'
import { costsOf } from './costs.ts'
import { type Consequence, gatherDecisions } from './decisions.ts'
import { consequencesOf, differenceOf, knowledgeOf } from './differences.ts'
import { editsOf, fieldText, type InputEdit, idleOf } from './edits.ts'
import { lookersOf } from './lookers.ts'
import { pairObjects, renamedProjects } from './pair.ts'
import type { Decision, Edit, Review, Summary } from './review.ts'
import type { Side } from './side.ts'
import { untouchedBy } from './untouched.ts'
import { warningsOf } from './warnings.ts'

/** What is known besides the two states. */
export interface Circumstances {
  /** Who last edited a file of the second state, where history tells. */
  readonly commitOf?: (path: string) => Edit['commit']
  /** Files that decide how changes are checked, or who must approve them, and differ. */
  readonly guards?: readonly string[]
  /** What else must be known before anything else, as full sentences. */
  readonly warnings?: readonly string[]
  /** Whether the edits of a project are to be told; those of policies always are. */
  readonly isAskedFor?: (project: string) => boolean
}

/** What the edits between two states do to the clusters. */
export function makeReview(before: Side, after: Side, circumstances: Circumstances = {}): Review {
  const { commitOf, guards = [], warnings = [], isAskedFor } = circumstances
  const all = editsOf(before.snapshot, after.snapshot)
  const edits = isAskedFor ? all.filter(({ path }) => isTold(path, isAskedFor)) : all
  const pairs = pairObjects(before.objects, after.objects, renamedBetween(before, after))
  const knowledge = knowledgeOf(before, after)
  const differing = pairs.flatMap((pair) => differenceOf(pair, knowledge) ?? [])
  const consequences = consequencesOf(differing, edits, before, after)
  const drafts = gatherDecisions(consequences)
  const owners = new Map([...before.owners, ...after.owners])
  const toEdit = (edit: InputEdit) => editFor(edit, owners, commitOf?.(edit.path))
  const reached = new Map<InputEdit, Set<string>>()
  for (const { edits: causes, targets } of drafts) {
    for (const edit of causes) {
      reached.set(edit, new Set([...(reached.get(edit) ?? []), ...targets]))
    }
  }
  const cost = costsOf({ before, after }, pairs, drafts)
  const decisions = drafts.map((draft): Decision => {
    const { id, risk, targets, effects } = draft
    const untouched = untouchedBy(draft.edits, reached, after.exhibits)
    const restarts = restartsOf(draft.consequences)
    const own = draft.edits.map(toEdit)
    return { id, edits: own, risk, targets, effects, untouched, ...restarts, cost: cost.of(draft) }
  })
  const targets = [...new Set(decisions.flatMap((decision) => decision.targets))].sort()
  return {
    summary: summaryOf(
      differing,
      consequences,
      decisions,
      new Set([...before.targets, ...after.targets]),
    ),
    warnings: [...warnings, ...warningsOf(all, guards, decisions)],
    decisions,
    idle: idleOf(edits, new Set(reached.keys())).map(toEdit),
    cost: cost.whole,
    lookers: lookersOf(edits.map(toEdit), targets, after),
  }
}

function isTold(path: string, isAskedFor: (project: string) => boolean): boolean {
  const [folder, project = ''] = path.split('/')
  return folder !== 'projects' || isAskedFor(project)
}

/** Projects that have another name on the other side, by the likeness of their files. */
function renamedBetween(before: Side, after: Side): ReadonlyMap<string, string> {
  const files = ({ snapshot }: Side, other: Side) => {
    const own = [...snapshot.files.keys()].filter((path) => {
      return /^projects\/[^/]+\/project\.yaml$/.test(path) && !other.snapshot.files.has(path)
    })
    return new Map(own.map((path) => [path.split('/')[1] ?? '', textOf(snapshot.files.get(path))]))
  }
  return renamedProjects(files(before, after), files(after, before))
}

function textOf(bytes: Uint8Array | undefined): string {
  return new TextDecoder().decode(bytes)
}

function editFor(
  edit: InputEdit,
  owners: ReadonlyMap<string, string>,
  commit: Edit['commit'],
): Edit {
  const { deed, path, before, after } = edit
  return {
    ...{ deed, path, before, after },
    field: fieldText(edit),
    owner: ownerOf(path, owners),
    commit,
  }
}

/** Pods that are replaced: of each workload once, however many fields of it change. */
function restartsOf(consequences: readonly Consequence[]): { pods: number; onEachNode: number } {
  const workloads = new Map<string, number | undefined>()
  for (const { pair, restart } of consequences) {
    const { target, file } = pair.after ?? pair.before
    if (restart) workloads.set(`${target}/${file}`, restart.pods)
  }
  const counts = [...workloads.values()]
  return {
    pods: counts.reduce<number>((sum, count) => sum + (count ?? 0), 0),
    onEachNode: counts.filter((count) => count === undefined).length,
  }
}

function summaryOf(
  differing: readonly Difference[],
  consequences: readonly Consequence[],
  decisions: readonly Decision[],
  all: ReadonlySet<string>,
): Summary {
  const count = (...deeds: readonly Difference['deed'][]) =>
    differing.filter(({ deed }) => deeds.includes(deed)).length
  const ofRisk = (risk: Decision['risk']) => decisions.filter((each) => each.risk === risk).length
  return {
    targets: new Set(decisions.flatMap(({ targets }) => targets)).size,
    ofTargets: all.size,
    objects: {
      changed: count('changed', 'moved'),
      created: count('created'),
      removed: count('removed'),
      replaced: count('replaced'),
    },
    ...restartsOf(consequences),
    risks: { low: ofRisk('low'), medium: ofRisk('medium'), high: ofRisk('high') },
  }
}
