import { expect, test } from 'vitest'
import { meaningsOf } from '../../src/diff/meaning/meanings-of.ts'
import { restartOf } from '../../src/diff/meaning/restart-of.ts'
import type { Setting } from '../../src/diff/meaning/situation.ts'
import type { Restart } from '../../src/diff/meaning.ts'
import type { Value, ValueMap } from '../../src/document/node.ts'
import { calm, changesOf, object } from './objects.ts'

const Deployment = 'apps/v1 Deployment'
const StatefulSet = 'apps/v1 StatefulSet'
const DaemonSet = 'apps/v1 DaemonSet'
const Rollout = 'argoproj.io/v1alpha1 Rollout'

/** What happens to so many pods when their image changes. */
function restart(type: string, spec: ValueMap, pods: number | undefined, more?: Partial<Setting>) {
  const image = (tag: string) => ({ spec: { containers: [{ name: 'app', image: `a:${tag}` }] } })
  const before = { spec: { ...spec, template: image('1') } }
  return between(type, before, { spec: { ...spec, template: image('2') } }, pods, more)
}

function between(
  type: string,
  before: ValueMap,
  after: ValueMap,
  pods: number | undefined,
  more?: Partial<Setting>,
): Restart | undefined {
  const pair = { before: object(type, before), after: object(type, after) }
  const setting = { ...calm, podsBefore: pods, podsAfter: pods, ...more }
  return restartOf(pair, meaningsOf(pair, changesOf(pair), setting), setting)
}

function rolling(surge?: Value, unavailable?: Value): ValueMap {
  const rollingUpdate = {
    ...(surge !== undefined && { maxSurge: surge }),
    ...(unavailable !== undefined && { maxUnavailable: unavailable }),
  }
  return { strategy: { rollingUpdate }, updateStrategy: { rollingUpdate } }
}

test.each([
  // By default 25% more and 25% fewer; more is rounded up, fewer down.
  [1, rolling(), 1, 0],
  [2, rolling(), 1, 0],
  [4, rolling(), 1, 1],
  [10, rolling(), 3, 2],
  [4, rolling('50%', '50%'), 2, 2],
  [3, rolling(0, '20%'), 0, 1],
  [3, rolling('0%', 0), 0, 1],
  [3, rolling(2, 0), 2, 0],
])('%i pods of a Deployment with %j: %i more, %i fewer', (pods, spec, surge, unavailable) => {
  expect(restart(Deployment, spec, pods)).toEqual({ pods, how: 'rolling', surge, unavailable })
})

test('percentages are of the pods that are to be', () => {
  const found = restart(Deployment, rolling('25%', '25%'), 4, { podsAfter: 8 })
  expect(found).toEqual({ pods: 4, how: 'rolling', surge: 2, unavailable: 2 })
})

test('the strategy that is to be holds', () => {
  const image = (tag: string) => ({ spec: { containers: [{ name: 'app', image: tag }] } })
  const before = { spec: { template: image('1') } }
  const after = { spec: { strategy: { type: 'Recreate' }, template: image('2') } }
  const found = between(Deployment, before, after, 4)
  expect(found).toEqual({ pods: 4, how: 'all at once', surge: 0, unavailable: 4 })
})

test('a StatefulSet replaces one pod after another, down to its partition', () => {
  const one = { how: 'rolling', surge: 0, unavailable: 1 }
  expect(restart(StatefulSet, {}, 4)).toEqual({ ...one, pods: 4 })
  const partition = { updateStrategy: { rollingUpdate: { partition: 3 } } }
  expect(restart(StatefulSet, partition, 4)).toEqual({ ...one, pods: 1 })
  expect(restart(StatefulSet, partition, 3)).toBeUndefined()
})

test('a StatefulSet misses several pods where the cluster knows how', () => {
  const unavailable = (value: Value, minorAfter: number) => {
    return restart(StatefulSet, rolling(undefined, value), 4, { minorAfter })?.unavailable
  }
  expect(unavailable(2, 34)).toBe(1)
  expect(unavailable(2, 35)).toBe(2)
  expect(unavailable('30%', 35)).toBe(2)
})

test('nobody knows how many pods a DaemonSet has', () => {
  const unknown = { pods: undefined, how: 'rolling' }
  expect(restart(DaemonSet, {}, undefined)).toEqual({ ...unknown, surge: 0, unavailable: 1 })
  const some = restart(DaemonSet, rolling('10%', 0), undefined)
  expect(some).toEqual({ ...unknown, surge: undefined, unavailable: 0 })
})

test('OnDelete waits for somebody to delete the pods', () => {
  const spec = { updateStrategy: { type: 'OnDelete' } }
  const waits = { how: 'when deleted', surge: 0, unavailable: 0 }
  expect(restart(StatefulSet, spec, 4)).toEqual({ ...waits, pods: 4 })
  expect(restart(DaemonSet, spec, undefined)).toEqual({ ...waits, pods: undefined })
})

test('a Rollout goes in steps, or starts all beside those that run', () => {
  const steps = restart(Rollout, { strategy: { canary: { maxSurge: 1, maxUnavailable: 0 } } }, 4)
  expect(steps).toEqual({ pods: 4, how: 'rolling', surge: 1, unavailable: 0 })
  const beside = restart(Rollout, { strategy: { blueGreen: { activeService: 'a' } } }, 4)
  expect(beside).toEqual({ pods: 4, how: 'rolling', surge: 4, unavailable: 0 })
})

test('the container of a Pod is restarted for another image alone', () => {
  const pod = (image: string, more: ValueMap = {}) => {
    return { spec: { containers: [{ name: 'app', image }], ...more } }
  }
  const other = between('v1 Pod', pod('a:1'), pod('a:2'), 1)
  expect(other).toEqual({ pods: 1, how: 'all at once', surge: 0, unavailable: 1 })
  expect(between('v1 Pod', pod('a:1'), pod('a:1', { activeDeadlineSeconds: 9 }), 1)).toBeUndefined()
})

test('nothing restarts', () => {
  const selector = (app: string) => ({
    spec: { selector: { app }, template: { metadata: { app } } },
  })
  const replicas = (count: number) => ({ spec: { replicas: count } })
  // Other fields than the template.
  expect(between(Deployment, replicas(4), replicas(6), 4)).toBeUndefined()
  // What is refused.
  expect(between(Deployment, selector('a'), selector('b'), 4)).toBeUndefined()
  // What has no pods, is paused, or does not replace them.
  expect(restart(Deployment, {}, 0)).toBeUndefined()
  expect(restart(Deployment, { paused: true }, 4)).toBeUndefined()
  expect(restart('v1 ReplicationController', {}, 4)).toBeUndefined()
  expect(restart('batch/v1 CronJob', {}, 4)).toBeUndefined()
  // What has another name.
  const name = { metadata: { name: 'other' } }
  expect(between(Deployment, {}, name, 4)).toBeUndefined()
})
