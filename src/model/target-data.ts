import type { ValueMap } from '../document/node.ts'
import type { Cluster } from './fleet.ts'

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
