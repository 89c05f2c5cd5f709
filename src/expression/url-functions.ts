import { failure } from './library-error.ts'

/** A URL that is absolute, or a path from the root, as Kubernetes' CEL takes it. */
export class Url {
  readonly text: string
  readonly scheme: string
  /** With its port. */
  readonly host: string
  readonly path: string
  readonly query: string

  constructor(text: string, [scheme = '', host = '', path = '', query = '']: readonly string[]) {
    this.text = text
    this.scheme = scheme
    this.host = host
    this.path = path
    this.query = query
  }
}

export const urlFunctions: Readonly<Record<string, (...args: never[]) => unknown>> = {
  'url(string): URL': toUrl,
  'isURL(string): bool': (text: string) => parseUrl(text) !== undefined,
  'string(URL): string': (url: Url) => url.text,
  'URL.getScheme(): string': (url: Url) => url.scheme,
  'URL.getHost(): string': (url: Url) => url.host,
  'URL.getHostname(): string': ({ host }: Url) => splitPort(host)[0].replace(/^\[|\]$/g, ''),
  'URL.getPort(): string': ({ host }: Url) => splitPort(host)[1],
  'URL.getEscapedPath(): string': (url: Url) => url.path,
  'URL.getQuery(): map<string, list<string>>': ({ query }: Url) => parametersOf(query),
}

function toUrl(text: string): Url {
  const url = parseUrl(text)
  if (url) return url
  throw failure(`${JSON.stringify(text)} is no URL: it needs a scheme, or to begin with "/"`)
}

/** RFC 3986, section 3, without a fragment, which a request never has. */
const shape =
  /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?:\/\/((?:[^/?#[\]@\s]*@)?(?:\[[0-9A-Fa-f:.%]+\]|[^/?#[\]@:\s]*)(?::\d*)?))?([^?\s]*)(?:\?([^\s]*))?$/

function parseUrl(text: string): Url | undefined {
  const [, scheme, authority, path = '', query] = shape.exec(text) ?? []
  if (scheme === undefined && !text.startsWith('/')) return undefined
  if (/%(?![0-9A-Fa-f]{2})/.test(path) || (authority && !(path === '' || path.startsWith('/')))) {
    return undefined
  }
  const host = authority?.replace(/^[^@]*@/, '')
  return new Url(text, [scheme?.toLowerCase() ?? '', host ?? '', path, query ?? ''])
}

function splitPort(host: string): [name: string, port: string] {
  const [, name = '', port = ''] = /^(\[[^\]]*\]|[^:]*)(?::(\d*))?$/.exec(host) ?? []
  return [name, port]
}

function parametersOf(query: string): Readonly<Record<string, readonly string[]>> {
  const found: Record<string, string[]> = {}
  for (const [key, value] of new URLSearchParams(query)) {
    const known = Object.hasOwn(found, key) ? (found[key] ?? []) : []
    Object.defineProperty(found, key, {
      value: [...known, value],
      enumerable: true,
      configurable: true,
    })
  }
  return found
}
