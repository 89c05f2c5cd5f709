import {
  amountsText,
  limitsOf,
  type Amounts as OfPod,
  requestsOf,
} from '../check/fleet/pod-requests.ts'
import { podSpecOf } from '../kubernetes/pod-spec.ts'
import type { ClusterObject } from './change.ts'
import type { Amounts, Change } from './review.ts'

export const nothing: Amounts = {
  requests: { cpu: 0n, memory: 0n },
  limits: { cpu: 0n, memory: 0n },
  pods: 0n,
}

/**
 * What an object needs with so many pods. Nothing, of a kind that has none; of a CronJob or Job it
 * is what they need while they run.
 */
export function amountsOf({ value }: ClusterObject, pods: number): Amounts {
  const spec = podSpecOf(value)?.spec
  return spec ? times(ofPod(requestsOf(spec), limitsOf(spec)), pods) : nothing
}

function ofPod(requests: OfPod, limits: OfPod): Amounts {
  const { cpu, memory } = requests
  return {
    requests: { cpu, memory },
    limits: { cpu: limits.cpu, memory: limits.memory },
    pods: 1n,
  }
}

export function plus(a: Amounts, b: Amounts): Amounts {
  return combined(a, b, (one, two) => one + two)
}

/** Below zero where the second is more. */
export function minus(a: Amounts, b: Amounts): Amounts {
  return combined(a, b, (one, two) => one - two)
}

export function times(amounts: Amounts, count: number): Amounts {
  const factor = BigInt(count)
  return combined(amounts, amounts, (one) => one * factor)
}

function combined(a: Amounts, b: Amounts, by: (one: bigint, two: bigint) => bigint): Amounts {
  const both = (one: Resources, two: Resources): Resources => {
    return { cpu: by(one.cpu, two.cpu), memory: by(one.memory, two.memory) }
  }
  return {
    requests: both(a.requests, b.requests),
    limits: both(a.limits, b.limits),
    pods: by(a.pods, b.pods),
  }
}

type Resources = Amounts['requests']

/** What becomes more and what becomes less. */
export function gain({ before, after }: Change<Amounts>): Amounts {
  return minus(after, before)
}

/** A difference for people: "+2 cores", "−512Mi", "+1 pod"; "±0" for none. */
export const gainText: Readonly<Record<keyof OfPod, (difference: bigint) => string>> = {
  cpu: (difference) => withUnit(difference, amountsText.cpu, 'core'),
  memory: (difference) => signed(difference, amountsText.memory),
  pods: (difference) => withUnit(difference, amountsText.pods, 'pod'),
}

function withUnit(difference: bigint, text: (value: bigint) => string, unit: string): string {
  if (difference === 0n) return signed(difference, text)
  const written = signed(difference, text)
  return `${written} ${unit}${/^.1$/.test(written) ? '' : 's'}`
}

function signed(difference: bigint, text: (value: bigint) => string): string {
  if (difference === 0n) return '±0'
  return difference < 0n ? `−${text(-difference)}` : `+${text(difference)}`
}
