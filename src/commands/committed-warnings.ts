import { identityKey } from '../diff/pair.ts'
import type { Review } from '../diff/review.ts'
import type { Output } from '../io/committed-output.ts'
import { isSameBytes } from '../source/snapshot.ts'
import type { State } from './compare-committed.ts'

interface Outputs {
  readonly old: Output
  readonly fresh: Output
}

interface States {
  readonly before: State
  readonly after: State
}

/** What a comparison of two `out/` leaves out: whatever it does, the review does not show it. */
export function blindSpots({ old, fresh }: Outputs, states: States): string[] {
  return [
    ...naming(differing(old.others, fresh.others), (paths) => {
      return `Not compared, though a syncer may read it: ${paths}.`
    }),
    ...naming(nameless(states), (paths) => `Not compared, for it holds no object: ${paths}.`),
    ...naming(doubles(states.after.objects), (paths) => {
      return `The new state has an object more than once, and one of them wins: ${paths}.`
    }),
  ]
}

/** What a comparison of two `out/` shows as more, or as less, than somebody would expect. */
export function committedWarnings(
  { old, fresh }: Outputs,
  states: States,
  review: Review,
): string[] {
  return [
    ...present(missing(old, 'old', 'new'), missing(fresh, 'new', 'removed')),
    ...naming(harmless(states, review), (paths) => {
      return `Written otherwise, but the same for the clusters: ${paths}.`
    }),
  ]
}

function present(...sentences: readonly (string | undefined)[]): string[] {
  return sentences.filter((sentence) => sentence !== undefined)
}

function missing({ manifests }: Output, state: string, deed: string): string | undefined {
  if (manifests.size > 0) return undefined
  return `The ${state} state has no manifests in out/, so all of them count as ${deed}.`
}

function naming(paths: readonly string[], sentence: (paths: string) => string): string[] {
  if (paths.length === 0) return []
  const more = paths.length - 5
  const some = [...new Set(paths)].sort().slice(0, 5)
  const names = some.map((path) => `out/${path}`)
  return [sentence([...names, ...(more > 0 ? [`${more} more`] : [])].join(', '))]
}

function differing(old: ReadonlyMap<string, string>, fresh: ReadonlyMap<string, string>): string[] {
  const paths = new Set([...old.keys(), ...fresh.keys()])
  return [...paths].filter((path) => old.get(path) !== fresh.get(path))
}

/** Changed files that hold nothing a cluster could know, such as a list of objects. */
function nameless({ before, after }: States): string[] {
  return changed({ before, after }).filter((path) => {
    return [before, after].some(({ objects }) => objects.has(path) && !objects.get(path))
  })
}

function changed({ before, after }: States): string[] {
  const paths = new Set([...before.read.keys(), ...after.read.keys()])
  return [...paths].filter((path) => !isSameBytes(before.read.get(path), after.read.get(path)))
}

function doubles(objects: State['objects']): string[] {
  const first = new Map<string, string>()
  return [...objects].flatMap(([path, object]) => {
    if (!object) return []
    const key = identityKey(object)
    const known = first.get(key)
    if (known === undefined) first.set(key, path)
    return known === undefined ? [] : [known, path]
  })
}

/** Changed files of which no decision tells: moved, formatted, with a default spelt out. */
function harmless(states: States, { decisions }: Review): string[] {
  const effects = decisions.flatMap((decision) => decision.effects)
  const moved = effects.flatMap(({ kind, values }) => {
    const objects = values.flatMap((value) => value.objects)
    return objects.flatMap(({ target, file, name }) => [
      `${target}/${file}`,
      `${target} ${kind} ${name}`,
    ])
  })
  const told = new Set(moved)
  return changed(states).filter((path) => {
    const both = [states.before, states.after].flatMap(({ objects }) => objects.get(path) ?? [])
    const names = both.map(({ target, kind, name }) => `${target} ${kind} ${name}`)
    return both.length > 0 && ![path, ...names].some((each) => told.has(each))
  })
}
