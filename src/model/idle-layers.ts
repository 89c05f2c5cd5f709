import type { Report } from '../diagnostics/diagnostic.ts'
import { suggest } from '../diagnostics/suggest.ts'
import { startOf } from './documents.ts'
import { type Fleet, fleetPath } from './fleet.ts'
import type { Layers } from './layer.ts'
import { type LayerPath, matcherOf } from './layer-path.ts'
import type { Stack } from './stack.ts'

/**
 * Warns of folders under policies/ that no target can ever have: no line of fleet.yaml chooses
 * them, or one would for an environment, region, cluster or project that there is not. A misspelt
 * layer that may be missing would otherwise be left out in silence.
 */
export function warnOfUnused(
  layers: Layers,
  fleet: Fleet,
  projects: readonly string[],
  report: Report,
): void {
  const names: Readonly<Record<string, readonly string[]>> = {
    environment: [...fleet.environments.keys()],
    region: [...fleet.regions],
    cluster: fleet.clusters.map((cluster) => cluster.name),
    project: projects,
  }
  for (const folder of layers.folders) {
    const path = fleet.layers.find((each) => matcherOf(each).test(folder))
    const warn = (message: string, help: string) => {
      const at = startOf(`policies/${folder}`)
      report({ id: 'unused-layer', severity: 'warning', message, at, help })
    }
    if (!path) {
      const heads = fleet.layers.map((layer) => layer.pattern.split('/')[0] ?? '')
      const meant = suggest(folder.split('/')[0] ?? '', heads)
      const help =
        meant === undefined ? 'add it to layers, or remove it' : `did you mean ${meant}/?`
      warn(`no line of ${fleetPath} chooses the layer ${folder}`, help)
      continue
    }
    const [kind, name] = chosenFor(path, folder)
    const known = kind === undefined ? undefined : names[kind]
    if (name === undefined || !known || known.includes(name)) continue
    const meant = suggest(name, known)
    const help = meant === undefined ? 'remove the folder' : `did you mean "${meant}"?`
    warn(`no ${kind} is called "${name}", so nothing has the layer ${folder}`, help)
  }
}

/** For `region/${target.region}` and `region/cq`: region and cq. */
function chosenFor(path: LayerPath, folder: string): [string?, string?] {
  const [prefix, slot, ...rest] = path.parts
  if (typeof prefix !== 'string' || typeof slot !== 'object' || rest.length > 0) return []
  if (slot.scope !== 'target') return []
  return [slot.path.join('.'), folder.slice(prefix.length)]
}

/**
 * A stack for each layer that no target has at present, such as a new runtime, so that its
 * templates are checked before the first project uses it: the commonest stack there is, with the
 * layer in the place of its sibling.
 */
export function idleStacks(fleet: Fleet, layers: Layers, inUse: readonly Stack[]): Stack[] {
  const common = commonest(inUse)
  const used = new Set(inUse.flatMap((stack) => stack.layers.map((layer) => layer.path)))
  return layers.folders.flatMap((folder) => {
    const own = fleet.layers.findIndex((path) => matcherOf(path).test(folder))
    if (used.has(folder) || own === -1 || !common) return []
    const chosen = fleet.layers.flatMap((path, index) => {
      const matches = matcherOf(path)
      const usual = common.layers.find((layer) => matches.test(layer.path))
      return (index === own ? layers.get(folder) : usual) ?? []
    })
    if (chosen.some((layer) => layer.failed)) return []
    return [{ key: chosen.map((layer) => layer.path).join('\n'), layers: chosen }]
  })
}

function commonest(stacks: readonly Stack[]): Stack | undefined {
  const counts = new Map<string, number>()
  for (const { key } of stacks) counts.set(key, (counts.get(key) ?? 0) + 1)
  const most = Math.max(0, ...counts.values())
  return stacks.find(({ key }) => counts.get(key) === most)
}
