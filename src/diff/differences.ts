import { podPathOf } from '../kubernetes/pod-spec.ts'
import { traceCauses } from './causes.ts'
import type { Difference, FieldChange, ObjectPair } from './change.ts'
import { compareObjects, type Knowledge } from './compare.ts'
import type { Consequence } from './decisions.ts'
import { type InputEdit, idleOf } from './edits.ts'
import { meaningsOf } from './meaning/meanings-of.ts'
import { restartOf } from './meaning/restart-of.ts'
import type { Setting } from './meaning/situation.ts'
import type { Meaning } from './meaning.ts'
import { isReplaced } from './pair.ts'
import { podsOf } from './pods.ts'
import { clusterOf, type Side } from './side.ts'

export function differenceOf(pair: ObjectPair, knowledge: Knowledge): Difference | undefined {
  if (!pair.before) return { pair, deed: 'created', changes: [] }
  if (!pair.after) return { pair, deed: 'removed', changes: [] }
  const changes = compareObjects(pair.before, pair.after, knowledge)
  if (isReplaced(pair)) return { pair, deed: 'replaced', changes }
  if (pair.before.target !== pair.after.target) return { pair, deed: 'moved', changes }
  return changes.length > 0 ? { pair, deed: 'changed', changes } : undefined
}

/** All that follows for the clusters, each with its meaning and the edits behind it. */
export function consequencesOf(
  differing: readonly Difference[],
  edits: readonly InputEdit[],
  before: Side,
  after: Side,
): Consequence[] {
  const byFile = new Map(
    differing.map((each) => {
      const { target, file } = each.pair.after ?? each.pair.before
      return [`${target}/${file}`, each]
    }),
  )
  const causes = traceCauses(edits, { before, after }, (target, file) =>
    byFile.get(`${target}/${file}`),
  )
  const order = new Map(edits.map((edit, index) => [edit, index]))
  const inOrder = (some: readonly InputEdit[]) =>
    [...some].sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0))
  const settingFor = settings(before, after)
  const found = differing.flatMap(({ pair, deed, changes }): Consequence[] => {
    const setting = settingFor(pair)
    const meant = meaningsOf(pair, changes, setting)
    const restart = restartOf(pair, meant, setting)
    const moved = deed === 'moved' ? [{ change: undefined, meaning: movedMeaning }] : []
    return [...moved, ...meant].map(({ change, meaning }) => {
      const by = change ? causes.ofField(pair, change) : causes.ofObject(pair)
      const own = { pair, change, meaning, edits: by }
      if (change)
        return {
          ...own,
          deed: change.deed,
          restart: isInTemplate(pair, change) ? restart : undefined,
        }
      return { ...own, deed: deed === 'changed' ? 'replaced' : deed, restart: undefined }
    })
  })
  return withIdle(found, edits, causes.within).map((each) => ({
    ...each,
    edits: inOrder(each.edits),
  }))
}

/** Edits that nothing was traced to, but that have a say in what objects that come are like. */
function withIdle(
  consequences: readonly Consequence[],
  edits: readonly InputEdit[],
  within: (pair: ObjectPair) => readonly InputEdit[],
): readonly Consequence[] {
  const causing = new Set(consequences.flatMap((each) => each.edits))
  const idle = new Set(idleOf(edits, causing))
  if (idle.size === 0) return consequences
  return consequences.map((each) => {
    if (each.deed !== 'created' && each.deed !== 'replaced') return each
    return {
      ...each,
      edits: [...each.edits, ...within(each.pair).filter((edit) => idle.has(edit))],
    }
  })
}

const movedMeaning: Meaning = {
  id: 'moved',
  risk: 'medium',
  sentence:
    'Another project renders the object now: where each project is synced by itself, what one creates the other may remove.',
}

/** What the rules about meanings need to know of an object beside itself. */
function settings(before: Side, after: Side): (pair: ObjectPair) => Setting {
  const [podsBefore, podsAfter] = [podsOf(before.objects), podsOf(after.objects)]
  return ({ before: old, after: fresh }) => {
    const [was, is] = [old && podsBefore(old), fresh && podsAfter(fresh)]
    const minorBefore = old && clusterOf(before, old.target)?.kubernetes.minor
    const minorAfter = fresh && clusterOf(after, fresh.target)?.kubernetes.minor
    const { environment } = fresh ?? old
    const { fleet } = fresh ? after : before
    return {
      protected: fleet.environments.get(environment)?.protected ?? false,
      ...(minorBefore !== undefined && { minorBefore }),
      ...(minorAfter !== undefined && { minorAfter }),
      podsBefore: was?.count,
      podsAfter: is?.count,
      autoscaledBefore: was?.autoscaled ?? false,
      autoscaledAfter: is?.autoscaled ?? false,
    }
  }
}

/** What comparing objects of two sides has to know of them. */
export function knowledgeOf(before: Side, after: Side): Knowledge {
  return { before: knownOf(before), after: knownOf(after) }
}

function knownOf({ kubernetes, fleet }: Side): Knowledge['before'] {
  const minors = new Map(
    fleet.clusters.map((each) => [`${each.region}/${each.environment}`, each.kubernetes.minor]),
  )
  const minorOf = (region: string, environment: string) => minors.get(`${region}/${environment}`)
  return { kubernetes, mergeTypes: fleet.mergeTypes, minorOf }
}

/** Whether a change is one of the pods, so that they are replaced for it. */
function isInTemplate({ before, after }: ObjectPair, { pattern }: FieldChange): boolean {
  const { apiVersion, kind } = (after ?? before).value
  const path = podPathOf(apiVersion, kind)?.slice(0, -1) ?? []
  return path.length > 0 && pattern.startsWith(`/${path.join('/')}`)
}
