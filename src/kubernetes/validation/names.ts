/** What is wrong with a text; undefined if nothing is. */
export type TextRule = (text: string) => string | undefined

const label = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/
const subdomain = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/
const label1035 = /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/
const labelWithUnderscore = /^[a-z0-9_](?:[-_a-z0-9]*[a-z0-9_])?$/
const word = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/
const mostRecalled = 2000
const ends = 'with a letter or digit at both ends'

/** RFC 1123 label; apimachinery util/validation IsDNS1123Label. */
export const dnsLabel: TextRule = (text) => {
  if (text.length > 63) return tooLong(63)
  return label.test(text) ? undefined : `only a-z, 0-9 and "-" are legal, ${ends}`
}

/** RFC 1035 label; IsDNS1035Label. */
export const dns1035Label: TextRule = (text) => {
  if (text.length > 63) return tooLong(63)
  if (label1035.test(text)) return undefined
  return 'only a-z, 0-9 and "-" are legal, with a letter first and a letter or digit last'
}

/** RFC 1123 subdomain; IsDNS1123Subdomain. */
export const dnsSubdomain: TextRule = (text) => {
  if (text.length > 253) return tooLong(253)
  if (subdomain.test(text)) return undefined
  return `only a-z, 0-9, "-" and "." are legal, ${ends} of each part`
}

/** IsDNS1123SubdomainWithUnderscore, for search domains since 1.33. */
export const dnsSubdomainWithUnderscore: TextRule = (text) => {
  if (text.length > 253) return tooLong(253)
  if (text.split('.').every((part) => labelWithUnderscore.test(part))) return undefined
  return `only a-z, 0-9, "-", "_" and "." are legal, and no "-" at an end of a part`
}

/** `*.` and a subdomain; IsWildcardDNS1123Subdomain. */
export const wildcardSubdomain: TextRule = (text) => {
  if (!text.startsWith('*.')) return '"*" may only be its whole first part'
  return text.length > 253 ? tooLong(253) : dnsSubdomain(text.slice(2))
}

/** What may be a part of a URL's path; IsValidPathSegmentName. */
export const pathSegment: TextRule = (text) => {
  if (text === '.' || text === '..') return 'it would be another place in a path'
  return /[/%]/.test(text) ? '"/" and "%" are not legal' : undefined
}

/** A name with an optional DNS prefix; IsQualifiedName. */
export const qualifiedName: TextRule = recalled((text) => {
  const slash = text.indexOf('/')
  const name = text.slice(slash + 1)
  if (slash !== -1) {
    const fault = slash === 0 ? 'it is empty' : dnsSubdomain(text.slice(0, slash))
    if (fault !== undefined) return `of its part before the "/", ${fault}`
  }
  if (name === '') return 'there is no name'
  if (name.length > 63) return `${tooLong(63)} (not counting a prefix)`
  if (name.includes('/')) return 'only one "/" is legal'
  return word.test(name) ? undefined : `only letters, digits, "-", "_" and "." are legal, ${ends}`
})

/** IsValidLabelValue. */
export const labelValue: TextRule = (text) => {
  if (text.length > 63) return tooLong(63)
  if (text === '' || word.test(text)) return undefined
  return `only letters, digits, "-", "_" and "." are legal, ${ends}`
}

/** RFC 6335; IsValidPortName. */
export const portName: TextRule = (text) => {
  if (text.length > 15) return tooLong(15)
  if (!/^[-a-z0-9]+$/.test(text)) return 'only a-z, 0-9 and "-" are legal'
  if (!/[a-z]/.test(text)) return 'it needs at least one letter'
  if (text.includes('--')) return 'two "-" in a row are not legal'
  return /^-|-$/.test(text) ? 'a "-" at an end is not legal' : undefined
}

/** IsEnvVarName. */
export const strictEnvName: TextRule = (text) => {
  if (!/^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(text)) {
    return 'only letters, digits, "-", "_" and "." are legal, and no digit first'
  }
  return awayFault(text)
}

/** IsRelaxedEnvVarName. */
export const relaxedEnvName: TextRule = (text) => {
  return /^[ -<>-~]+$/.test(text) ? undefined : 'only printable ASCII characters but "=" are legal'
}

/** A key of a ConfigMap or Secret, which becomes the name of a file; IsConfigMapKey. */
export const dataKey: TextRule = (text) => {
  if (text.length > 253) return tooLong(253)
  if (!/^[-._a-zA-Z0-9]+$/.test(text)) return 'only letters, digits, "-", "_" and "." are legal'
  return awayFault(text)
}

/** IsHTTPHeaderName. */
export const headerName: TextRule = (text) => {
  return /^[-A-Za-z0-9]+$/.test(text) ? undefined : 'only letters, digits and "-" are legal'
}

/** A rule that recalls what it said: the keys of labels are few, and asked for thousands of times. */
function recalled(rule: TextRule): TextRule {
  const known = new Map<string, string | undefined>()
  return (text) => {
    if (known.has(text)) return known.get(text)
    const fault = rule(text)
    if (known.size < mostRecalled) known.set(text, fault)
    return fault
  }
}

function awayFault(text: string): string | undefined {
  if (text === '.') return 'it is a place in a path'
  return text.startsWith('..') ? 'it may not begin with ".."' : undefined
}

function tooLong(most: number): string {
  return `it is longer than ${most} characters`
}
