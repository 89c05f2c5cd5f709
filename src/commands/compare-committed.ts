import { type Compilation, compile } from '../compile.ts'
import { Diagnostics } from '../diagnostics/diagnostics.ts'
import type { ClusterObject } from '../diff/change.ts'
import { clusterObject } from '../diff/cluster-object.ts'
import { type Circumstances, makeReview } from '../diff/make-review.ts'
import type { Side } from '../diff/side.ts'
import { loadDocument } from '../document/load.ts'
import { toValue, type ValueMap } from '../document/node.ts'
import { readOutput } from '../io/committed-output.ts'
import { UsageFailure } from '../io/failure.ts'
import { readKubernetes } from '../io/kubernetes-data.ts'
import type { Cluster } from '../model/fleet.ts'
import { matcher, type SelectionPatterns } from '../model/selection.ts'
import { projectOf } from '../model/target.ts'
import type { Comparison } from '../review.ts'
import { isSameBytes } from '../source/snapshot.ts'
import { blindSpots, committedWarnings } from './committed-warnings.ts'
import { partWarning } from './compare.ts'
import {
  openRepository,
  patternsOf,
  type Repository,
  type RepositoryOptions,
} from './open-repository.ts'
import { committedTexts } from './output-texts.ts'
import { checkNames, checkSelection } from './repository.ts'
import type { BothTexts } from './review-formats.ts'
import type { Terminal } from './terminal.ts'

/** Manifests by their path below `out/`. */
export type Manifests = ReadonlyMap<string, Uint8Array>

export interface CommittedComparison extends Comparison {
  /** Whether something was not compared, which the warnings name. */
  readonly partly: boolean
  readonly committed: BothTexts
}

/**
 * Compares `out/` as two states hold it, whoever wrote it. Only what differs is read, so costs are
 * those of the targets that change; and nothing is known of causes.
 */
export async function compareCommitted(
  base: string,
  head: string | undefined,
  options: RepositoryOptions,
  terminal: Terminal,
  { warnings = [], ...known }: Circumstances,
): Promise<CommittedComparison> {
  // Before out/ is read: what a crash left of it is completed then.
  const [was, is] = [
    await openSide(base, options, terminal),
    await openSide(head, options, terminal),
  ]
  const { root } = is
  const [old, fresh] = [await readOutput(root, base, base), await readOutput(root, head, base)]
  if (old.manifests.size === 0 && fresh.manifests.size === 0) {
    throw new UsageFailure(
      'neither side has manifests in out/',
      'without --committed the inputs are compared',
    )
  }
  const patterns = patternsOf(options)
  const all = [...old.manifests.keys(), ...fresh.manifests.keys()].map(targetIn)
  checkNames('project', patterns.project, new Set(all.map(projectOf)))
  const changed = changedTargets(old.manifests, fresh.manifests, patterns)
  const [then, now] = [compileOf(was, changed), compileOf(is, changed)]
  checkSelection(patterns, [then, now])
  const isOwned = matcher(patterns.owner)
  const ownerOf = (id: string) => now.owners.get(projectOf(id)) ?? then.owners.get(projectOf(id))
  const targets = new Set([...changed].filter((id) => isOwned(ownerOf(id) ?? '')))
  const before = stateOf(then, old.manifests, targets)
  const after = stateOf(now, fresh.manifests, targets)
  const sides = before.side && after.side ? { before: before.side, after: after.side } : undefined
  const told = [...warnings, ...partWarning(patterns)]
  const review = sides && makeReview(sides.before, sides.after, { ...known, warnings: told })
  const spots = blindSpots({ old, fresh }, { before, after })
  const own = review ? committedWarnings({ old, fresh }, { before, after }, review) : []
  return {
    before: before.compilation,
    after: after.compilation,
    review: review && { ...review, warnings: [...spots, ...own, ...review.warnings] },
    partly: spots.length > 0,
    sides,
    committed: {
      before: committedTexts(before.read, targetIn),
      after: committedTexts(after.read, targetIn),
    },
  }
}

function changedTargets(
  old: Manifests,
  fresh: Manifests,
  { region, environment, project }: SelectionPatterns,
): ReadonlySet<string> {
  const fits = [matcher(region), matcher(environment), matcher(project)]
  return new Set(
    [...new Set([...old.keys(), ...fresh.keys()])]
      .filter((path) => !isSameBytes(old.get(path), fresh.get(path)))
      .map(targetIn)
      .filter((id) => id.split('/').every((part, index) => fits[index]?.(part) ?? false)),
  )
}

function openSide(
  revision: string | undefined,
  { directory }: RepositoryOptions,
  terminal: Terminal,
): Promise<Repository> {
  const where = { ...(directory !== undefined && { directory }) }
  return openRepository({ ...where, ...(revision !== undefined && { rev: revision }) }, terminal)
}

/** What the inputs say of the fleet, and of who owns the projects. */
function compileOf({ snapshot }: Repository, targets: ReadonlySet<string>): Compilation {
  const projects = new Set([...targets].map(projectOf))
  const everywhere = { cluster: () => true, target: () => true }
  const select = { ...everywhere, project: (name: string) => projects.has(name) }
  return compile(snapshot, { select, kubernetes: readKubernetes(), judge: false })
}

/** One side of `out/`, as far as it was read. */
export interface State {
  readonly compilation: Compilation
  /** Undefined if something cannot be read. */
  readonly side: Side | undefined
  readonly read: Manifests
  /** Path → the object it holds, or that it holds none. */
  readonly objects: ReadonlyMap<string, ClusterObject | undefined>
}

function stateOf(compilation: Compilation, files: Manifests, targets: ReadonlySet<string>): State {
  const diagnostics = new Diagnostics()
  const read = new Map([...files].filter(([path]) => targets.has(targetIn(path))))
  const objects = new Map(
    [...read].map(([path, bytes]) => [path, objectIn(path, bytes, diagnostics)] as const),
  )
  const { ground, owners } = compilation
  if (diagnostics.failed || !ground) {
    const all = [...compilation.diagnostics, ...diagnostics.list()]
    const broken = { ...compilation, rendered: undefined, diagnostics: all }
    return { compilation: broken, side: undefined, read, objects }
  }
  const side: Side = {
    ...{ kubernetes: readKubernetes(), owners, unchanged: () => [], exhibits: new Map() },
    objects: [...objects.values()].flatMap((object) => object ?? []),
    snapshot: { files: new Map(), rendered: new Set(), obstacles: [] },
    // Of sums that leave most targets out no capacity is a measure.
    fleet: { ...ground.fleet, clusters: ground.fleet.clusters.map(withoutCapacity) },
    targets: new Set([...files.keys()].map(targetIn)),
  }
  return { compilation, side, read, objects }
}

function objectIn(path: string, bytes: Uint8Array, { report }: Diagnostics) {
  const { root } = loadDocument(`out/${path}`, bytes, report)
  const file = path.slice(path.lastIndexOf('/') + 1)
  return root?.kind === 'map'
    ? clusterObject(targetIn(path), file, toValue(root) as ValueMap)
    : undefined
}

function withoutCapacity(cluster: Cluster): Cluster {
  return { ...cluster, capacity: new Map() }
}

/** "cq/prod/order" of "cq/prod/order/deployment.yaml". */
function targetIn(path: string): string {
  return path.slice(0, path.lastIndexOf('/'))
}
