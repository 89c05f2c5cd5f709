import { fieldAt } from '../../check/fleet/rendered-object.ts'
import type { Value, ValueMap } from '../../document/node.ts'
import { podPathOf } from '../../kubernetes/pod-spec.ts'
import type { ObjectPair } from '../change.ts'

/** What the object itself does not say. */
export interface Setting {
  /** Whether its environment is a protected one, where risks are higher. */
  readonly protected: boolean
  /** The minor versions of the clusters, 28 of 1.28; left out where unknown. */
  readonly minorBefore?: number
  readonly minorAfter?: number
  /**
   * How many pods a workload has: its replicas, or the least of its autoscaler. Undefined of
   * DaemonSets, and of whatever has no pods.
   */
  readonly podsBefore: number | undefined
  readonly podsAfter: number | undefined
  /** Whether an autoscaler decides how many there are. */
  readonly autoscaledBefore: boolean
  readonly autoscaledAfter: boolean
}

/** An object before and after, as rules look at it. */
export interface Situation {
  /** `Kind.group` */
  readonly kind: string
  readonly before: ValueMap | undefined
  readonly after: ValueMap | undefined
  /** The pointer of the pods' template, empty for a Pod; undefined if the kind has no pods. */
  readonly templateAt: string | undefined
  readonly setting: Setting
}

export function situationOf(pair: ObjectPair, setting: Setting): Situation {
  const { kind, value } = pair.after ?? pair.before
  const path = podPathOf(value.apiVersion, value.kind)
  return {
    kind,
    before: pair.before?.value,
    after: pair.after?.value,
    templateAt: path?.slice(0, -1).reduce((pointer, key) => `${pointer}/${key}`, ''),
    setting,
  }
}

/** A field below maps on both sides. */
export function both(
  { before, after }: Situation,
  ...path: readonly string[]
): [before: Value | undefined, after: Value | undefined] {
  return [fieldAt(before, ...path), fieldAt(after, ...path)]
}
