import type { Finding, Report } from '../diagnostics/diagnostic.ts'
import { suggest } from '../diagnostics/suggest.ts'
import { isMap, type Value, type ValueMap } from '../document/node.ts'
import { type DataLayer, historyOf } from '../merge/history.ts'
import { writtenText } from '../schema/report-violations.ts'
import type { Location } from '../source/source.ts'
import { fleetPath } from './fleet.ts'
import type { Layer, Layers } from './layer.ts'
import type { LayerPath, PathSlot } from './layer-path.ts'
import { locateMerged } from './locate.ts'
import type { Level } from './project.ts'

/** The layers of a target, lowest first; its key is the same for all targets that share a plan. */
export interface Stack {
  readonly key: string
  readonly layers: readonly Layer[]
}

/** The folders of the layers that a stack's key names. */
export function layersOf(key: string): readonly string[] {
  return key.split('\n')
}

/** What layer paths may read of a target. */
export interface StackSubject {
  readonly target: ValueMap
  /** The levels of its user data, lowest first. */
  readonly user: readonly Level[]
  readonly id: string
  /** The beginning of the project's file. */
  readonly file: Location
}

/**
 * Chooses the layers of a target. A path may read user data, whose defaults come from the layers
 * below it; a layer above that would change the choice is refused.
 */
export function chooseStack(
  paths: readonly LayerPath[],
  subject: StackSubject,
  layers: Layers,
  report: Report,
): Stack | undefined {
  const chosen: Layer[] = []
  const folders = new Map<LayerPath, string | PathSlot>()
  let complete = true
  for (const path of paths) {
    const folder = folderOf(path, subject, chosen)
    folders.set(path, folder)
    const layer = typeof folder === 'string' ? layers.get(folder) : undefined
    if (layer?.failed) return undefined
    if (layer) chosen.push(layer)
    else if (!path.optional) {
      report({ ...missingLayer(path, folder, subject, chosen, layers), target: subject.id })
      complete = false
    }
  }
  if (!complete) return undefined
  const late = paths.filter((path) => folderOf(path, subject, chosen) !== folders.get(path))
  for (const path of late) report({ ...lateDefault(path, chosen), target: subject.id })
  if (late.length > 0) return undefined
  return stackOf(chosen, layers)
}

const known = new WeakMap<Layers, Map<string, Stack>>()

/** One object for all that have the same layers: there are thousands of targets, and a few stacks. */
function stackOf(chosen: readonly Layer[], layers: Layers): Stack {
  const key = chosen.map(({ path }) => path).join('\n')
  const stacks = known.get(layers) ?? new Map<string, Stack>()
  known.set(layers, stacks)
  const stack = stacks.get(key) ?? { key, layers: chosen }
  stacks.set(key, stack)
  return stack
}

/** A default that would choose another layer, if it did not stand above that layer. */
function lateDefault(path: LayerPath, chosen: readonly Layer[]): Finding {
  const slots = path.parts.filter((part) => typeof part !== 'string')
  const steps = slots.flatMap((slot) => historyOf(defaultLayers(chosen), slot.path))
  return {
    id: 'bad-layer',
    message: `this default comes too late: by then ${path.pattern} has been chosen`,
    at: steps.at(-1)?.at ?? path.at,
    notes: [{ message: 'the layer is chosen here', at: path.at }],
    help: 'put the default into a layer below the one that it chooses',
  }
}

/** The folder a path chooses, or the slot for which there is no value that can name a folder. */
function folderOf(
  path: LayerPath,
  subject: StackSubject,
  below: readonly Layer[],
): string | PathSlot {
  let folder = ''
  for (const part of path.parts) {
    if (typeof part === 'string') {
      folder += part
      continue
    }
    const value = datumOf(part, subject, below)
    const name = typeof value === 'string' || typeof value === 'number' ? String(value) : ''
    if (!/^[A-Za-z0-9](?:[A-Za-z0-9_-]|\.(?!\.))*$/.test(name)) return part
    folder += name
  }
  return folder
}

function datumOf(
  slot: PathSlot,
  subject: StackSubject,
  below: readonly Layer[],
): Value | undefined {
  if (slot.scope === 'target') return at(subject.target, slot.path)
  const levels = [
    ...below.map((layer) => layer.policy.defaults?.value),
    ...subject.user.map((level) => level.value),
  ]
  let value: Value | undefined
  for (const level of levels) {
    const said = level && at(level, slot.path)
    if (said !== undefined) value = said ?? undefined
  }
  return value
}

function at(map: ValueMap, path: readonly string[]): Value | undefined {
  let value: Value | undefined = map
  for (const key of path) value = isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined
  return value
}

function missingLayer(
  path: LayerPath,
  folder: string | PathSlot,
  subject: StackSubject,
  below: readonly Layer[],
  layers: Layers,
): Finding {
  const slot =
    typeof folder === 'string' ? path.parts.find((part) => typeof part !== 'string') : folder
  const place =
    slot && slot.scope === 'user' ? locateMerged(dataLayers(subject, below), slot.path) : undefined
  const notes = [{ message: 'the layer is chosen here', at: path.at }]
  const known = siblings(path, layers)
  if (typeof folder !== 'string') {
    const field = folder.path.join('.')
    const message = place
      ? `${field} is ${writtenText(place.node)}, which cannot name a layer`
      : `${field} is not set, but chooses a layer`
    const help = known.length > 0 ? { help: `there is: ${known.join(', ')}` } : {}
    return { id: 'missing-layer', message, at: place?.at ?? subject.file, notes, ...help }
  }
  const word = folder.slice(folder.lastIndexOf('/') + 1)
  const meant = suggest(word, known)
  const hint = meant === undefined ? '' : `; did you mean "${meant}"?`
  const there = known.length > 0 ? `there is: ${known.join(', ')}` : `create policies/${folder}/`
  if (!place) {
    const message = `policies/${folder} does not exist${hint}`
    const help = `create it, or end the path in ${fleetPath} with ? if it may be missing`
    return { id: 'missing-layer', message, at: path.at, help }
  }
  if (known.length === 0) {
    const message = `policies/ holds no layer for ${path.pattern}`
    return { id: 'missing-layer', message, at: path.at, help: there }
  }
  const message = `unknown ${slot?.path.join('.')} "${word}"${hint}`
  return { id: 'missing-layer', message, at: place.at, notes, help: there }
}

function siblings(path: LayerPath, layers: Layers): string[] {
  const last = path.parts.at(-1)
  const prefix = path.parts.slice(0, -1).join('')
  if (typeof last === 'string' || path.parts.slice(0, -1).some((part) => typeof part !== 'string'))
    return []
  return layers.folders
    .filter((folder) => folder.startsWith(prefix))
    .map((folder) => folder.slice(prefix.length))
    .filter((name) => !name.includes('/'))
}

function dataLayers(subject: StackSubject, below: readonly Layer[]): DataLayer[] {
  return [...defaultLayers(below), ...subject.user]
}

/** The defaults of layers as layers of user data, lowest first. */
export function defaultLayers(layers: readonly Layer[]): DataLayer[] {
  return layers.flatMap((layer) => {
    const node = layer.policy.defaults?.node
    return node ? [{ name: `default of ${layer.path}`, node }] : []
  })
}
