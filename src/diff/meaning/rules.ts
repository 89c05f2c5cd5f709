import { configuration, handling, metadata, nextRuns } from './contents.ts'
import { volumesInDanger, volumesOfPods } from './data.ts'
import { immutableFields } from './immutable.ts'
import { networkPolicies } from './network-policy.ts'
import { permissions } from './permissions.ts'
import { restarts } from './restarts.ts'
import { rightsOfPods } from './rights-of-pods.ts'
import { laterRollouts } from './rollouts.ts'
import type { Rule } from './rule.ts'
import { numbersOfPods } from './scale.ts'
import { traffic } from './traffic.ts'

/**
 * What changes of fields mean. The first that fits decides, so what is refused stands before what
 * would follow if it were not, and the particular before the general.
 */
export const fieldRules: readonly Rule[] = [
  ...volumesInDanger,
  ...immutableFields,
  ...handling,
  ...permissions,
  ...traffic,
  ...networkPolicies,
  ...metadata,
  ...rightsOfPods,
  ...volumesOfPods,
  ...restarts,
  ...numbersOfPods,
  ...nextRuns,
  ...laterRollouts,
  ...configuration,
]
