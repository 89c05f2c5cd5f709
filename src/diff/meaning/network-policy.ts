import { maps } from '../../check/fleet/references.ts'
import { fieldAt } from '../../check/fleet/rendered-object.ts'
import { isList, type Value, type ValueMap } from '../../document/node.ts'
import { isSame } from '../../document/same.ts'
import { networkPolicy } from './kinds.ts'
import type { Rule } from './rule.ts'
import type { Situation } from './situation.ts'
import { verdict } from './verdict.ts'

// https://kubernetes.io/docs/concepts/services-networking/network-policies/

export const networkPolicies: readonly Rule[] = [
  {
    kinds: [networkPolicy],
    at: ['/spec'],
    when: (_, situation) => isLoosened(situation),
    means: verdict(
      'exposure',
      'medium→high',
      'The policy lets more through than before, or protects other pods.',
    ),
  },
  {
    kinds: [networkPolicy],
    at: ['/spec'],
    means: verdict(
      'traffic',
      'medium→high',
      'The policy lets less through than before: connections that it no longer allows break at once.',
    ),
  },
]

/** Whether a policy may let through what it did not let through before. */
function isLoosened({ before, after }: Situation): boolean {
  const [old, now] = [fieldAt(before, 'spec'), fieldAt(after, 'spec')]
  if (!isSame(fieldAt(old, 'podSelector'), fieldAt(now, 'podSelector'))) return true
  return directions.some(({ name, rules, peers }) => {
    if (!isRestricted(old, name)) return false
    if (!isRestricted(now, name)) return true
    const known = maps(fieldAt(old, rules)).map(([, rule]) => rule)
    return maps(fieldAt(now, rules)).some(([, rule]) => {
      return !known.some((other) => isWithin(rule, other, peers))
    })
  })
}

const directions = [
  { name: 'Ingress', rules: 'ingress', peers: 'from' },
  { name: 'Egress', rules: 'egress', peers: 'to' },
] as const

/** Without `policyTypes`, incoming connections always, outgoing ones if there are rules for them. */
function isRestricted(spec: Value | undefined, direction: 'Ingress' | 'Egress'): boolean {
  const types = fieldAt(spec, 'policyTypes')
  if (isList(types)) return types.includes(direction)
  return direction === 'Ingress' || fieldAt(spec, 'egress') !== undefined
}

/** Whether one rule allows nothing that another does not: its peers and ports are among the other's. */
function isWithin(rule: ValueMap, other: ValueMap, peers: string): boolean {
  return [peers, 'ports'].every((field) => {
    const [own, wider] = [rule[field], other[field]]
    if (!isList(wider) || wider.length === 0) return true
    if (!isList(own) || own.length === 0) return false
    return own.every((item) => wider.some((known) => isSame(item, known)))
  })
}
