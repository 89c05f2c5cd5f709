/** What an image reference says. */
export interface Image {
  /** Host and port as they are written; undefined where the runtime's default registry is meant. */
  readonly registry: string | undefined
  /** The path below the registry, without tag and digest. */
  readonly repository: string
  readonly tag: string | undefined
  /** `sha256:…` */
  readonly digest: string | undefined
}

const path = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/
const host =
  /^(?:(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])(?:\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?$/
const tagged = /^\w[\w.-]{0,127}$/
const digested = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/
const lengths: ReadonlyMap<string, number> = new Map([
  ['sha256', 64],
  ['sha384', 96],
  ['sha512', 128],
])

/**
 * Reads an image reference by the grammar of distribution/reference, which the kubelet and the
 * container runtimes use. The first part is the registry if it holds a dot or a colon, a capital
 * letter, or is `localhost`: so `evil.example.com/trusted/app` can never pass for `trusted/app`,
 * and a text with `@` that is no digest is refused. Undefined for what no runtime would pull.
 */
export function parseImage(text: string): Image | undefined {
  const at = text.indexOf('@')
  const digest = at === -1 ? undefined : text.slice(at + 1)
  if (digest !== undefined && !isDigest(digest)) return undefined
  const named = at === -1 ? text : text.slice(0, at)
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1)
  const tag = colon === -1 ? undefined : named.slice(colon + 1)
  if (tag !== undefined && !tagged.test(tag)) return undefined
  const name = colon === -1 ? named : named.slice(0, colon)
  const slash = name.indexOf('/')
  const first = slash === -1 ? '' : name.slice(0, slash)
  const registry = isRegistry(first) ? first : undefined
  const repository = registry === undefined ? name : name.slice(slash + 1)
  if (registry !== undefined && !host.test(registry)) return undefined
  if (repository.length > 255 || !repository.split('/').every((part) => path.test(part))) {
    return undefined
  }
  // Without its registry it would read as an identifier of 64 digits, which names no repository.
  if (registry === undefined && /^[a-f0-9]{64}$/.test(repository)) return undefined
  return { registry, repository, tag, digest }
}

function isRegistry(first: string): boolean {
  return /[.:A-Z]/.test(first) || first === 'localhost'
}

function isDigest(text: string): boolean {
  if (!digested.test(text)) return false
  const colon = text.indexOf(':')
  const hex = text.slice(colon + 1)
  const length = lengths.get(text.slice(0, colon))
  return length !== undefined && hex.length === length && hex === hex.toLowerCase()
}
