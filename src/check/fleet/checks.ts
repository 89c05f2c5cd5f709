import type { Schemas } from '../../model/schemas.ts'
import type { Accuse, Exhibit } from '../exhibit.ts'
import { checkClaims, checkData } from './claimed-twice.ts'
import { contentOf } from './cluster-content.ts'
import { checkReferences } from './dangling-reference.ts'
import { checkDuplicates } from './duplicate-object.ts'
import type { FleetCheck, Whole } from './fleet-check.ts'
import { checkEvictions } from './no-eviction.ts'
import { checkCapacity } from './over-capacity.ts'
import { checkSelectors } from './overlapping-selectors.ts'
import { checkAutoscalers } from './replicas-and-autoscaler.ts'

/** All of them, in the order in which they make most sense to read. */
export const fleetChecks: readonly FleetCheck[] = [
  checkDuplicates,
  checkClaims,
  checkSelectors,
  checkReferences,
  checkAutoscalers,
  checkEvictions,
  checkCapacity,
]

/** What is rendered of a fleet. */
export interface Rendered extends Pick<Whole, 'fleet' | 'isComplete'> {
  readonly schemas: Schemas
  /** The targets by cluster. One is asked for, judged and let go of after the other. */
  readonly clusters: () => Iterable<readonly Exhibit[]>
  /** All targets that have data which a schema calls unique; their manifests are not looked at. */
  readonly claimants: Iterable<Exhibit>
}

/** Judges the fleet as a whole. */
export function checkFleet(rendered: Rendered, accuse: Accuse): void {
  const { fleet, isComplete, schemas, clusters, claimants } = rendered
  checkData(claimants, schemas, accuse)
  for (const exhibits of clusters()) {
    for (const content of contentOf(exhibits)) {
      for (const check of fleetChecks) check({ fleet, isComplete, content }, accuse)
    }
  }
}
