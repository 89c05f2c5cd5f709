import { expect, test } from 'vitest'
import { amountsText, limitsOf, requestsOf } from '../../../src/check/fleet/pod-requests.ts'
import type { ValueMap } from '../../../src/document/node.ts'

const container = (cpu: string, memory = '0', more: ValueMap = {}): ValueMap => {
  return { name: 'app', resources: { requests: { cpu, memory } }, ...more }
}
const sidecar = (cpu: string) => container(cpu, '0', { restartPolicy: 'Always' })

function cpuOf(spec: ValueMap): string {
  return amountsText.cpu(requestsOf(spec).cpu)
}

test('containers add up', () => {
  const spec = { containers: [container('500m', '1Gi'), container('1.5', '512Mi')] }
  expect(requestsOf(spec)).toEqual({ cpu: 2000n, memory: 1536n * 2n ** 20n, pods: 1n })
})

test('the largest init container counts if it is larger than the containers together', () => {
  const containers = [container('1'), container('1')]
  expect(cpuOf({ containers, initContainers: [container('1.5'), container('0.5')] })).toBe('2')
  expect(cpuOf({ containers, initContainers: [container('3'), container('0.5')] })).toBe('3')
})

test('a sidecar runs beside the containers, and beside the init containers after it', () => {
  const containers = [container('1')]
  expect(cpuOf({ containers, initContainers: [sidecar('0.5')] })).toBe('1.5')
  expect(cpuOf({ containers, initContainers: [sidecar('0.5'), container('2')] })).toBe('2.5')
  expect(cpuOf({ containers, initContainers: [container('2'), sidecar('0.5')] })).toBe('2')
})

test('a limit without a request is a request', () => {
  expect(cpuOf({ containers: [{ name: 'app', resources: { limits: { cpu: 2 } } }] })).toBe('2')
})

test('what the pod requests as a whole goes before its containers', () => {
  expect(cpuOf({ containers: [container('1')], resources: { requests: { cpu: '3' } } })).toBe('3')
})

test('the overhead comes on top', () => {
  expect(cpuOf({ containers: [container('1')], overhead: { cpu: '250m' } })).toBe('1.25')
})

test('amounts are written as people write them', () => {
  expect(amountsText.cpu(12_500n)).toBe('12.5')
  expect(amountsText.memory(1536n * 2n ** 20n)).toBe('1.5Gi')
  expect(amountsText.memory(192n * 2n ** 20n)).toBe('192Mi')
  expect(amountsText.memory(1536n)).toBe('1.5Ki')
  expect(amountsText.memory(100n)).toBe('100')
  expect(amountsText.memory(-(2n ** 30n))).toBe('-1Gi')
  expect(amountsText.pods(7n)).toBe('7')
})

test('limits are counted where they are stated', () => {
  const limited = { name: 'app', resources: { requests: { cpu: 1 }, limits: { cpu: 2 } } }
  expect(limitsOf({ containers: [limited, container('1')] })).toEqual({
    cpu: 2000n,
    memory: 0n,
    pods: 1n,
  })
})
