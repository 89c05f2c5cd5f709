import { type Compilation, compile } from '../compile.ts'
import { Diagnostics } from '../diagnostics/diagnostics.ts'
import { makeReview } from '../diff/make-review.ts'
import { clusterObject, projectOf, type Side } from '../diff/side.ts'
import { loadDocument } from '../document/load.ts'
import { toValue, type ValueMap } from '../document/node.ts'
import { readOutput } from '../io/committed-output.ts'
import { readKubernetes } from '../io/kubernetes-data.ts'
import type { Cluster } from '../model/fleet.ts'
import { matcher } from '../model/selection.ts'
import type { Comparison } from '../review.ts'
import { isSameBytes } from '../source/snapshot.ts'
import { openRepository, patternsOf, type RepositoryOptions } from './repository.ts'
import type { Terminal } from './terminal.ts'

type Files = ReadonlyMap<string, Uint8Array>

/**
 * Compares `out/` as two states hold it, whoever wrote it. Only what differs is read, so costs are
 * those of the targets that change; and nothing is known of causes.
 */
export async function compareCommitted(
  base: string,
  head: string | undefined,
  options: RepositoryOptions,
  terminal: Terminal,
): Promise<Comparison> {
  const { root } = await openRepository(options, terminal)
  const [old, fresh] = [await readOutput(root, base), await readOutput(root, head)]
  const isSelected = selected(options)
  const changed = new Set(
    [...new Set([...old.keys(), ...fresh.keys()])]
      .filter((path) => !isSameBytes(old.get(path), fresh.get(path)))
      .map(targetIn)
      .filter(isSelected),
  )
  const before = await stateOf(base, old, changed, options, terminal)
  const after = await stateOf(head, fresh, changed, options, terminal)
  const sides = before.side && after.side ? { before: before.side, after: after.side } : undefined
  return {
    before: before.compilation,
    after: after.compilation,
    review: sides && makeReview(sides.before, sides.after),
    sides,
  }
}

interface State {
  readonly compilation: Compilation
  readonly side: Side | undefined
}

async function stateOf(
  revision: string | undefined,
  files: Files,
  targets: ReadonlySet<string>,
  options: RepositoryOptions,
  terminal: Terminal,
): Promise<State> {
  const own = { ...options, ...(revision !== undefined && { rev: revision }) }
  const { snapshot } = await openRepository(own, terminal)
  const projects = new Set([...targets].map(projectOf))
  const everywhere = { cluster: () => true, target: () => true }
  const select = { ...everywhere, project: (name: string) => projects.has(name) }
  const kubernetes = readKubernetes()
  const compilation = compile(snapshot, { select, kubernetes, judge: false })
  const diagnostics = new Diagnostics()
  const read = [...files].filter(([path]) => targets.has(targetIn(path)))
  const objects = read.flatMap(([path, bytes]) => {
    const { root } = loadDocument(`out/${path}`, bytes, diagnostics.report)
    const file = path.slice(path.lastIndexOf('/') + 1)
    return root?.kind === 'map'
      ? (clusterObject(targetIn(path), file, toValue(root) as ValueMap) ?? [])
      : []
  })
  const { ground, owners } = compilation
  const failed = diagnostics.failed || !ground
  const all = [...compilation.diagnostics, ...diagnostics.list()]
  if (failed) {
    return {
      compilation: { ...compilation, rendered: undefined, diagnostics: all },
      side: undefined,
    }
  }
  return {
    compilation,
    side: {
      ...{ kubernetes, owners, objects, unchanged: [], exhibits: new Map() },
      snapshot: { files: new Map(), rendered: new Set(), obstacles: [] },
      // Of sums that leave most targets out no capacity is a measure.
      fleet: { ...ground.fleet, clusters: ground.fleet.clusters.map(withoutCapacity) },
      targets: new Set([...files.keys()].map(targetIn)),
    },
  }
}

function withoutCapacity(cluster: Cluster): Cluster {
  return { ...cluster, capacity: new Map() }
}

/** "cq/prod/order" of "cq/prod/order/deployment.yaml". */
function targetIn(path: string): string {
  return path.slice(0, path.lastIndexOf('/'))
}

function selected(options: RepositoryOptions): (target: string) => boolean {
  const { region, environment, project } = patternsOf(options)
  const fits = [matcher(region), matcher(environment), matcher(project)]
  return (id) => id.split('/').every((part, index) => fits[index]?.(part) ?? false)
}
