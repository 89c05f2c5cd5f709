import type { Fleet } from './fleet.ts'
import type { Layers } from './layer.ts'
import { type LayerPath, matcherOf } from './layer-path.ts'

/** The values there are for one field of the user data. */
export interface FieldChoices {
  readonly path: readonly string[]
  readonly names: readonly string[]
  /** Value → the folder that it chooses, where it chooses one. */
  readonly folders: ReadonlyMap<string, string>
}

/** The fields whose values must be names that there are: the owner, and what chooses a layer. */
export function fieldChoices(fleet: Fleet, layers: Layers): FieldChoices[] {
  const teams = [...fleet.teams.keys()]
  const owner = { path: ['owner'], names: teams, folders: new Map<string, string>() }
  const chosen = fleet.layers.flatMap((path) => choicesOf(path, layers) ?? [])
  return [...(teams.length > 0 ? [owner] : []), ...chosen]
}

/** What the one slot of a path can be, where it is one of user data and the folder must exist. */
function choicesOf(path: LayerPath, layers: Layers): FieldChoices | undefined {
  const [slot, ...more] = path.parts.filter((part) => typeof part !== 'string')
  if (slot?.scope !== 'user' || more.length > 0 || path.optional) return undefined
  const start = path.parts[0] === slot ? '' : String(path.parts[0])
  const end = path.parts.at(-1) === slot ? '' : String(path.parts.at(-1))
  const folders = layers.folders.filter((folder) => matcherOf(path).test(folder))
  const named = folders.map((folder) => {
    return [folder.slice(start.length, folder.length - end.length), folder] as const
  })
  const names = named.map(([name]) => name)
  return { path: slot.path, names, folders: new Map(named) }
}
