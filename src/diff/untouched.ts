import type { Exhibit } from '../check/exhibit.ts'
import { layersOf } from '../explain/readings.ts'
import { historyOf } from '../merge/history.ts'
import type { Template } from '../merge/template.ts'
import { type Location, positionOf } from '../source/source.ts'
import { compare } from './decisions.ts'
import type { InputEdit } from './edits.ts'
import type { Untouched } from './review.ts'

/**
 * The targets that stand on the layer in which something was edited and are yet not changed by it,
 * by reason: somebody overrides it, or nothing there makes use of it.
 */
export function untouchedBy(
  edits: readonly InputEdit[],
  reached: ReadonlyMap<InputEdit, ReadonlySet<string>>,
  exhibits: ReadonlyMap<string, Exhibit>,
): Untouched[] {
  const [edit] = edits
  const layer = edit && layerOf(edit.path)
  if (edits.length !== 1 || !edit || layer === undefined) return []
  const changed = reached.get(edit)
  const reasons = new Map<string, string[]>()
  for (const [id, exhibit] of exhibits) {
    if (changed?.has(id)) continue
    if (!exhibit.target.stack.layers.some(({ path }) => path === layer)) continue
    const override = overriderOf(edit, exhibit)
    const reason = override
      ? `overridden by ${placeText(override)}`
      : 'it makes no difference there'
    const known = reasons.get(reason)
    if (known) known.push(id)
    else reasons.set(reason, [id])
  }
  return [...reasons]
    .map(([reason, targets]) => ({ reason, targets: targets.sort() }))
    .sort((a, b) => b.targets.length - a.targets.length || compare(a.reason, b.reason))
}

function layerOf(path: string): string | undefined {
  const match = /^policies\/(.+)\/[^/]+$/.exec(path)
  return match?.[1]
}

/** Who has the last word on what was edited, if it is somebody else. */
function overriderOf(edit: InputEdit, { target, plan }: Exhibit): Location | undefined {
  const [section, ...path] = edit.keys
  const file = edit.path.slice(edit.path.lastIndexOf('/') + 1)
  if (file !== 'policy.yaml') return templateOver(edit, file, plan)
  const scope = { defaults: 'user', values: 'policy' }[section ?? '']
  const layers = scope === undefined ? undefined : layersOf(scope, target, plan)
  const last = historyOf(layers ?? [], path).at(-1)
  return last && last.at.source.path !== edit.path ? last.at : undefined
}

function templateOver(edit: InputEdit, file: string, plan: Exhibit['plan']): Location | undefined {
  const root = plan.manifests.find((manifest) => manifest.file === file)?.root.template
  const found = root && stepInto(root, edit.keys)
  if (!found) return undefined
  return found.overridden.some(({ at }) => at.source.path === edit.path) ? found.at : undefined
}

/** The template at some keys of a file; items of lists are told apart by name. */
function stepInto(template: Template, keys: readonly string[]): Template | undefined {
  const [key, ...rest] = keys
  if (key === undefined) return template
  if (template.kind === 'map') {
    const next = template.entries.get(key)?.value
    return next && stepInto(next, rest)
  }
  if (template.kind !== 'list') return undefined
  const item = template.items.find((each) => {
    const name = each.kind === 'map' ? each.entries.get('name')?.value : undefined
    return name?.kind === 'scalar' && `[${name.value}]` === key
  })
  return item && stepInto(item, rest)
}

function placeText({ source, start }: Location): string {
  return `${source.path}:${positionOf(source, start).line}`
}
