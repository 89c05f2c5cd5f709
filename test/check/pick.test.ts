import { expect, test } from 'vitest'
import { pick } from '../../src/check/pick.ts'

const policy = { dns: { ndots: 2, servers: ['a'] }, most: { cpu: 10, memory: 4 }, other: 1 }

test.each([
  ['what a path leads to', [['most', 'cpu']], { most: { cpu: 10 } }],
  ['several', [['most', 'cpu'], ['other']], { most: { cpu: 10 }, other: 1 }],
  ['what is called on a value', [['dns', 'servers', 'exists']], { dns: { servers: ['a'] } }],
  ['all beside what is not there', [['most', 'cpus']], { most: { cpu: 10, memory: 4 } }],
  ['all, if all is named', [[]], policy],
  ['nothing', [], {}],
])('picks %s', (_, paths, expected) => {
  expect(pick(policy, paths)).toEqual(expected)
})
