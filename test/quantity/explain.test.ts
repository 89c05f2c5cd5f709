import { expect, test } from 'vitest'
import { explainBadQuantity } from '../../src/quantity/explain.ts'

test.each([
  ['2GB', '2Gi (or 2G)'],
  ['512MB', '512Mi (or 512M)'],
  ['512mb', '512Mi (or 512M)'],
  ['2g', '2Gi (or 2G)'],
  ['2 Gi', '2Gi'],
  [' 2Gi', '2Gi'],
  ['1gi', '1Gi'],
  ['1GIB', '1Gi'],
  ['1MiB', '1Mi'],
  ['1K', '1k or 1Ki'],
  ['1KB', '1Ki (or 1k)'],
  ['2c', '2'],
  ['2 cores', '2'],
  ['0.5 CPU', '0.5'],
  ['500 millicores', '500m'],
  ['1024 bytes', '1024'],
  ['1e3', '1k'],
  ['1.5e3', '1500'],
  ['5e-1', '500m'],
  ['-1', '1'],
  ['-1Gi', '1Gi'],
  ['1,5Gi', '1.5Gi'],
  ['1_000', '1000'],
])('%s probably means %s', (text, meant) => {
  expect(explainBadQuantity(text)).toBe(meant)
})

test.each(['1', '1Gi', '+1', '0.5', '50%', 'lots', '', '1e999999', '2 apples', '1.2.3'])(
  'nothing is guessed for %j',
  (text) => {
    expect(explainBadQuantity(text)).toBeUndefined()
  },
)
