import { compile } from '../../src/compile.ts'
import { loadDocument } from '../../src/document/load.ts'
import { toValue, type ValueMap } from '../../src/document/node.ts'
import { renderTarget } from '../../src/plan/render-target.ts'
import { type FleetOptions, generateFleet, snapshotOf } from '../generate-fleet.ts'

export interface TargetName {
  readonly project: string
  readonly environment: string
  readonly region: string
}

/** What one target renders, as data: what every peer has to make as well. */
export interface RenderedTarget extends TargetName {
  /** What its objects have their form from. */
  readonly runtime: string
  readonly objects: readonly ValueMap[]
  /** What its project.yaml holds, for all environments. */
  readonly written: ValueMap
  /** What its pipeline supplies for its environment, for all regions. */
  readonly supplied: ValueMap
}

/** A generated fleet, rendered in memory; by region, project and environment. */
export function renderFleet(options: FleetOptions): RenderedTarget[] {
  const files = generateFleet(options)
  const { targets, planOf, failed } = compile(snapshotOf(files))
  if (failed) throw new Error('the generated fleet cannot be rendered')
  return targets
    .map((target) => {
      const [region = '', environment = '', project = ''] = target.id.split('/')
      const { manifests } = renderTarget(target, planOf(target), () => {})
      const objects = manifests.map(({ value }) => value)
      const runtime = String(target.user.runtime)
      const written = contentOf(`projects/${project}/project.yaml`)
      const supplied = contentOf(`projects/${project}/pipeline/${environment}.yaml`)
      return { project, environment, region, runtime, objects, written, supplied }
    })
    .sort((one, other) => {
      if (one.region !== other.region) return one.region < other.region ? -1 : 1
      return one.project < other.project ? -1 : one.project > other.project ? 1 : 0
    })

  function contentOf(path: string): ValueMap {
    const { root } = loadDocument(path, Buffer.from(files.get(path) ?? ''), () => {})
    return root ? (toValue(root) as ValueMap) : {}
  }
}
