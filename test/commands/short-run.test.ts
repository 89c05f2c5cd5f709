import { expect, test } from 'vitest'
import { isShort } from '../../src/commands/short-run.ts'

test.each([
  ['explain cq/prod/order', true],
  ['render --project order', true],
  ['render --check --project=order -e prod', true],
  ['validate -p order -p web', true],
  ['validate -porder', true],
  ['validate -p order*', false],
  ['validate --project=order* -p web', false],
  [`render ${'-p a '.repeat(11)}`, false],
  ['render', false],
  ['render --shard 1/16', false],
  ['list --owner order', false],
])('%s is about few projects that it names: %s', (line, expected) => {
  expect(isShort(line.trim().split(' '))).toBe(expected)
})
