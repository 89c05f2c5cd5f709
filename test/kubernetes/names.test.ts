import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  dataKey,
  dns1035Label,
  dnsLabel,
  dnsSubdomain,
  labelValue,
  qualifiedName,
  strictEnvName,
  type TextRule,
} from '../../src/kubernetes/validation/names.ts'
import { parseQuantity } from '../../src/quantity/quantity.ts'

// The regular expressions as Kubernetes prints them in its refusals.
const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?'
const subdomain = `${label}(\\.${label})*`
const qualified = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]'
const rules: readonly [string, TextRule, string, number][] = [
  ['dnsLabel', dnsLabel, label, 63],
  ['dns1035Label', dns1035Label, '[a-z]([-a-z0-9]*[a-z0-9])?', 63],
  ['dnsSubdomain', dnsSubdomain, subdomain, 253],
  ['labelValue', labelValue, `(${qualified})?`, 63],
  ['dataKey', dataKey, '(?!\\.$|\\.\\.)[-._a-zA-Z0-9]+', 253],
  ['strictEnvName', strictEnvName, '(?!\\.$|\\.\\.)[-._a-zA-Z][-._a-zA-Z0-9]*', 99_999],
  [
    'qualifiedName',
    qualifiedName,
    `(?=[^/]{1,63}$|.*/[^/]{1,63}$)(${subdomain}/)?${qualified}`,
    317,
  ],
]

describe.each(rules)('%s', (_, rule, pattern, most) => {
  test('agrees with the regular expression of Kubernetes', () => {
    const expression = new RegExp(`^(?:${pattern})$`)
    const letters = fc.constantFrom(...'aZ09-_./ =é')
    const text = fc.oneof(
      fc.string({ unit: letters, maxLength: 8 }),
      fc.integer({ min: 60, max: 66 }).map((length) => 'a'.repeat(length)),
      fc.integer({ min: 250, max: 256 }).map((length) => 'a'.repeat(length)),
    )
    fc.assert(
      fc.property(text, (each) => {
        expect(rule(each) === undefined).toBe(each.length <= most && expression.test(each))
      }),
      { numRuns: 3000 },
    )
  })
})

test('quantities agree with the regular expression of Kubernetes', () => {
  const expression = /^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$/
  const text = fc.string({ unit: fc.constantFrom(...'019.-+eEinumkKMGTP '), maxLength: 7 })
  fc.assert(
    fc.property(text, (each) => {
      // The expression is wider than the grammar: it lets suffixes through that there are not.
      if (parseQuantity(each)) expect(each).toMatch(expression)
    }),
    { numRuns: 5000 },
  )
})
