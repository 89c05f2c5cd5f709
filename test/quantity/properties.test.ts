import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseQuantity, type Quantity } from '../../src/quantity/quantity.ts'

const suffixes = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'Ki', 'Mi', 'Gi', 'Ti']
const digits = fc.nat({ max: 999_999 }).map(String)
const fraction = fc.option(
  fc.nat({ max: 9999 }).map((n) => `.${n}`),
  { nil: '' },
)
const texts = fc
  .tuple(fc.constantFrom('', '', '', '-'), digits, fraction, fc.constantFrom(...suffixes))
  .map((parts) => parts.join(''))
const exponents = fc
  .tuple(digits, fraction, fc.constantFrom('e', 'E'), fc.integer({ min: -12, max: 15 }))
  .map((parts) => parts.join(''))
const ratios = fc
  .oneof(
    fc.double({ min: 0, max: 4, noNaN: true }),
    fc.nat({ max: 400 }).map((n) => n / 100),
  )
  .map(Math.abs)

test('printing and reading again gives the same number and the same text', () => {
  fc.assert(
    fc.property(fc.oneof(texts, exponents), (text) => {
      const once = quantity(text)
      const again = quantity(once.toString())
      expect(again.compareTo(once)).toBe(0)
      expect(again.toString()).toBe(once.toString())
    }),
  )
})

test('a product prints as no less than it is, and as no more than the whole of which it is a part', () => {
  fc.assert(
    fc.property(texts, ratios, (text, ratio) => {
      if (text.startsWith('-')) return
      const whole = quantity(text)
      const product = whole.times(ratio)
      const printed = quantity(product.toString())
      expect(printed.compareTo(product)).not.toBe(-1)
      if (ratio <= 1) expect(printed.compareTo(whole)).not.toBe(1)
    }),
  )
})

test('sums and products agree', () => {
  fc.assert(
    fc.property(texts, texts, (a, b) => {
      const left = quantity(a)
      const right = quantity(b)
      expect(left.add(right).compareTo(right.add(left))).toBe(0)
      expect(left.add(right).sub(right).compareTo(left)).toBe(0)
      expect(left.add(left).compareTo(left.times(2))).toBe(0)
    }),
  )
})

test('kubectl prints the same text', (context) => {
  const sample = fc.sample(texts.filter(isCanonicalised), { numRuns: 400, seed: 7 })
  const printed = printedByKubectl(sample)
  if (!printed) return context.skip('kubectl is not installed')
  expect(
    Object.fromEntries(sample.map((text, at) => [`${at} ${text}`, `${quantity(text)}`])),
  ).toEqual(Object.fromEntries(sample.map((text, at) => [`${at} ${text}`, printed[`q${at}`]])))
})

/** kubectl leaves some texts as they were written: leading zeros, and exactly three decimals. */
function isCanonicalised(text: string): boolean {
  return !/^-?0+[0-9]|\.[0-9]{3}(?![0-9])/.test(text)
}

function printedByKubectl(sample: readonly string[]): Record<string, string> | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'quantities-'))
  try {
    const limits = Object.fromEntries(sample.map((text, at) => [`q${at}`, text]))
    const containers = [{ name: 'app', image: 'a', resources: { limits } }]
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: { containers } }
    const file = join(folder, 'pod.json')
    writeFileSync(file, JSON.stringify(pod))
    // Another image makes kubectl decode the pod into its own types, which print canonically.
    const command = ['set', 'image', '--local', '-o', 'json', '-f', file, 'app=b']
    const { error, stdout, stderr } = spawnSync('kubectl', command, { encoding: 'utf8' })
    if (error) return undefined
    expect(stderr).toBe('')
    return JSON.parse(stdout).spec.containers[0].resources.limits
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function quantity(text: string): Quantity {
  const found = parseQuantity(text)
  if (!found) throw new Error(`${text} is no quantity`)
  return found
}
