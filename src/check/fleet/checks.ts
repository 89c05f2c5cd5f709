import type { Accuse } from '../exhibit.ts'
import { checkClaims } from './claimed-twice.ts'
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

/** Judges the fleet as a whole. */
export function checkFleet(rendered: Omit<Whole, 'clusters'>, accuse: Accuse): void {
  const whole = { ...rendered, clusters: contentOf(rendered.exhibits) }
  for (const check of fleetChecks) check(whole, accuse)
}
