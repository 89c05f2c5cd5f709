import type { Fleet } from '../../model/fleet.ts'
import type { Accuse, Exhibit } from '../exhibit.ts'

/** All that is rendered, for what no single target shows. */
export interface Whole {
  readonly fleet: Fleet
  readonly exhibits: readonly Exhibit[]
}

/** A check over the fleet as a whole. */
export type FleetCheck = (whole: Whole, accuse: Accuse) => void
