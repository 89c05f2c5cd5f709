import { isMap, type ValueMap } from '../document/node.ts'
import type { Location } from '../source/source.ts'
import type { Fleet } from './fleet.ts'
import type { Target } from './target.ts'
import type { Team } from './team.ts'

/** An object in a namespace that is not its owner's. */
export interface ForeignNamespace {
  /** The field of the manifest that names the namespace. */
  readonly pointer: string
  readonly message: string
  readonly help: string
  /** The team that has the namespace, if one has. */
  readonly holder: Team | undefined
  /** The team whose namespaces say so. */
  readonly at: Location
}

/**
 * Whether a rendered object lies in a namespace that does not belong to the owner of its project:
 * one of another team's, or one beyond those that the owner has. A team of which the fleet states
 * no namespaces may use all that nobody has. A Namespace itself lies in its own.
 */
export function foreignNamespace(
  { team }: Target,
  manifest: ValueMap,
  { teams }: Fleet,
): ForeignNamespace | undefined {
  const isNamespace = manifest.kind === 'Namespace' && manifest.apiVersion === 'v1'
  const field = isNamespace ? 'name' : 'namespace'
  const namespace = isMap(manifest.metadata) ? manifest.metadata[field] : undefined
  if (!team || typeof namespace !== 'string') return undefined
  if (team.namespaces.includes(namespace)) return undefined
  const holder = [...teams.values()].find((other) => other.namespaces.includes(namespace))
  if (!holder && team.namespaces.length === 0) return undefined
  const whose = holder ? `belongs to ${holder.name}, not to ${team.name}` : `is not ${team.name}'s`
  return {
    pointer: `/metadata/${field}`,
    message: `the namespace ${namespace} ${whose}`,
    help:
      team.namespaces.length > 0
        ? `the namespaces of ${team.name} are: ${team.namespaces.join(', ')}`
        : `give ${team.name} namespaces of its own in policies/fleet.yaml`,
    holder,
    at: (holder ?? team).at,
  }
}
