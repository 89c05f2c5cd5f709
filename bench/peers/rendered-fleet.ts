import { compile } from '../../src/compile.ts'
import type { ValueMap } from '../../src/document/node.ts'
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
}

/** A generated fleet, rendered in memory; by region, project and environment. */
export function renderFleet(options: FleetOptions): RenderedTarget[] {
  const { targets, planOf, failed } = compile(snapshotOf(generateFleet(options)))
  if (failed) throw new Error('the generated fleet cannot be rendered')
  return targets
    .map((target) => {
      const [region = '', environment = '', project = ''] = target.id.split('/')
      const { manifests } = renderTarget(target, planOf(target), () => {})
      const objects = manifests.map(({ value }) => value)
      return { project, environment, region, runtime: String(target.user.runtime), objects }
    })
    .sort((one, other) => {
      if (one.region !== other.region) return one.region < other.region ? -1 : 1
      return one.project < other.project ? -1 : one.project > other.project ? 1 : 0
    })
}
