/** A name whose value is a secret, if it looks like one: `DB_PASSWORD`, `apiKey`, `auth.token`. */
export function isTelling(name: string): boolean {
  if (!tellingPart.test(name)) return false
  const words = wordsOf(name)
  if (words.some((word) => word === 'public' || word === 'pub')) return false
  const last = words.at(-1) ?? ''
  if (about.has(last)) return false
  if (last === 'pass' || last === 'auth') return true
  return words.some((word, index) => {
    if (ends.test(word) || /密码|密钥|口令/.test(word)) return true
    return (word === 'key' || word === 'keys') && kinds.has(words[index - 1] ?? '')
  })
}

/** A part of every telling name, for passing over lines that hold none. */
export const tellingPart = /pass|pwd|secret|token|key|cred|auth|密码|密钥|口令/i

/** What a name ends in that says something about a secret, not the secret. */
const about: ReadonlySet<string> = new Set([
  ...['name', 'names', 'ref', 'refs', 'reference', 'file', 'path', 'dir', 'folder', 'mount'],
  ...['url', 'uri', 'endpoint', 'host', 'address', 'issuer', 'audience', 'provider', 'store'],
  ...['id', 'arn', 'type', 'kind', 'class', 'version', 'algorithm', 'alg', 'format', 'encoding'],
  ...['ttl', 'expiry', 'expiration', 'seconds', 'minutes', 'hours', 'days', 'timeout', 'age'],
  ...['length', 'size', 'min', 'max', 'count', 'limit', 'policy', 'rotation', 'enabled'],
  ...['header', 'field', 'label', 'prefix', 'suffix', 'description', 'role', 'scope', 'scopes'],
])

const ends =
  /(?:passwords?|passwd|passwort|pwd|passphrase|secrets?|tokens?|credentials?|apikeys?|privatekey|accesskey|secretkey)$/

/** The keys that are secret: a `key` alone may be that of a map. */
const kinds: ReadonlySet<string> = new Set([
  ...['api', 'private', 'access', 'secret', 'encryption', 'signing', 'signature', 'master'],
  ...['app', 'auth', 'hmac', 'aes', 'jwt', 'session', 'account', 'storage', 'shared', 'license'],
])

function wordsOf(name: string): string[] {
  const apart = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2')
  return apart
    .toLowerCase()
    .split(/[^a-z0-9\u0080-\uffff]+/)
    .filter((word) => word !== '')
}
