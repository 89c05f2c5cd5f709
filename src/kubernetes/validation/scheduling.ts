import { type Check, type Field, remembered, shown } from './field.ts'
import { checkExpression, checkLabelKey, checkSelector } from './labels.ts'
import { dnsLabel, labelValue } from './names.ts'
import {
  checkAtLeast,
  checkChoice,
  checkGivenChoice,
  checkNotEmpty,
  checkRange,
  checkText,
  checkUnique,
} from './values.ts'

const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute']
/** Before then the selector of a spread constraint was not looked at. */
const spreadSelectors = 27
const always = 'requiredDuringSchedulingIgnoredDuringExecution'
const rather = 'preferredDuringSchedulingIgnoredDuringExecution'

/** Which taints a pod bears (ValidateTolerations). */
export const checkTolerations: Check = remembered((tolerations) => {
  for (const toleration of tolerations.items()) {
    const [key, operator] = [toleration.at('key'), toleration.at('operator')]
    const [value, effect] = [toleration.at('value'), toleration.at('effect')]
    checkLabelKey(key)
    if (key.isEmpty && operator.text !== 'Exists') {
      toleration.refuse('a toleration without a key needs operator Exists')
    }
    if (toleration.at('tolerationSeconds').isSet && effect.text !== 'NoExecute') {
      toleration.at('tolerationSeconds').refuse('tolerationSeconds needs effect NoExecute')
    }
    if (!operator.isEmpty) checkChoice(operator, ['Equal', 'Exists'])
    if (operator.text === 'Exists') {
      if (value.text) value.refuse('operator Exists takes no value')
    } else {
      checkText(value, 'value of a taint', labelValue)
    }
    if (!effect.isEmpty) checkChoice(effect, effects)
  }
})

/** How pods are spread (validateTopologySpreadConstraints). */
export const checkSpread: Check = remembered((constraints) => {
  const items = constraints.items()
  for (const constraint of items) {
    const when = constraint.at('whenUnsatisfiable')
    checkAtLeast(constraint.at('maxSkew'), 1)
    checkNotEmpty(constraint.at('topologyKey'), 'topologyKey')
    checkGivenChoice(when, ['DoNotSchedule', 'ScheduleAnyway'])
    checkAtLeast(constraint.at('minDomains'), 1)
    if (constraint.at('minDomains').isSet && when.text !== 'DoNotSchedule') {
      constraint.at('minDomains').refuse('minDomains needs whenUnsatisfiable DoNotSchedule')
    }
    checkGivenChoice(constraint.at('nodeAffinityPolicy'), ['Honor', 'Ignore'])
    checkGivenChoice(constraint.at('nodeTaintsPolicy'), ['Honor', 'Ignore'])
    checkMatchLabelKeys(constraint.at('matchLabelKeys'), constraint.at('labelSelector'))
    if (constraint.minor >= spreadSelectors) checkSelector(constraint.at('labelSelector'))
  }
  checkUnique(items, 'the constraint of', (constraint) => {
    return `${constraint.at('topologyKey').text} ${constraint.at('whenUnsatisfiable').text}`
  })
})

function checkMatchLabelKeys(keys: Field, selector: Field): void {
  if (keys.isEmpty) return
  if (!selector.isSet) keys.refuse('matchLabelKeys needs a labelSelector')
  const known = new Set(
    selector
      .at('matchLabels')
      .entries()
      .map(([key]) => key),
  )
  for (const expression of selector.at('matchExpressions').items()) {
    known.add(expression.at('key').text ?? '')
  }
  for (const key of keys.items()) {
    checkLabelKey(key)
    if (key.text && known.has(key.text)) key.refuse(`${key.text} is in labelSelector as well`)
  }
}

/** Which nodes and pods a pod wants near it (validateAffinity). */
export const checkAffinity: Check = remembered((affinity) => {
  const nodes = affinity.at('nodeAffinity')
  const terms = nodes.at(always, 'nodeSelectorTerms')
  if (nodes.at(always).isSet && terms.isSet && terms.isEmpty) {
    terms.refuse('there must be at least one of nodeSelectorTerms')
  }
  for (const term of terms.items()) checkNodeTerm(term)
  for (const preference of nodes.at(rather).items()) {
    checkRange(preference.at('weight'), 1, 100)
    checkNodeTerm(preference.at('preference'))
  }
  for (const kind of ['podAffinity', 'podAntiAffinity']) {
    for (const term of affinity.at(kind, always).items()) checkPodTerm(term)
    for (const weighted of affinity.at(kind, rather).items()) {
      checkRange(weighted.at('weight'), 1, 100)
      checkPodTerm(weighted.at('podAffinityTerm'))
    }
  }
})

function checkNodeTerm(term: Field): void {
  for (const expression of term.at('matchExpressions').items()) {
    checkExpression(expression, ['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt'])
  }
  for (const field of term.at('matchFields').items()) {
    const key = field.at('key')
    if (key.text !== undefined && key.text !== 'metadata.name') {
      key.refuse(`${shown(key.text)} is no field of nodes; there is metadata.name`)
    }
    checkGivenChoice(field.at('operator'), ['In', 'NotIn'])
    if (field.at('values').items().length !== 1) field.refuse('matchFields needs one value')
  }
}

function checkPodTerm(term: Field): void {
  checkSelector(term.at('labelSelector'))
  checkSelector(term.at('namespaceSelector'))
  for (const namespace of term.at('namespaces').items()) {
    checkText(namespace, 'name of a namespace', dnsLabel)
  }
  checkNotEmpty(term.at('topologyKey'), 'topologyKey')
  checkLabelKey(term.at('topologyKey'))
}
