import { projectOf } from '../model/target.ts'
import type { ClusterObject, ObjectPair } from './change.ts'

/**
 * Pairs the objects of two states by what the clusters know them by, wherever they are rendered.
 * What is left over on both sides and is the same file of the same target (or of a project that was
 * renamed) is one object under another name.
 */
export function pairObjects(
  before: readonly ClusterObject[],
  after: readonly ClusterObject[],
  renamed: ReadonlyMap<string, string> = new Map(),
): ObjectPair[] {
  const left = new Map(before.map((object) => [identityKey(object), object]))
  const pairs: ObjectPair[] = []
  const created: ClusterObject[] = []
  for (const object of after) {
    const key = identityKey(object)
    const same = left.get(key)
    left.delete(key)
    if (same) pairs.push({ before: same, after: object })
    else created.push(object)
  }
  const byPlace = new Map([...left.values()].map((object) => [placeKey(object, renamed), object]))
  for (const object of created) {
    const key = placeKey(object, new Map())
    const old = byPlace.get(key)
    byPlace.delete(key)
    if (old) left.delete(identityKey(old))
    pairs.push(old ? { before: old, after: object } : { before: undefined, after: object })
  }
  for (const object of left.values()) pairs.push({ before: object, after: undefined })
  return pairs
}

/** Whether a pair is two objects for the cluster: one goes, another comes. */
export function isReplaced({ before, after }: ObjectPair): boolean {
  return before !== undefined && after !== undefined && identityKey(before) !== identityKey(after)
}

/** The same for what is one object to the clusters. */
export function identityKey({ region, environment, kind, namespace, name }: ClusterObject): string {
  return `${region}/${environment}/${kind}/${namespace}/${name}`
}

function placeKey(
  { region, environment, kind, target, file }: ClusterObject,
  renamed: ReadonlyMap<string, string>,
): string {
  const project = projectOf(target)
  return `${region}/${environment}/${renamed.get(project) ?? project}/${file}/${kind}`
}

/** How much of two texts must be the same for one to be the other under a new name. */
const likeness = 0.6

/** Old name → new name of projects whose project.yaml went away and came again much the same. */
export function renamedProjects(
  gone: ReadonlyMap<string, string>,
  come: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const renamed = new Map<string, string>()
  const free = new Map(come)
  for (const [name, text] of gone) {
    const [best] = [...free]
      .map(([other, theirs]) => ({ other, share: sharedLines(text, theirs) }))
      .filter(({ share }) => share >= likeness)
      .sort((a, b) => b.share - a.share)
    if (!best) continue
    renamed.set(name, best.other)
    free.delete(best.other)
  }
  return renamed
}

function sharedLines(a: string, b: string): number {
  const [one, other] = [a, b].map((text) => text.split('\n').filter((line) => line.trim() !== ''))
  const known = new Set(other)
  const shared = one?.filter((line) => known.has(line)).length ?? 0
  return shared / Math.max(one?.length ?? 0, other?.length ?? 0, 1)
}
