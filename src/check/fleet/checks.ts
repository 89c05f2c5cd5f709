import type { FleetCheck } from './fleet-check.ts'

/** All of them, in the order in which they make most sense to read. */
export const fleetChecks: readonly FleetCheck[] = []
