import type { Field } from './field.ts'
import { checkGivenChoice } from './values.ts'

const highest = 1_000_000_000
const reserved: ReadonlyMap<string, number> = new Map([
  ['system-node-critical', 2_000_001_000],
  ['system-cluster-critical', 2_000_000_000],
])

/** scheduling/validation ValidatePriorityClass. */
export function checkPriorityClass(object: Field): void {
  const [name, value] = [object.at('metadata', 'name'), object.at('value')]
  const { text = '' } = name
  if (text.startsWith('system-')) {
    if (reserved.get(text) !== value.number) name.refuse('"system-" is for the system itself')
  } else if (value.number !== undefined && value.number > highest) {
    value.refuse(`${value.number} is more than ${highest}, the highest priority`)
  }
  checkGivenChoice(object.at('preemptionPolicy'), ['Never', 'PreemptLowerPriority'])
}
