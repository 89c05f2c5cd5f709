import type { Fleet } from '../../model/fleet.ts'
import type { Schemas } from '../../model/schemas.ts'
import type { Accuse, Exhibit } from '../exhibit.ts'
import type { ClusterContent } from './cluster-content.ts'

/** All that is rendered, for what no single target shows. */
export interface Whole {
  readonly fleet: Fleet
  readonly schemas: Schemas
  readonly exhibits: readonly Exhibit[]
  readonly clusters: readonly ClusterContent[]
  /**
   * Whether nothing is missing: every target was selected, and all could be rendered. If not, what
   * is not there may only not have been looked at, and sums are too low.
   */
  readonly isComplete: boolean
}

/** A check over the fleet as a whole. */
export type FleetCheck = (whole: Whole, accuse: Accuse) => void
