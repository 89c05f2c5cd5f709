import type { Accuse } from '../exhibit.ts'
import { autoscalersOf } from './autoscalers.ts'
import type { Whole } from './fleet-check.ts'
import { othersThan } from './parties.ts'
import { fieldAt, spotIn, titleOf } from './rendered-object.ts'

const scaleTarget = '/spec/scaleTargetRef'
const cure = 'leave replicas out of the workload, and let them be the least of the autoscaler'

/**
 * Refuses replicas beside an autoscaler: every time the manifest is applied they undo what it has
 * decided. And two autoscalers for one workload, which undo each other's.
 */
export function checkAutoscalers({ content }: Whole, accuse: Accuse): void {
  for (const [workload, autoscalers] of autoscalersOf(content)) {
    const [first, ...others] = autoscalers
    if (!first) continue
    const places = autoscalers.map(({ object }) => spotIn(object, scaleTarget))
    if (fieldAt(workload.value, 'spec', 'replicas') !== undefined) {
      const at = spotIn(workload, '/spec/replicas')
      accuse({
        id: 'replicas-and-autoscaler',
        message: `${titleOf(workload)} states its replicas, and ${titleOf(first.object)} decides about them`,
        at,
        parties: othersThan(at, [at, ...places], 'it is scaled here', 'it is scaled here'),
        same: 'replicas',
        byTemplate: { help: cure },
        help: cure,
      })
    }
    for (const [index, { object }] of others.entries()) {
      const at = places[index + 1]
      if (!at) continue
      accuse({
        id: 'replicas-and-autoscaler',
        message: `${titleOf(first.object)} and ${titleOf(object)} both scale ${titleOf(workload)}`,
        at,
        parties: othersThan(at, places),
        same: 'autoscaler',
        help: 'one autoscaler may have several metrics or triggers',
      })
    }
  }
}
