import type { ValueMap } from '../document/node.ts'
import type { Cluster } from './fleet.ts'
import type { Team } from './team.ts'

/** What expressions and layer paths see as `target`. */
export function targetData(
  id: string,
  project: string,
  cluster: Cluster,
  isProtected: boolean,
): ValueMap {
  return {
    id,
    project,
    environment: cluster.environment,
    region: cluster.region,
    cluster: cluster.name,
    kubernetes: { version: cluster.kubernetes.version, minor: cluster.kubernetes.minor },
    protected: isProtected,
  }
}

/** What expressions see as `team`; of a project without one, a team of nobody. */
export function teamData(team: Team | undefined): ValueMap {
  const { name = '', groups = [], contacts = [], namespaces = [] } = team ?? {}
  return { name, groups, contacts, namespaces }
}
