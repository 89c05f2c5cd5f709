import type { ValueMap } from '../../document/node.ts'
import type { LabelSelector } from '../../model/admission.ts'

/** Whether labels fit a selector; one that says nothing, or is absent, fits all. */
export function selects(
  { matchLabels = {}, matchExpressions = [] }: LabelSelector = {},
  labels: ValueMap,
): boolean {
  const labelOf = (key: string) => (Object.hasOwn(labels, key) ? labels[key] : undefined)
  return (
    Object.entries(matchLabels).every(([key, value]) => labelOf(key) === value) &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      const label = labelOf(key)
      if (operator === 'Exists') return label !== undefined
      if (operator === 'DoesNotExist') return label === undefined
      const isAmong = typeof label === 'string' && values.includes(label)
      return operator === 'In' ? isAmong : !isAmong
    })
  )
}
