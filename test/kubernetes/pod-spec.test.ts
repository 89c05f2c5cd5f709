import { expect, test } from 'vitest'
import { podSpecOf } from '../../src/kubernetes/pod-spec.ts'
import { baseObjects } from './base-objects.ts'

test.each([
  ['Pod', '/spec'],
  ['PodTemplate', '/template/spec'],
  ['Deployment', '/spec/template/spec'],
  ['StatefulSet', '/spec/template/spec'],
  ['DaemonSet', '/spec/template/spec'],
  ['ReplicaSet', '/spec/template/spec'],
  ['ReplicationController', '/spec/template/spec'],
  ['Job', '/spec/template/spec'],
  ['CronJob', '/spec/jobTemplate/spec/template/spec'],
] as const)('%s has its pods at %s', (kind, pointer) => {
  const found = podSpecOf(baseObjects[kind])
  expect(found?.pointer).toBe(pointer)
  expect(found?.spec.containers).toHaveLength(1)
  expect(found?.template?.spec).toBe(kind === 'Pod' ? undefined : found?.spec)
})

test('a Rollout has pods of its own', () => {
  const { spec } = baseObjects.Deployment
  const rollout = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', spec }
  expect(podSpecOf(rollout)?.spec).toBe(spec.template.spec)
})

test.each([
  ['a Service', baseObjects.Service],
  [
    'a kind of the same name elsewhere',
    { ...baseObjects.Deployment, apiVersion: 'example.com/v1' },
  ],
  [
    'a Rollout that refers to a Deployment',
    { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', spec: { workloadRef: {} } },
  ],
  ['a template that is no map', { ...baseObjects.Deployment, spec: { template: [] } }],
  ['an object without a spec', { apiVersion: 'v1', kind: 'Pod' }],
])('%s has none', (_, object) => {
  expect(podSpecOf(object)).toBeUndefined()
})
