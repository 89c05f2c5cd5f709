import type { Field } from './field.ts'
import { checkAtMostAll, checkIntOrPercent } from './int-or-percent.ts'
import { checkSelector } from './labels.ts'
import { checkGivenChoice, refuseSecond } from './values.ts'

/** policy/validation ValidatePodDisruptionBudgetSpec. */
export function checkPodDisruptionBudget(object: Field): void {
  const spec = object.at('spec')
  const [least, most] = [spec.at('minAvailable'), spec.at('maxUnavailable')]
  if (least.isSet && most.isSet) refuseSecond(most, least, 'a PodDisruptionBudget')
  for (const count of [least, most]) {
    checkIntOrPercent(count)
    checkAtMostAll(count)
  }
  checkSelector(spec.at('selector'))
  checkGivenChoice(spec.at('unhealthyPodEvictionPolicy'), ['AlwaysAllow', 'IfHealthyBudget'])
}
