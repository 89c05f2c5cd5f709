import { Optional } from '@marcbachmann/cel-js'
import { expect, test } from 'vitest'
import { localsOfEach, repetitions } from '../../src/expression/each.ts'
import { EvaluationError } from '../../src/expression/evaluation-error.ts'
import { formatType } from '../../src/expression/type.ts'
import { fromExpressionValue, textOf, toExpressionValue } from '../../src/expression/values.ts'
import { Quantity } from '../../src/quantity/quantity.ts'
import { compiled, context, userType } from './sample.ts'

test('plain data and back again is the same data, quantities canonical', () => {
  const user = {
    name: 'a',
    replicas: 2,
    cpu: '1000m',
    ports: [{ port: 1 }],
    extra: [1, { a: 0.5 }],
  }
  const value = toExpressionValue(user, userType)
  expect(value).toMatchObject({ replicas: 2n, ports: [{ port: 1n }], extra: [1n, { a: 0.5 }] })
  expect(fromExpressionValue(value)).toEqual({ ...user, cpu: '1' })
})

test('a quantity may be a number, and a number may be whole', () => {
  const value = toExpressionValue({ cpu: 0.5, memory: 1024, weight: 3 }, userType)
  expect(value).toMatchObject({ weight: 3, cpu: expect.any(Quantity) })
  expect(fromExpressionValue(value)).toEqual({ cpu: '500m', memory: '1024', weight: 3 })
})

test('a null is absent, a field that the type does not have is left out', () => {
  expect(
    fromExpressionValue(toExpressionValue({ name: null, foo: 1, env: { A: null } }, userType)),
  ).toEqual({ env: {} })
})

test('what does not fit its type stays what it is', () => {
  expect(
    fromExpressionValue(toExpressionValue({ replicas: 1.5, cpu: '2GB', ports: 'x' }, userType)),
  ).toEqual({ replicas: 1.5, cpu: '2GB', ports: 'x' })
})

test.each([
  ['an optional', Optional.of(1n), 1],
  ['an empty optional', Optional.none(), null],
  ['an optional within', { a: Optional.none(), b: Optional.of('x') }, { a: null, b: 'x' }],
  ['a map', new Map(), undefined],
  ['bytes', new Uint8Array(1), undefined],
  ['a time', new Date(0), undefined],
  ['a function', () => 1, undefined],
  ['undefined', undefined, undefined],
  ['infinity', Number.POSITIVE_INFINITY, undefined],
  ['2^53', 2n ** 53n, undefined],
  ['2^53 - 1', 2n ** 53n - 1n, 2 ** 53 - 1],
])('%s as a result', (_, result, value) => {
  if (value === undefined) expect(() => fromExpressionValue(result)).toThrow(EvaluationError)
  else expect(fromExpressionValue(result)).toEqual(value)
})

test.each([
  ['user.name', 'Order'],
  ['user.replicas', '4'],
  ['user.cpu.times(0.25)', '500m'],
  ['0.5', '0.5'],
  ['true', 'true'],
  ['user.?name', 'Order'],
  ['user.?canary', undefined],
  ['null', undefined],
  ['user.tags', undefined],
  ['user.env', undefined],
])('%s within a text is %s', (expression, text) => {
  expect(textOf(compiled(expression).evaluate(context()))).toBe(text)
})

test.each([
  [
    'user.tags',
    'value string, index int',
    [
      { value: 'a', index: 0n },
      { value: 'b', index: 1n },
    ],
  ],
  [
    'user.env',
    'key string, value string',
    [
      { key: 'A', value: '2' },
      { key: 'B', value: '1' },
    ],
  ],
  [
    'policy.zookeeper',
    'key string, value string',
    [
      { key: 'cq', value: 'zk.cq' },
      { key: 'sh', value: 'zk.sh' },
    ],
  ],
  [
    'user.?tags',
    'value string, index int',
    [
      { value: 'a', index: 0n },
      { value: 'b', index: 1n },
    ],
  ],
  ['user.?requests', 'key string, value quantity', []],
  ['dyn([1])', 'key string, value dyn, index int', [{ value: 1n, index: 0n }]],
  ['dyn(null)', 'key string, value dyn, index int', []],
  ['dyn(1)', 'key string, value dyn, index int', undefined],
])('$each: ${%s} brings %s', (expression, locals, repeated) => {
  const { type, evaluate } = compiled(expression)
  const types = [...(localsOfEach(type) ?? [])].map(([name, of]) => `${name} ${formatType(of)}`)
  expect(types.join(', ')).toBe(locals)
  expect(repetitions(evaluate(context()))).toEqual(repeated)
})

test('nothing is repeated over a number', () => {
  expect(localsOfEach({ kind: 'int' })).toBeUndefined()
})
