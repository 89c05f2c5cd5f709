import { kindOf } from './python-client.ts'

/** A model of the npm package @kubernetes/client-node, read as text and never run. */
export interface Model {
  readonly name: string
  /** Field → its type and format, as the package writes them. */
  readonly fields: ReadonlyMap<string, { readonly type: string; readonly format: string }>
  readonly required: ReadonlySet<string>
}

/**
 * The models in an unpacked tarball. Models of older versions were left lying about in some: only
 * those that name the version most files name count.
 */
export function readModels(files: ReadonlyMap<string, string>): Model[] {
  const scripts = [...files].filter(([path]) => /\/gen\/models?\/[Vv\w]+\.js$/.test(path))
  const versions = new Map<string, number>()
  for (const [, text] of scripts) {
    const version = versionOf(text)
    versions.set(version, (versions.get(version) ?? 0) + 1)
  }
  const [[newest = ''] = []] = [...versions].sort(([, a], [, b]) => b - a)
  return scripts.flatMap(([path, text]) => {
    const name = /^(?:export )?class (\w+) /m.exec(text)?.[1]
    const map = /attributeTypeMap = (\[(?:\n[\s\S]*?\n)?\]);/.exec(text)?.[1]
    if (versionOf(text) !== newest || name === undefined || map === undefined) return []
    const attributes = JSON.parse(map) as { baseName: string; type: string; format?: string }[]
    const fields = attributes.map(
      ({ baseName, type, format = '' }) => [baseName, { type, format }] as const,
    )
    const declaration = files.get(path.replace(/\.js$/, '.d.ts')) ?? ''
    const required = attributes
      .map(({ baseName }) => baseName)
      .filter((field) => new RegExp(`^    '${field}': `, 'm').test(declaration))
    return [{ name, fields: new Map(fields), required: new Set(required) }]
  })
}

function versionOf(text: string): string {
  return /(?:OpenAPI spec version|version of the OpenAPI document): (\S+)/.exec(text)?.[1] ?? ''
}

/** "Kind.field" → its format, where it has one. */
export function formatsOf(models: readonly Model[]): ReadonlyMap<string, string> {
  const formats = models.flatMap(({ name, fields }) => {
    const kind = kindOf(name) ?? name
    return [...fields].map(([field, { format }]) => [`${kind}.${field}`, format] as const)
  })
  return new Map(formats.filter(([, format]) => format !== ''))
}
