import type { Exhibit } from '../check/exhibit.ts'
import { objectsOf } from './cluster-object.ts'
import { amountsOf, nothing, plus } from './cost.ts'
import { podsOf } from './pods.ts'
import type { Amounts } from './review.ts'

/** What a target needs in all, that of its workloads as often as they have pods. */
export interface Standing {
  readonly target: string
  readonly needs: Amounts
}

export function standingOf(exhibit: Exhibit): Standing {
  const objects = objectsOf([exhibit])
  const pods = podsOf(objects)
  const needs = objects.reduce((sum, object) => {
    const count = pods(object).count ?? 0
    return count === 0 ? sum : plus(sum, amountsOf(object, count))
  }, nothing)
  return { target: exhibit.target.id, needs }
}

/** The same as texts, which can be kept: the target, and its needs in a fixed order. */
export function toTexts({ target, needs }: Standing): string[] {
  const { requests, limits, pods } = needs
  const numbers = [requests.cpu, requests.memory, limits.cpu, limits.memory, pods]
  return [target, ...numbers.map(String)]
}

export function fromTexts([target = '', ...numbers]: readonly string[]): Standing {
  const [cpu = 0n, memory = 0n, cpuLimit = 0n, memoryLimit = 0n, pods = 0n] = numbers.map(BigInt)
  const limits = { cpu: cpuLimit, memory: memoryLimit }
  return { target, needs: { requests: { cpu, memory }, limits, pods } }
}
