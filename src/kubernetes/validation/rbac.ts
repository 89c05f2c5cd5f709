import { type Check, type Field, remembered, shown } from './field.ts'
import { checkSelector } from './labels.ts'
import { dnsSubdomain, pathSegment } from './names.ts'
import { checkGivenChoice, checkNotEmpty, checkText } from './values.ts'

const group = 'rbac.authorization.k8s.io'

/** rbac/validation ValidateRole and ValidateClusterRole. */
export function checkRole(object: Field): void {
  const isNamespaced = object.at('kind').text === 'Role'
  for (const rule of object.at('rules').items()) {
    if (isNamespaced) checkNamespacedRule(rule)
    else checkRule(rule)
  }
  const aggregation = object.at('aggregationRule')
  if (aggregation.isSet && aggregation.at('clusterRoleSelectors').isEmpty) {
    aggregation.refuse('aggregationRule needs clusterRoleSelectors')
  }
  for (const selector of aggregation.at('clusterRoleSelectors').items()) checkSelector(selector)
}

/** ValidatePolicyRule: resources or URLs, not both. */
const checkRule: Check = remembered((rule) => {
  const [verbs, urls] = [rule.at('verbs'), rule.at('nonResourceURLs')]
  if (verbs.isSet && verbs.isEmpty) verbs.refuse('a rule needs verbs')
  const [groups, resources] = [rule.at('apiGroups'), rule.at('resources')]
  if (!urls.isEmpty) {
    const other = [resources, groups, rule.at('resourceNames')].find((field) => !field.isEmpty)
    if (!other) return
    const others = [{ pointer: other.pointer, message: other.name }]
    urls.refuse('a rule is either for resources or for nonResourceURLs', { others })
    return
  }
  if (groups.isEmpty) groups.refuse('a rule for resources needs apiGroups; "" is the core group')
  if (resources.isEmpty) resources.refuse('a rule needs resources or nonResourceURLs')
})

const checkNamespacedRule: Check = remembered((rule) => {
  checkRule(rule)
  const urls = rule.at('nonResourceURLs')
  if (!urls.isEmpty) urls.refuse('nonResourceURLs are for a ClusterRole')
})

/** ValidateRoleBinding and ValidateClusterRoleBinding. */
export function checkBinding(object: Field): void {
  const isNamespaced = object.at('kind').text === 'RoleBinding'
  const role = object.at('roleRef')
  checkGroup(role.at('apiGroup'), group)
  checkGivenChoice(role.at('kind'), isNamespaced ? ['Role', 'ClusterRole'] : ['ClusterRole'])
  checkNotEmpty(role.at('name'), 'the name of a role')
  checkText(role.at('name'), 'name of a role', pathSegment)
  for (const subject of object.at('subjects').items()) checkSubject(subject, isNamespaced)
}

function checkSubject(subject: Field, isNamespaced: boolean): void {
  const [kind, name, apiGroup] = [subject.at('kind'), subject.at('name'), subject.at('apiGroup')]
  checkGivenChoice(kind, ['ServiceAccount', 'User', 'Group'])
  checkNotEmpty(name, 'the name of a subject')
  if (kind.text !== 'ServiceAccount') {
    // What is left out is that of RBAC.
    if (apiGroup.text) checkGroup(apiGroup, group)
    return
  }
  checkText(name, 'name of a ServiceAccount', dnsSubdomain)
  if (apiGroup.text) checkGroup(apiGroup, '')
  if (!isNamespaced && subject.at('namespace').isEmpty) {
    subject.refuse('a ServiceAccount needs its namespace here')
  }
}

function checkGroup(field: Field, wanted: string): void {
  const { text } = field
  if (text === undefined || text === wanted || (text === '' && wanted === group)) return
  field.refuse(`${shown(text)} is not the apiGroup here, which is ${shown(wanted)}`)
}
