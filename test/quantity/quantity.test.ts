import { expect, test } from 'vitest'
import { parseQuantity, type Quantity, quantityOfNumber } from '../../src/quantity/quantity.ts'

test.each([
  ['1000m', '1'],
  ['0.5', '500m'],
  ['1024Mi', '1Gi'],
  ['2048Mi', '2Gi'],
  ['1.5Gi', '1536Mi'],
  ['1000', '1k'],
  ['1000M', '1G'],
  ['1000Mi', '1000Mi'],
  ['1024', '1024'],
  ['134217728', '134217728'],
  ['0.1Gi', '107374182400m'],
  ['0.5Ki', '512'],
  ['1', '1'],
  ['1.10', '1100m'],
  ['.5', '500m'],
  ['5.', '5'],
  ['+5', '5'],
  ['00012', '12'],
  ['-1500m', '-1500m'],
  ['-1.5Gi', '-1536Mi'],
  ['0', '0'],
  ['0Mi', '0'],
  ['0.5m', '500u'],
  ['0.1n', '1n'],
  ['-0.1n', '-1n'],
  ['1.23456789Gi', '1325607178060431360n'],
  ['1e3', '1e3'],
  ['1.5e3', '1500'],
  ['1e-7', '100e-9'],
  ['7e4', '70e3'],
  ['1E', '1E'],
  ['1000E', '1000E'],
  ['1.5Ei', '1536Pi'],
  ['12345678901234567890', '12345678901234567890'],
])('%s is printed as %s', (text, canonical) => {
  expect(quantity(text).toString()).toBe(canonical)
})

test.each(
  [
    '',
    ' 1',
    '1 ',
    '2 Gi',
    '2GB',
    '1K',
    '1gi',
    '2c',
    '.',
    'Ki',
    'm',
    '1e',
    '1.2.3',
    '1e3Ki',
    '0x1',
  ].concat(['1,5', '1_000', 'NaN', '1ki', '--1', '1e999999999', '1'.repeat(100), '١', '1\n']),
)('%j is no quantity', (text) => {
  expect(parseQuantity(text)).toBeUndefined()
})

test.each([
  [1, '1'],
  [0.5, '500m'],
  [1e-7, '100n'],
  [1e21, '1000E'],
  [1.5e-10, '1n'],
  [-2, '-2'],
])('the number %d is the quantity %s', (value, text) => {
  expect(quantityOfNumber(value).toString()).toBe(text)
})

test.each([
  ['1Gi', 0.7, '717Mi'],
  ['1Gi', 0.5, '512Mi'],
  ['2Gi', 1, '2Gi'],
  ['2048Mi', 1, '2Gi'],
  ['1.5Gi', 0.5, '768Mi'],
  ['333m', 0.25, '84m'],
  ['700m', 0.3, '210m'],
  ['1', 0.25, '250m'],
  ['2', 0.5, '1'],
  ['1m', 0.25, '1m'],
  ['0.5m', 1, '500u'],
  ['0', 0.5, '0'],
  ['0Mi', 0.5, '0'],
  ['1', 0, '0'],
  ['1', 3, '3'],
  ['1', 1.5, '1500m'],
  ['1G', 0.7, '668Mi'],
  ['2G', 1, '2G'],
  ['1500Ki', 1, '1500Ki'],
  ['1500Ki', 2, '3Mi'],
  ['512Ki', 0.5, '512Ki'],
  ['5M', 0.1, '1Mi'],
  ['1500', 0.5, '750'],
  ['1e3', 0.5, '500'],
])('%s × %d is printed as %s', (text, ratio, product) => {
  expect(quantity(text).times(ratio).toString()).toBe(product)
})

test('a product is exact until it is printed', () => {
  const part = quantity('1Gi').times(0.7)
  expect(part.compareTo(quantity('717Mi'))).toBe(-1)
  expect(part.times(10).toString()).toBe('7Gi')
  expect(part.asInteger()).toBeUndefined()
  expect(part.asApproximateFloat()).toBe(751619276.8)
  expect(quantity('700m').times(0.1).times(0.1).toString()).toBe('7m')
})

test('what was multiplied up and down again is not above the original', () => {
  expect(quantity('1500Ki').times(4).times(0.25).toString()).toBe('1500Ki')
})

test.each([
  ['1.5Gi', 0.6, 921n],
  ['1G', 0.6, 572n],
  ['1Gi', 0.6, 614n],
  ['2Gi', 0.6, 1228n],
  ['256Mi', 0.6, 153n],
  ['1Gi', 0.75, 768n],
  ['1Gi', 0.8, 819n],
  ['4Gi', 0.8, 3276n],
])('%s × %d holds %d whole Mi', (text, ratio, mebibytes) => {
  expect(quantity(text).times(ratio).mebibytes()).toBe(mebibytes)
})

test('bytes and thousandths are rounded up', () => {
  expect(quantity('1G').bytes()).toBe(1_000_000_000n)
  expect(quantity('0.1Gi').bytes()).toBe(107374183n)
  expect(quantity('333m').times(0.25).millicores()).toBe(84n)
  expect(quantity('2').millicores()).toBe(2000n)
  expect(quantity('1u').millicores()).toBe(1n)
})

test('sums are exact and keep the family of the first that is not zero', () => {
  expect(quantity('1Gi').add(quantity('512Mi')).toString()).toBe('1536Mi')
  expect(quantity('1').sub(quantity('100m')).toString()).toBe('900m')
  expect(quantity('0').add(quantity('1Gi')).toString()).toBe('1Gi')
  expect(quantity('1Gi').sub(quantity('2Gi')).toString()).toBe('-1Gi')
  expect(quantity('1Gi').times(0.7).add(quantity('64Mi')).toString()).toBe('781Mi')
  expect(quantity('64Mi').add(quantity('1Gi').times(0.7)).toString()).toBe('781Mi')
})

test('quantities compare as numbers', () => {
  expect(quantity('128Mi').compareTo(quantity('134217728'))).toBe(0)
  expect(quantity('1Gi').compareTo(quantity('1G'))).toBe(1)
  expect(quantity('999m').compareTo(quantity('1'))).toBe(-1)
})

test.each([-0.5, Number.NaN, Number.POSITIVE_INFINITY])('× %d is refused', (ratio) => {
  expect(() => quantity('1').times(ratio)).toThrow(RangeError)
})

function quantity(text: string): Quantity {
  const found = parseQuantity(text)
  if (!found) throw new Error(`${text} is no quantity`)
  return found
}
