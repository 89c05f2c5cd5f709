import { type Field, shown } from './field.ts'
import { dnsLabel, pathSegment } from './names.ts'
import { quantityIn } from './resources.ts'
import {
  checkAtLeast,
  checkGivenChoice,
  checkNotEmpty,
  checkRange,
  checkRequiredText,
  membersOf,
  refuseSecond,
} from './values.ts'

/** A metric's types, and the field that each one needs. */
const sources: ReadonlyMap<string, string> = new Map([
  ['Object', 'object'],
  ['Pods', 'pods'],
  ['Resource', 'resource'],
  ['External', 'external'],
  ['ContainerResource', 'containerResource'],
])
const mostStabilization = 3600
const mostPeriod = 1800

/** autoscaling/validation; metrics and behavior of v2 and v2beta2, which have one form. */
export function checkHorizontalPodAutoscaler(object: Field): void {
  const spec = object.at('spec')
  const [least, most] = [spec.at('minReplicas'), spec.at('maxReplicas')]
  checkAtLeast(least, 1)
  checkAtLeast(most, 1)
  if (least.number !== undefined && most.number !== undefined && most.number < least.number) {
    const others = [{ pointer: least.pointer, message: 'minReplicas' }]
    most.refuse(`maxReplicas ${most.number} is less than minReplicas ${least.number}`, { others })
  }
  for (const key of ['kind', 'name']) {
    checkRequiredText(spec.at('scaleTargetRef', key), `${key} of an object`, pathSegment)
  }
  checkTarget(spec.at('scaleTargetRef'))
  checkAtLeast(spec.at('targetCPUUtilizationPercentage'), 1)
  const version = object.at('apiVersion').text
  if (version !== 'autoscaling/v2' && version !== 'autoscaling/v2beta2') return
  for (const metric of spec.at('metrics').items()) checkMetric(metric)
  for (const direction of ['scaleUp', 'scaleDown']) checkRules(spec.at('behavior', direction))
}

/** ValidateAPIVersion: the group must be said; only the core has none. */
function checkTarget(target: Field): void {
  const version = target.at('apiVersion')
  if (!target.isSet || target.minor < targetsWithGroup || version.text?.includes('/')) return
  if (target.at('kind').text === 'ReplicationController') return
  version.refuse('scaleTargetRef needs an apiVersion with its group, such as apps/v1')
}

const targetsWithGroup = 35

/** validateMetricSpec: the field that the type needs, and no other. */
function checkMetric(metric: Field): void {
  const type = metric.at('type')
  checkGivenChoice(type, [...sources.keys()])
  const needed = sources.get(type.text ?? '')
  const members = membersOf(metric, [...sources.values()])
  if (needed !== undefined) {
    const own = metric.at(needed)
    if (!own.isSet) type.refuse(`the type ${type.text} needs ${needed}`)
    for (const member of members) {
      if (member.name !== needed) refuseSecond(member, own.isSet ? own : type, 'a metric')
    }
  }
  for (const member of members) checkSource(member)
}

function checkSource(source: Field): void {
  const target = source.at('target')
  if (source.name === 'resource' || source.name === 'containerResource') {
    checkNotEmpty(source.at('name'), 'the name of a resource')
    checkOneTarget(target, ['averageUtilization', 'averageValue'])
  } else {
    checkRequiredText(source.at('metric', 'name'), 'name of a metric', pathSegment)
    checkOneTarget(
      target,
      source.name === 'pods' ? ['averageValue'] : ['value', 'averageValue'],
      source.name === 'object',
    )
  }
  if (source.name === 'containerResource') {
    checkRequiredText(source.at('container'), 'name of a container', dnsLabel)
  }
  for (const key of ['kind', 'name']) {
    checkRequiredText(source.at('describedObject', key), `${key} of an object`, pathSegment)
  }
}

/** validateMetricTarget, and which of its values the kind of metric takes. */
function checkOneTarget(target: Field, keys: readonly string[], mayHaveBoth = false): void {
  if (!target.isSet) return
  const type = target.at('type')
  checkGivenChoice(type, ['Utilization', 'Value', 'AverageValue'])
  const [first, second] = membersOf(target, keys)
  if (!first) target.refuse(`this target needs ${keys.join(' or ')}`)
  else if (second && !mayHaveBoth) refuseSecond(second, first, 'a target')
  for (const key of ['value', 'averageValue']) {
    const quantity = quantityIn(target.at(key))
    if (quantity && quantity.asApproximateFloat() <= 0) {
      target.at(key).refuse(`${shown(target.at(key).value)} is not more than 0`)
    }
  }
  checkAtLeast(target.at('averageUtilization'), 1)
}

/** validateScalingRules; policies that are left out are the default's. */
function checkRules(rules: Field): void {
  const policies = rules.at('policies')
  checkRange(rules.at('stabilizationWindowSeconds'), 0, mostStabilization)
  checkGivenChoice(rules.at('selectPolicy'), ['Max', 'Min', 'Disabled'])
  if (policies.isSet && policies.isEmpty) policies.refuse('there must be at least one policy')
  for (const policy of policies.items()) {
    checkGivenChoice(policy.at('type'), ['Pods', 'Percent'])
    checkAtLeast(policy.at('value'), 1)
    checkRange(policy.at('periodSeconds'), 1, mostPeriod)
  }
}
