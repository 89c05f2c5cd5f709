import type { Fleet } from '../../model/fleet.ts'
import type { Accuse } from '../exhibit.ts'
import type { ClusterContent } from './cluster-content.ts'

/** All that is rendered for a cluster, for what no single target shows. */
export interface Whole {
  readonly fleet: Fleet
  readonly content: ClusterContent
  /**
   * Whether nothing is missing: every target was selected, and all could be rendered. If not, what
   * is not there may only not have been looked at, and sums are too low.
   */
  readonly isComplete: boolean
}

/** A check over all that is in one cluster. */
export type FleetCheck = (whole: Whole, accuse: Accuse) => void
