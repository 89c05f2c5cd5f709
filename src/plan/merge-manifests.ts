import type { Report } from '../diagnostics/diagnostic.ts'
import { suggest } from '../diagnostics/suggest.ts'
import type { MapNode } from '../document/node.ts'
import { mergeTemplate } from '../merge/merge-template.ts'
import { type CustomTypes, type MergeType, mergeTypeOf } from '../merge/merge-types.ts'
import type { TemplateMap } from '../merge/template.ts'
import type { Layer } from '../model/layer.ts'

/** A manifest's template, merged through all layers of a stack. */
export interface MergedManifest {
  readonly file: string
  readonly template: TemplateMap
  readonly type: MergeType
}

/**
 * Merges the templates of a stack, file by file: in each layer first `_all.yaml`, then the layer's
 * own file. A file that begins with `$from` starts as a copy of another one, merged through all
 * layers. Reported: patches for a manifest that no layer begins, `$from` of nothing or in a circle.
 */
export function mergeManifests(
  layers: readonly Layer[],
  custom: CustomTypes,
  report: Report,
): MergedManifest[] {
  const files = [...new Set(layers.flatMap((layer) => [...layer.templates.keys()]))].sort()
  const merged = new Map<string, MergedManifest | undefined>()
  const underway = new Set<string>()
  const deleted = new Set<string>()
  for (const file of files) manifest(file)
  return files.flatMap((file) => merged.get(file) ?? [])

  function manifest(file: string): MergedManifest | undefined {
    if (merged.has(file)) return merged.get(file)
    underway.add(file)
    const first = layers.find((layer) => layer.templates.has(file))?.templates.get(file)
    const result = first?.entries.has('$from') ? copy(file, first) : begin(file)
    underway.delete(file)
    merged.set(file, result)
    return result
  }

  function begin(file: string): MergedManifest | undefined {
    const introducing = layers.findIndex((layer) => layer.templates.has(file))
    const first = layers[introducing]?.templates.get(file)
    if (!first) return undefined
    const type = mergeTypeOf(textOf(first, 'apiVersion') ?? '', textOf(first, 'kind') ?? '', custom)
    let template: TemplateMap | undefined
    for (const [depth, layer] of layers.entries()) {
      const patching = depth > introducing
      const own = layer.templates.get(file)
      for (const patch of [layer.all, own]) {
        if (patch)
          template = asMap(
            mergeTemplate(template, withoutFrom(patch, depth > introducing, report), type, {
              report,
              patching,
            }),
          )
      }
      if (depth === introducing && lackingIn(template).length > 0) {
        reportUnmatched(file, first, template, files, report)
        return undefined
      }
      if (depth >= introducing && !template) {
        deleted.add(file)
        return undefined
      }
    }
    return template && { file, template, type }
  }

  function copy(file: string, first: MapNode): MergedManifest | undefined {
    const from = first.entries.get('$from')
    const name = textOf(first, '$from') ?? ''
    const at = from?.value.at ?? first.at
    if (underway.has(name)) {
      const circle = [...underway].slice([...underway].indexOf(name))
      const message = `$from goes in a circle: ${[...circle, name].join(' → ')}`
      report({ id: 'template-directive', message, at })
      return undefined
    }
    if (!files.includes(name)) {
      const meant = suggest(name, files)
      const hint = meant === undefined ? '' : `; did you mean "${meant}"?`
      report({ id: 'matches-nothing', message: `$from names no manifest: "${name}"${hint}`, at })
      return undefined
    }
    const source = manifest(name)
    const isDeleted = layers.some(({ templates }) => {
      const own = templates.get(file)
      return own && textOf(own, '$patch') === 'delete'
    })
    if (deleted.has(name) && !isDeleted) {
      const help = `delete ${file} as well: $patch: delete`
      const message = `$from names ${name}, which a layer deletes`
      report({ id: 'matches-nothing', message, at, help })
    }
    let template = source?.template
    let begun = false
    for (const layer of layers) {
      const patch = layer.templates.get(file)
      if (!patch || !source) continue
      const context = { report, patching: true }
      template = asMap(
        mergeTemplate(template, withoutFrom(patch, begun, report), source.type, context),
      )
      begun = true
    }
    return source && template && { file, template, type: source.type }
  }
}

function withoutFrom(patch: MapNode, begun: boolean, report: Report): MapNode {
  const from = patch.entries.get('$from')
  if (!from) return patch
  if (begun) {
    const message = '$from stands only in the lowest layer that has the file'
    report({ id: 'template-directive', message, at: from.keyAt })
  }
  return { ...patch, entries: new Map([...patch.entries].filter(([key]) => key !== '$from')) }
}

/** What a template lacks to be a manifest of its own. */
function lackingIn(template: TemplateMap | undefined): string[] {
  const metadata = template?.entries.get('metadata')?.value
  const isNamed = metadata?.kind === 'map' && metadata.entries.has('name')
  const lacking = ['apiVersion', 'kind'].filter((key) => !template?.entries.has(key))
  return isNamed ? lacking : [...lacking, 'metadata.name']
}

function reportUnmatched(
  file: string,
  node: MapNode,
  template: TemplateMap | undefined,
  files: readonly string[],
  report: Report,
): void {
  const others = files.filter((other) => other !== file)
  const meant = suggest(file, others)
  report({
    id: 'matches-nothing',
    message: `the patch for ${file} matches nothing${meant === undefined ? '' : `; did you mean ${meant}?`}`,
    at: node.at,
    help: `no lower layer has ${file}, and it is no manifest of its own: it lacks ${lackingIn(template).join(', ')}`,
  })
}

function asMap(template: ReturnType<typeof mergeTemplate>): TemplateMap | undefined {
  return template?.kind === 'map' ? template : undefined
}

function textOf(node: MapNode, key: string): string | undefined {
  const value = node.entries.get(key)?.value
  return value?.kind === 'scalar' && typeof value.value === 'string' ? value.value : undefined
}
