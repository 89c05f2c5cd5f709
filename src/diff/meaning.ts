import type { FieldChange } from './change.ts'

export const risks = ['low', 'medium', 'high'] as const
export type Risk = (typeof risks)[number]

/** What kind of thing a change does to a cluster. */
export type MeaningId =
  | 'metadata'
  | 'version'
  | 'configuration'
  | 'scale'
  | 'capacity-down'
  | 'rollout'
  | 'restart'
  | 'next-run'
  | 'traffic'
  | 'exposure'
  | 'permissions'
  | 'disruption'
  | 'immutable'
  | 'recreate'
  | 'created'
  | 'moved'
  | 'removed'
  | 'data-at-risk'

/** What a change does to a cluster, for a reviewer to act on. */
export interface Meaning {
  readonly id: MeaningId
  /** Raised already where the environment is protected. */
  readonly risk: Risk
  /** A full sentence without counts and names, so that the same thing is said in the same words. */
  readonly sentence: string
}

/** A change of a field, or of the object as a whole, and its meaning. */
export interface MeantChange {
  /** Undefined for an object that comes, goes or is replaced as a whole. */
  readonly change: FieldChange | undefined
  readonly meaning: Meaning
}

/** How the pods of a workload are replaced. */
export interface Restart {
  /** How many run now, and are replaced; undefined for a DaemonSet: one on each node. */
  readonly pods: number | undefined
  readonly how: 'rolling' | 'all at once' | 'when deleted'
  /** How many more there may be meanwhile, and how many fewer; resolved from percentages. */
  readonly surge: number | undefined
  readonly unavailable: number | undefined
}
