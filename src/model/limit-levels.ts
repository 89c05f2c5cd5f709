import { isMap, type Value, type ValueMap } from '../document/node.ts'
import type { Cluster, Fleet } from './fleet.ts'
import type { LayerPath } from './layer-path.ts'
import { targetData } from './target-data.ts'

/** A level of a project's file: the top, an environment, or a region of one. */
export interface FileLevel {
  readonly environment?: string
  readonly region?: string
}

/** Where in a project's file a layer is sure to be in force, and for which user data. */
export interface LayerLevels {
  /** What the user data must be for the path to choose this layer. */
  readonly chosenBy: readonly ChosenBy[]
  readonly levels: readonly FileLevel[]
}

export interface ChosenBy {
  readonly path: readonly string[]
  readonly value: string
}

/**
 * The levels of every project's file at which a line of `layers` is sure to choose a folder. A path
 * with a name of the target in it is about the levels that say so much about the target; one that
 * asks for the project is about none, as all projects share one schema.
 */
export function levelsOf(path: LayerPath, folder: string, fleet: Fleet): LayerLevels[] {
  const found = new Map<string, { chosenBy: readonly ChosenBy[]; levels: FileLevel[] }>()
  for (const { level, target } of allLevels(fleet)) {
    const chosenBy = choiceAt(path, folder, target)
    if (!chosenBy) continue
    const key = JSON.stringify(chosenBy)
    const known = found.get(key) ?? { chosenBy, levels: [] }
    known.levels.push(level)
    found.set(key, known)
  }
  return [...found.values()]
}

interface KnownLevel {
  readonly level: FileLevel
  /** What is known of the target there. */
  readonly target: ValueMap
}

function allLevels({ environments, clusters }: Fleet): KnownLevel[] {
  const top: KnownLevel = { level: {}, target: {} }
  const below = [...environments.values()].flatMap(({ name, protected: isProtected }) => {
    const environment = {
      level: { environment: name },
      target: { environment: name, protected: isProtected },
    }
    const regions = clusters
      .filter((cluster) => cluster.environment === name)
      .map((cluster) => ({
        level: { environment: name, region: cluster.region },
        target: targetIn(cluster, isProtected),
      }))
    return [environment, ...regions]
  })
  return [top, ...below]
}

function targetIn(cluster: Cluster, isProtected: boolean): ValueMap {
  const { id: _, project: __, ...known } = targetData('', '', cluster, isProtected)
  return known
}

/** The user data for which a path chooses a folder; undefined if it does not, or nobody can tell. */
function choiceAt(path: LayerPath, folder: string, target: ValueMap): ChosenBy[] | undefined {
  const slots: (readonly string[])[] = []
  let pattern = ''
  for (const part of path.parts) {
    if (typeof part === 'string') pattern += escapePattern(part)
    else if (part.scope === 'user') {
      slots.push(part.path)
      pattern += '([^/]+)'
    } else {
      const name = valueAt(target, part.path)
      if (name === undefined || isMap(name)) return undefined
      pattern += escapePattern(String(name))
    }
  }
  const match = new RegExp(`^${pattern}$`).exec(folder)
  return match
    ? slots.map((slot, index) => ({ path: slot, value: match[index + 1] ?? '' }))
    : undefined
}

function valueAt(map: ValueMap, path: readonly string[]): Value | undefined {
  let value: Value | undefined = map
  for (const key of path) value = isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined
  return value
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
