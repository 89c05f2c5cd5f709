import fc from 'fast-check'
import { expect, test } from 'vitest'
import { EvaluationError } from '../../src/expression/evaluation-error.ts'
import { fromExpressionValue } from '../../src/expression/values.ts'
import { context, scope } from './sample.ts'

/** Words of the package that no message of ours may hold. */
const foreign = /struct\.|dyn<|\bQuantity|MathFunctions|undefined|(?<!\w)_[a-z]/

const leaves = fc.constantFrom(
  ...['user', 'user.name', 'user.replicas', 'user.weight', 'user.cpu', 'user.env', 'user.tags'],
  ...['user.ports', 'user.extra', 'user.?name', 'user.?canary', 'user.requests.cpu', 'user.canary'],
  ...['policy.tolerations', 'policy.zookeeper', 'policy.overcommit.cpu', 'variables.heapMiB'],
  ...[
    'manifests',
    'manifests["fpm.yaml"].spec',
    'null',
    'true',
    '1',
    '0',
    '0.5',
    '"a"',
    '""',
    '[]',
  ],
  ...['{}', '[1, "a"]', '{"a": 1}', 'dyn(1)', 'dyn("a")', 'dyn(user.cpu)', 'quantity("1Gi")', 'x'],
  ...['optional.none()', 'math', 'optional', 'int', 'b"a"', '1u', 'dyn(user)', 'user.nothing'],
)
const { expression } = fc.letrec<{ expression: string }>((tie) => {
  const inner = tie('expression')
  const operators = ['+', '-', '*', '/', '%', '==', '!=', '<', '<=', '>', '>=', 'in', '&&', '||']
  const methods = [
    'size',
    'times',
    'add',
    'map',
    'join',
    'split',
    'matches',
    'orValue',
    'or',
    'value',
  ]
    .concat(['mebibytes', 'lowerAscii', 'contains', 'indexOf', 'substring', 'replace', 'compareTo'])
    .concat(['asInteger', 'greatest', 'of'])
  const functions = [
    'size',
    'string',
    'int',
    'double',
    'bool',
    'dyn',
    'type',
    'has',
    'quantity',
  ].concat(['sha256', 'matches', 'isQuantity'])
  return {
    expression: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaves,
      fc
        .tuple(inner, fc.constantFrom(...operators), inner)
        .map(([a, op, b]) => `(${a} ${op} ${b})`),
      fc.tuple(inner, inner, inner).map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
      fc.tuple(inner, inner).map(([a, b]) => `${a}[${b}]`),
      fc.tuple(inner, inner).map(([a, b]) => `${a}[?${b}]`),
      fc.tuple(inner, fc.constantFrom('a', 'cpu', 'spec')).map(([a, key]) => `${a}.${key}`),
      fc.tuple(inner, fc.constantFrom('a', 'cpu', 'spec')).map(([a, key]) => `${a}.?${key}`),
      fc
        .tuple(inner, fc.constantFrom('map', 'filter', 'all', 'exists', 'exists_one'), inner)
        .map(([a, macro, b]) => `${a}.${macro}(x, ${b})`),
      fc
        .tuple(inner, fc.constantFrom(...methods), fc.array(inner, { maxLength: 2 }))
        .map(([a, method, b]) => `${a}.${method}(${b.join(', ')})`),
      fc
        .tuple(fc.constantFrom(...functions), fc.array(inner, { maxLength: 2 }))
        .map(([name, a]) => `${name}(${a.join(', ')})`),
      fc.tuple(fc.constantFrom('!', '-'), inner).map(([op, a]) => `${op}${a}`),
      fc.array(inner, { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
    ),
  }
})

test('whatever is written, it is refused with a place, fails with a message, or yields a value', () => {
  const values = context()
  let evaluated = 0
  fc.assert(
    fc.property(expression, (text) => {
      const result = scope.compile(text)
      if ('message' in result) {
        expect(result.message).not.toMatch(foreign)
        expect(result.start).toBeLessThanOrEqual(result.end)
        expect(result.end).toBeLessThanOrEqual(text.length)
        return
      }
      evaluated++
      try {
        fromExpressionValue(result.evaluate(values))
      } catch (error) {
        if (!(error instanceof EvaluationError)) throw error
        expect(error.message).not.toMatch(foreign)
      }
    }),
    { numRuns: 2000 },
  )
  expect(evaluated).toBeGreaterThan(100)
})

test('the short way to a datum finds what the long way finds', () => {
  const values = context()
  fc.assert(
    fc.property(
      leaves,
      fc.array(fc.constantFrom('.a', '.cpu', '["spec"]', '.port')),
      (leaf, steps) => {
        const short = scope.compile(leaf + steps.join(''))
        const long = scope.compile(`[${leaf}${steps.join('')}][0]`)
        if ('message' in short || 'message' in long) return
        expect(outcome(() => short.evaluate(values))).toEqual(outcome(() => long.evaluate(values)))
      },
    ),
    { numRuns: 1000 },
  )
})

function outcome(work: () => unknown): unknown {
  try {
    return work()
  } catch (error) {
    return error instanceof EvaluationError ? error.message : error
  }
}
