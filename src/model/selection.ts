import type { Cluster } from './fleet.ts'
import type { Target } from './target.ts'

/** Which targets a run is about. */
export interface Selection {
  readonly project: (name: string) => boolean
  readonly cluster: (cluster: Pick<Cluster, 'region' | 'environment'>) => boolean
  readonly target: (target: Pick<Target, 'user'>) => boolean
}

export const everything: Selection = {
  project: () => true,
  cluster: () => true,
  target: () => true,
}

export interface SelectionPatterns {
  readonly project: readonly string[]
  readonly environment: readonly string[]
  readonly region: readonly string[]
  readonly owner: readonly string[]
}

/** A selection by names; `*` stands for any letters, several patterns of one kind are alternatives. */
export function selectionOf(patterns: SelectionPatterns): Selection {
  if (Object.values(patterns).every((names) => names.length === 0)) return everything
  const project = matcher(patterns.project)
  const environment = matcher(patterns.environment)
  const region = matcher(patterns.region)
  const owner = matcher(patterns.owner)
  return {
    project,
    cluster: (cluster) => environment(cluster.environment) && region(cluster.region),
    target: ({ user }) => owner(typeof user.owner === 'string' ? user.owner : ''),
  }
}

/** Whether a name fits one of the patterns; without patterns every name does. */
export function matcher(patterns: readonly string[]): (name: string) => boolean {
  if (patterns.length === 0) return () => true
  const expressions = patterns.map((pattern) => {
    const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    return new RegExp(`^${parts.join('.*')}$`)
  })
  return (name) => expressions.some((expression) => expression.test(name))
}
