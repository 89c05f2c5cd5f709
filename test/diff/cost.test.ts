import { expect, test } from 'vitest'
import { amountsOf, gain, gainText, minus, nothing, plus, times } from '../../src/diff/cost.ts'
import type { Value } from '../../src/document/node.ts'
import { object } from './objects.ts'

const mebi = 2n ** 20n
const gibi = 2n ** 30n

function workload(...containers: Value[]) {
  return object('apps/v1 Deployment', { spec: { template: { spec: { containers } } } })
}

test('an object needs what its pods request together, and may use what they are limited to', () => {
  const app = {
    resources: { requests: { cpu: '500m', memory: '1Gi' }, limits: { cpu: 1, memory: '2Gi' } },
  }
  const sidecar = { resources: { requests: { cpu: '50m' }, limits: { memory: '64Mi' } } }
  expect(amountsOf(workload(app, sidecar), 2)).toEqual({
    requests: { cpu: 1100n, memory: 2n * (gibi + 64n * mebi) },
    limits: { cpu: 2000n, memory: 2n * (2n * gibi + 64n * mebi) },
    pods: 2n,
  })
})

test('what has no pods needs nothing', () => {
  expect(amountsOf(object('v1 ConfigMap', {}), 4)).toEqual(nothing)
  expect(amountsOf(workload({ resources: { requests: { cpu: 1 } } }), 0)).toEqual(nothing)
})

test('amounts add up', () => {
  const one = amountsOf(workload({ resources: { requests: { cpu: 1 } } }), 1)
  expect(plus(one, times(one, 3))).toEqual(times(one, 4))
  expect(minus(times(one, 4), one)).toEqual(times(one, 3))
  expect(gain({ before: times(one, 3), after: one }).requests.cpu).toBe(-2000n)
})

test('differences are written for people', () => {
  expect(gainText.cpu(2000n)).toBe('+2 cores')
  expect(gainText.cpu(-1000n)).toBe('−1 core')
  expect(gainText.cpu(-500n)).toBe('−0.5 cores')
  expect(gainText.memory(4n * gibi)).toBe('+4Gi')
  expect(gainText.memory(-192n * mebi)).toBe('−192Mi')
  expect(gainText.pods(1n)).toBe('+1 pod')
  expect(gainText.pods(12n)).toBe('+12 pods')
  expect(gainText.pods(0n)).toBe('±0')
})
