import { expect, test } from 'vitest'
import { suggest } from '../../src/diagnostics/suggest.ts'

const fields = ['cpu', 'memory', 'replicas', 'runtime', 'branch', 'env', 'port']

test.each([
  ['replcas', 'replicas'],
  ['relpicas', 'replicas'],
  ['Memory', 'memory'],
  ['cpus', 'cpu'],
  ['cup', 'cpu'],
  ['prot', 'port'],
  ['envs', 'env'],
])('%s is meant as %s', (word, meant) => {
  expect(suggest(word, fields)).toBe(meant)
})

test.each(['domains', 'x', 'kafka', '', 'cpu2000', 'zookeeper'])(
  '%s is nothing we know',
  (word) => {
    expect(suggest(word, fields)).toBeUndefined()
  },
)

test('a word that is known is no slip of itself', () => {
  expect(suggest('cpu', ['cpu'])).toBeUndefined()
})

test('a tie goes to the candidate that sorts first, in whatever order they come', () => {
  expect(suggest('java9', ['java8', 'java7'])).toBe('java7')
  expect(suggest('java9', ['java7', 'java8'])).toBe('java7')
})

test('jav8 is java8 rather than java7', () => {
  expect(suggest('jav8', ['java7', 'java8', 'node20'])).toBe('java8')
})

test('a long word costs no noticeable time', () => {
  expect(suggest('x'.repeat(10_000), fields)).toBeUndefined()
})
