import { snapshotOf } from '../../bench/generate-fleet.ts'
import { type Compilation, compile } from '../../src/compile.ts'
import type { ClusterObject, FieldChange } from '../../src/diff/change.ts'
import { objectsOf } from '../../src/diff/cluster-object.ts'
import { compareObjects } from '../../src/diff/compare.ts'
import { knowledgeOf } from '../../src/diff/differences.ts'
import { editsOf, fieldText, type InputEdit } from '../../src/diff/edits.ts'
import type { Side } from '../../src/diff/side.ts'
import { readKubernetes } from '../../src/io/kubernetes-data.ts'
import type { Snapshot } from '../../src/source/snapshot.ts'
import { areApart, type Pick, type Step, stepFor, type Trees, textsOf, treesOf } from './steps.ts'

/** A state of a fleet, compiled as a whole. */
export interface World {
  readonly snapshot: Snapshot
  readonly compilation: Compilation
  readonly side: Side
  /** By what the clusters know them by. */
  readonly objects: ReadonlyMap<string, ClusterObject>
}

/** A fleet and some edits of it, with what it is after any of them. */
export interface Worlds {
  readonly steps: readonly Step[]
  /** The state after the steps of which the bits are set; undefined if it does not compile. */
  readonly after: (mask: number) => World | undefined
  /** The steps, as bits, that made an edit: "changed path field". */
  readonly makersOf: (edit: string) => number
}

/** More edits at once are not tried. */
const most = 5

/** Undefined where no step is left that compiles. */
export function worldsOf(
  files: ReadonlyMap<string, string>,
  picks: readonly Pick[],
): Worlds | undefined {
  const trees = treesOf(files)
  const steps: Step[] = []
  const states = new Map<string, World | undefined>()
  const stateOf = (some: readonly Step[]) => {
    const key = some.map(({ name }) => name).join('\n')
    if (!states.has(key))
      states.set(key, worldOf(some.reduce((all, step) => step.apply(all), trees)))
    return states.get(key)
  }
  if (!stateOf([])) return undefined
  for (const each of picks) {
    const step = stepFor(trees, each)
    if (!step || steps.length === most || !steps.every((other) => areApart(step, other))) continue
    if (stateOf([step]) && stateOf([...steps, step])) steps.push(step)
  }
  if (steps.length === 0) return undefined
  const after = (mask: number) => stateOf(steps.filter((_, bit) => mask & (1 << bit)))
  const made = new Map<string, number>()
  for (const bit of steps.keys()) {
    const [before, alone] = [after(0), after(1 << bit)]
    if (!before || !alone) continue
    for (const edit of editsOf(before.snapshot, alone.snapshot)) {
      for (const key of [nameOf(edit), edit.path]) made.set(key, (made.get(key) ?? 0) | (1 << bit))
    }
  }
  const makersOf = (edit: string) => made.get(edit) ?? made.get(edit.split(' ')[1] ?? '') ?? 0
  return { steps, after, makersOf }
}

function nameOf(edit: InputEdit): string {
  return `${edit.deed} ${edit.path} ${fieldText(edit)}`
}

function worldOf(trees: Trees): World | undefined {
  const snapshot = snapshotOf(textsOf(trees))
  const compilation = compile(snapshot, { kubernetes: readKubernetes(), judge: false })
  const { ground, rendered, kubernetes, owners } = compilation
  if (!ground || !rendered || compilation.failed) return undefined
  const objects = objectsOf(rendered)
  const side: Side = {
    ...{ snapshot, kubernetes, owners, objects },
    fleet: ground.fleet,
    unchanged: () => [],
    targets: new Set(rendered.map(({ target }) => target.id)),
    exhibits: new Map(rendered.map((exhibit) => [exhibit.target.id, exhibit])),
  }
  const byIdentity = new Map(objects.map((object) => [identityOf(object), object]))
  // Two of one name are refused by checks.
  if (byIdentity.size < objects.length) return undefined
  return { snapshot, compilation, side, objects: byIdentity }
}

export function identityOf({ region, environment, kind, namespace, name }: ClusterObject): string {
  return [region, environment, kind, namespace, name].join(' ')
}

/** What differs in an object between two worlds; undefined if one has none of it. */
export function changesBetween(
  one: World,
  other: World,
  identity: string,
): readonly FieldChange[] | undefined {
  const [a, b] = [one.objects.get(identity), other.objects.get(identity)]
  return a && b && compareObjects(a, b, knowledgeOf(one.side, other.side))
}
