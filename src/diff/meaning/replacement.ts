import { fieldAt } from '../../check/fleet/rendered-object.ts'
import { isMap, type Value, type ValueMap } from '../../document/node.ts'
import type { Restart } from '../meaning.ts'
import { daemonSet, deployment, rollout, statefulSet } from './kinds.ts'
import type { Situation } from './situation.ts'

/** Since when StatefulSets may miss more than one pod. https://kep.k8s.io/961 */
const manyInStatefulSets = 35

/**
 * How the controller replaces the pods of a workload whose template changes, by the strategy that
 * is to hold. Undefined where it replaces none: it is paused, has none, or keeps them all.
 */
export function replacementIn({ kind, after, setting }: Situation): Restart | undefined {
  const { podsBefore: pods } = setting
  const spec = after?.spec
  if (!isMap(spec) || spec.paused === true || pods === 0) return undefined
  // The controller reckons with the number that is to be.
  const total = setting.podsAfter ?? pods
  if (kind === deployment) return inDeployment(fieldAt(spec, 'strategy'), pods, total)
  if (kind === rollout) return inRollout(spec.strategy, pods, total)
  if (kind === daemonSet) return inDaemonSet(fieldAt(spec, 'updateStrategy'))
  if (kind === statefulSet) {
    return inStatefulSet(fieldAt(spec, 'updateStrategy'), pods, total, setting.minorAfter)
  }
  if (kind === 'Pod') return { pods: 1, how: 'all at once', surge: 0, unavailable: 1 }
  return { pods, how: 'when deleted', surge: 0, unavailable: 0 }
}

type Count = number | undefined

function inDeployment(strategy: Value | undefined, pods: Count, total: Count): Restart {
  if (fieldAt(strategy, 'type') === 'Recreate') return allAtOnce(pods)
  return rolling(fieldAt(strategy, 'rollingUpdate'), pods, total)
}

/** A Rollout starts a new set beside the old one, or goes in steps as a Deployment would. */
function inRollout(strategy: Value | undefined, pods: Count, total: Count): Restart {
  if (isMap(fieldAt(strategy, 'blueGreen'))) {
    return { pods, how: 'rolling', surge: total, unavailable: 0 }
  }
  return rolling(fieldAt(strategy, 'canary'), pods, total)
}

function allAtOnce(pods: Count): Restart {
  return { pods, how: 'all at once', surge: 0, unavailable: pods }
}

/** https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#rolling-update-deployment */
function rolling(settings: Value | undefined, pods: Count, total: Count): Restart {
  const surge = resolved(fieldAt(settings, 'maxSurge') ?? '25%', total, Math.ceil)
  const stated = resolved(fieldAt(settings, 'maxUnavailable') ?? '25%', total, Math.floor)
  const unavailable = surge === 0 && stated === 0 ? 1 : stated
  return { pods, how: 'rolling', surge, unavailable }
}

function inStatefulSet(
  strategy: Value | undefined,
  pods: Count,
  total: Count,
  minor = manyInStatefulSets,
): Restart | undefined {
  if (fieldAt(strategy, 'type') === 'OnDelete') return whenDeleted(pods)
  const partition = fieldAt(strategy, 'rollingUpdate', 'partition')
  const kept = typeof partition === 'number' ? partition : 0
  const replaced = pods === undefined ? undefined : Math.max(0, pods - kept)
  if (replaced === 0) return undefined
  const stated = fieldAt(strategy, 'rollingUpdate', 'maxUnavailable')
  const many = minor < manyInStatefulSets || stated === undefined ? 1 : stated
  const unavailable = resolved(many, total, Math.ceil)
  return {
    pods: replaced,
    how: 'rolling',
    surge: 0,
    unavailable: unavailable && Math.max(1, unavailable),
  }
}

/** Nobody says how many nodes there are, so percentages remain what they are: unknown. */
function inDaemonSet(strategy: Value | undefined): Restart {
  if (fieldAt(strategy, 'type') === 'OnDelete') return whenDeleted(undefined)
  const settings = fieldAt(strategy, 'rollingUpdate')
  const surge = resolved(fieldAt(settings, 'maxSurge') ?? 0, undefined, Math.ceil)
  const unavailable = resolved(fieldAt(settings, 'maxUnavailable') ?? 1, undefined, Math.ceil)
  return { pods: undefined, how: 'rolling', surge, unavailable }
}

function whenDeleted(pods: Count): Restart {
  return { pods, how: 'when deleted', surge: 0, unavailable: 0 }
}

/** A number, or a percentage of the pods there are to be. */
function resolved(value: Value, total: Count, round: (pods: number) => number): Count {
  if (typeof value === 'number') return value
  const percent = percentOf(value)
  if (percent === undefined || total === undefined) return undefined
  return round((percent * total) / 100)
}

export function percentOf(value: Value | undefined): number | undefined {
  const digits = typeof value === 'string' ? /^([0-9]{1,3})%$/.exec(value)?.[1] : undefined
  return digits === undefined ? undefined : Number(digits)
}

/** Where a workload says how many of its pods may be missing while they are replaced. */
export function unavailableStated(kind: string, spec: ValueMap): Value | undefined {
  if (kind === rollout) return fieldAt(spec, 'strategy', 'canary', 'maxUnavailable')
  const strategy = kind === deployment ? spec.strategy : spec.updateStrategy
  return fieldAt(strategy, 'rollingUpdate', 'maxUnavailable')
}

/** How much is missing meanwhile: nothing that matters, much of it, or everything. */
export function lossOf(restart: Restart, kind: string, spec: Value | undefined): Loss {
  const { pods, how, unavailable } = restart
  if (how !== 'rolling') return how === 'all at once' ? 'all' : 'none'
  if (pods === undefined) {
    const percent = isMap(spec) ? percentOf(unavailableStated(kind, spec)) : undefined
    return percent !== undefined && percent >= 50 ? 'much' : 'none'
  }
  if (unavailable === undefined || unavailable === 0) return 'none'
  if (unavailable >= pods) return 'all'
  return unavailable * 2 >= pods ? 'much' : 'none'
}

export type Loss = 'none' | 'much' | 'all'
