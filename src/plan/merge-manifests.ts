import type { Report } from '../diagnostics/diagnostic.ts'
import { suggest } from '../diagnostics/suggest.ts'
import type { MapNode } from '../document/node.ts'
import { mergeTemplate } from '../merge/merge-template.ts'
import { type CustomTypes, type MergeType, mergeTypeOf } from '../merge/merge-types.ts'
import type { TemplateMap } from '../merge/template.ts'
import type { Layer } from '../model/layer.ts'
import type { Location } from '../source/source.ts'

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
    if (!first || !hasReadableKind(first, report)) return undefined
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
    return template && keepsIdentity(first, template, report) ? { file, template, type } : undefined
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
    if (!source || !template || !keepsIdentity(source.template, template, report)) return undefined
    return { file, template, type: source.type }
  }
}

/** How lists merge depends on group and kind, so these cannot wait for a slot to be filled. */
function hasReadableKind(first: MapNode, report: Report): boolean {
  for (const key of ['apiVersion', 'kind']) {
    const value = first.entries.get(key)?.value
    if (!value || !textOf(first, key)?.startsWith('${')) continue
    const message = `the ${key === 'kind' ? 'kind' : 'API group'} of a manifest cannot be an expression`
    const help =
      key === 'kind' ? 'write it out' : 'write the group out, the version may be a slot: apps/${…}'
    report({ id: 'bad-template', message, at: value.at, help })
    return false
  }
  return true
}

/** Whether all layers together left a manifest what it was: its kind, its group, and a name. */
function keepsIdentity(before: MapNode | TemplateMap, after: TemplateMap, report: Report): boolean {
  const [lost] = lackingIn(after)
  if (lost !== undefined) {
    const at = removalOf(after, lost) ?? after.at
    const message = `a manifest cannot do without its ${lost}`
    report({ id: 'bad-template', message, at, help: 'to drop the whole manifest: $patch: delete' })
    return false
  }
  const changed = ['apiVersion', 'kind'].find((key) => groupOf(before, key) !== groupOf(after, key))
  if (changed === undefined) return true
  const at = after.entries.get(changed)?.value.at ?? after.at
  const message = 'a layer cannot make another kind of a manifest'
  report({ id: 'bad-template', message, at, help: 'give the other kind a file of its own' })
  return false
}

/** The kind, or the group of the API version: what merging went by. */
function groupOf(manifest: MapNode | TemplateMap, key: string): string {
  const value = manifest.entries.get(key)?.value
  const text = value?.kind === 'scalar' ? String(value.value) : ''
  if (key === 'kind') return text
  return text.includes('/') ? text.slice(0, text.indexOf('/')) : ''
}

/** Where a layer took away what a manifest needs: `metadata.name`, or all of `metadata`. */
function removalOf(template: TemplateMap, lost: string): Location | undefined {
  const [first = '', second] = lost.split('.')
  const removal = template.removed.get(first)
  if (removal) return removal.by
  const inner = template.entries.get(first)?.value
  if (inner?.kind !== 'map') return inner?.at
  return second === undefined ? undefined : inner.removed.get(second)?.by
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
