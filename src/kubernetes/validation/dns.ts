import { type Field, remembered, shown } from './field.ts'
import { dnsSubdomain, dnsSubdomainWithUnderscore } from './names.ts'
import { checkChoice, checkIp } from './values.ts'

/** ExpandedDNSConfig, on since then: 32 search domains and 2048 characters instead of 6 and 256. */
const manySearches = 26
/** RelaxedDNSSearchValidation, on since then. */
const relaxedSearches = 33

/** How a pod resolves names (validateDNSPolicy, validatePodDNSConfig). */
export function checkDns(spec: Field): void {
  const [policy, config] = [spec.at('dnsPolicy'), spec.at('dnsConfig')]
  checkChoice(policy, ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'])
  if (policy.text === 'None' && config.at('nameservers').isEmpty) {
    policy.refuse('dnsPolicy None needs at least one of dnsConfig.nameservers')
  }
  checkConfig(config)
}

const checkConfig = remembered((config) => {
  const [nameservers, searches] = [config.at('nameservers'), config.at('searches')]
  const servers = nameservers.items()
  if (servers.length > 3) nameservers.refuse(`there may be 3 nameservers, not ${servers.length}`)
  for (const server of servers) checkIp(server)
  checkSearches(searches)
  for (const option of config.at('options').items()) {
    if (option.at('name').isEmpty) option.refuse('an option needs a name')
  }
})

function checkSearches(searches: Field): void {
  const { minor } = searches
  const [most, mostLong] = minor < manySearches ? [6, 256] : [32, 2048]
  const items = searches.items()
  const length = items.map(({ text }) => text ?? '').join(' ').length
  if (items.length > most) {
    searches.refuse(`Kubernetes 1.${minor} takes ${most} search domains, not ${items.length}`)
  }
  if (length > mostLong) {
    searches.refuse(
      `Kubernetes 1.${minor} takes search domains of ${mostLong} characters together, not ${length}`,
    )
  }
  for (const search of items) {
    const { text } = search
    if (text === undefined || (text === '.' && minor >= relaxedSearches)) continue
    const rule = minor < relaxedSearches ? dnsSubdomain : dnsSubdomainWithUnderscore
    const fault = rule(text.replace(/\.$/, ''))
    if (fault !== undefined) search.refuse(`${shown(text)} is no search domain: ${fault}`)
  }
}
