import { expect, test } from 'vitest'
import { compiled } from './sample.ts'

test.each([
  ['user.cpu', 'user.cpu'],
  ['user.cpu.times(policy.overcommit.cpu)', 'user.cpu policy.overcommit.cpu'],
  ['user.cpu == user.cpu', 'user.cpu'],
  ['user.?requests.?cpu.orValue(user.cpu)', 'user.requests.cpu user.cpu'],
  ['has(user.requests) && has(user.requests.cpu)', 'user.requests user.requests.cpu'],
  ['user.env["A"]', 'user.env.A'],
  ['user.env[?"A"]', 'user.env.A'],
  ['policy.zookeeper[target.region]', 'policy.zookeeper target.region'],
  ['user.ports[0].port', 'user.ports.0.port'],
  ['user.ports.map(p, p.port + user.replicas)', 'user.ports user.replicas'],
  ['user.tags.map(user, user)', 'user.tags'],
  ['user.tags.map(t, user.tags.map(t, t)) == [[user.name]]', 'user.tags user.name'],
  ['variables.heapMiB', 'variables.heapMiB'],
  ['sha256(manifests["fpm.yaml"])', 'manifests.fpm.yaml'],
  ['{"a": user.name}', 'user.name'],
  ['math.greatest(1, 2)', ''],
  ['optional.of(1)', ''],
  ['type(user.name) == string', 'user.name'],
  ['1 + 1', ''],
])('%s reads %s', (expression, reads) => {
  expect(
    compiled(expression)
      .reads.map((path) => path.join('.'))
      .join(' '),
  ).toBe(reads)
})

test.each([
  ['1 + 1', true],
  ['policy.rollout.maxSurge', true],
  ['string(policy.rollout.maxUnavailable)', true],
  ['math.greatest(policy.rollout.maxUnavailable, 1)', true],
  ['target.region', false],
  ['variables.heapMiB', false],
  ['policy.zookeeper[target.region]', false],
])('%s is constant: %s', (expression, constant) => {
  expect(compiled(expression).constant).toBe(constant)
})
