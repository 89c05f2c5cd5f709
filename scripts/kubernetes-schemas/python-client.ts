import { zipEntries } from '../zip.ts'

/** What one minor version of Kubernetes knows, as the Python client generated from it says. */
export interface Release {
  /** Type → field → what it holds. */
  readonly types: ReadonlyMap<string, ReadonlyMap<string, Field>>
  /** "apps/v1 Deployment" → its type. */
  readonly kinds: ReadonlyMap<string, Kind>
}

export interface Field {
  /** As the client writes it: "str", "list[V1EnvVar]", "dict(str, str)". */
  readonly type: string
  readonly required: boolean
}

export interface Kind {
  readonly type: string
  readonly namespaced: boolean
}

/**
 * Reads a wheel of the PyPI package `kubernetes` that follows a minor version. Files of older
 * versions were left lying about in some wheels: only those that name the right version count.
 */
export function readRelease(wheel: Buffer, minor: number): Release {
  const types = new Map<string, ReadonlyMap<string, Field>>()
  const kinds = new Map<string, Kind>()
  for (const { path, read } of zipEntries(wheel)) {
    const [, folder] = /^kubernetes\/client\/(models|api)\/[a-z]\w*\.py$/.exec(path) ?? []
    const text = folder === undefined ? '' : read().toString('utf8')
    if (!text.includes(`The version of the OpenAPI document: release-1.${minor}\n`)) continue
    if (folder === 'api') for (const [key, kind] of kindsIn(text)) kinds.set(key, kind)
    if (folder === 'models') types.set(...typeIn(text))
  }
  return { types, kinds }
}

function typeIn(text: string): [string, ReadonlyMap<string, Field>] {
  const name = /^class (\w+)\(/m.exec(text)?.[1] ?? ''
  const names = dictionary(text, 'attribute_map')
  const fields = [...dictionary(text, 'openapi_types')].map(([attribute, type]) => {
    const field = { type, required: isRequired(text, attribute) }
    return [names.get(attribute) ?? attribute, field] as const
  })
  return [name, new Map(fields)]
}

/** Clients up to 36 refuse None in a setter; later ones have no default for the field. */
function isRequired(text: string, attribute: string): boolean {
  if (text.includes(`Invalid value for \`${attribute}\`, must not be \`None\``)) return true
  const declared = new RegExp(`^    ${attribute}_?: (.*)$`, 'm').exec(text)?.[1]
  return declared !== undefined && !/^Optional\[|^Any\b/.test(declared)
}

function dictionary(text: string, name: string): ReadonlyMap<string, string> {
  const body = new RegExp(`^    ${name}(?:: [^=]+)? = \\{([^}]*)\\}`, 'm').exec(text)?.[1] ?? ''
  const entries = [...body.matchAll(/["'](\w+)["']: ["']([^"']+)["']/g)]
  return new Map(entries.map(([, key = '', value = '']) => [key, value]))
}

/** Kinds are what can be created under a path of their own. */
function* kindsIn(text: string): Generator<[string, Kind]> {
  const calls = text.split(/\n {4}def /)
  const bodies = new Map<string, string>()
  for (const call of calls) {
    const created = /^create_(\w+)_with_http_info\(/.exec(call)?.[1]
    const type =
      /response_type='(\w+)'/.exec(call)?.[1] ?? /20[01]'?: "(\w+)"/.exec(call)?.[1] ?? ''
    if (created !== undefined) bodies.set(created, type)
    const path = /'(\/apis?\/[^']+)', 'POST'/.exec(call)?.[1]
    if (created !== undefined && path !== undefined) yield* kindAt(path, type)
    const serialized = /^_create_(\w+)_serialize\(/.exec(call)?.[1]
    const resource = /resource_path='([^']+)'/.exec(call)?.[1]
    if (serialized !== undefined && resource !== undefined) {
      yield* kindAt(resource, bodies.get(serialized) ?? '')
    }
  }
}

function* kindAt(path: string, type: string): Generator<[string, Kind]> {
  const served = /^\/apis?\/((?:[^/{}]+\/)?v\d\w*)\/(namespaces\/\{namespace\}\/)?[^/{}]+$/
  const [, apiVersion, namespace] = served.exec(path) ?? []
  const kind = kindOf(type)
  if (apiVersion === undefined || kind === undefined) return
  yield [`${apiVersion} ${kind}`, { type, namespaced: namespace !== undefined }]
}

/** "V1Pod", "CoreV1Event" and "NetworkingV1beta1Ingress" without what tells versions apart. */
export function kindOf(type: string): string | undefined {
  return /^[A-Za-z]*?V\d+(?:(?:alpha|beta)\d+)?([A-Z]\w*)$/.exec(type)?.[1]
}
