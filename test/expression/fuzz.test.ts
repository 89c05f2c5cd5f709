import fc from 'fast-check'
import { expect, test } from 'vitest'
import { check, checkQuickly, extend, nothing } from '../../src/expression/check.ts'
import { EvaluationError } from '../../src/expression/evaluation-error.ts'
import { type ExpressionType, signatureOf } from '../../src/expression/type.ts'
import { fromExpressionValue } from '../../src/expression/values.ts'
import { context, scope, types } from './sample.ts'

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
    .concat(['asInteger', 'greatest', 'of', 'sum', 'bytes', 'sub', 'trim', 'hasValue'])
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

/** What there is a short way to, mostly of the right types: data that are there and others. */
const { text: short } = fc.letrec<Record<'text' | 'truth' | 'whole' | 'list' | 'optional', string>>(
  (tie) => {
    const [text, truth, whole, list] = [tie('text'), tie('truth'), tie('whole'), tie('list')]
    const optional = tie('optional')
    const limited = { depthSize: 'small', withCrossShrink: true } as const
    return {
      text: fc.oneof(
        limited,
        fc.constantFrom('user.name', '"r"', '"Or"', 'user.env.A', 'policy.jvm', 'pipeline.image'),
        fc.constantFrom('user.env["C"]', 'user.tags[0]', 'user.tags[7]', 'target.region', 'x'),
        fc.tuple(text, text).map(([a, b]) => `(${a} + ${b})`),
        fc.tuple(truth, text, text).map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
        fc.tuple(optional, text).map(([a, b]) => `${a}.orValue(${b})`),
        fc.tuple(text, text, text).map(([a, b, c]) => `${a}.replace(${b}, ${c})`),
        fc.tuple(text, whole).map(([a, b]) => `${a}.substring(${b})`),
        fc.tuple(text, text).map(([a, b]) => `${a}.split(${b})[0]`),
        fc.tuple(list, text).map(([a, b]) => `${a}.join(${b})`),
        fc.tuple(whole).map(([a]) => `string(${a})`),
        fc.tuple(text).map(([a]) => `sha256(${a})`),
        truth,
        whole,
      ),
      truth: fc.oneof(
        limited,
        fc.constantFrom('true', 'false', 'has(user.name)', 'has(user.canary)', 'has(user.env.A)'),
        fc.constantFrom('has(user.requests.cpu)', 'user.cpu > user.memory', 'isQuantity("1")', 'x'),
        fc.tuple(truth, fc.constantFrom('&&', '||'), truth).map((each) => `(${each.join(' ')})`),
        fc
          .tuple(whole, fc.constantFrom('==', '!=', '<', '<=', '>', '>='), whole)
          .map((each) => `(${each.join(' ')})`),
        fc.tuple(text, fc.constantFrom('==', '!='), text).map((each) => `(${each.join(' ')})`),
        fc
          .tuple(text, fc.constantFrom('contains', 'startsWith', 'endsWith'), text)
          .map(([a, name, b]) => `${a}.${name}(${b})`),
        fc.tuple(text, fc.oneof(list, fc.constant('user.env'))).map(([a, b]) => `(${a} in ${b})`),
        fc
          .tuple(fc.oneof(text, whole), fc.constantFrom('==', '!='), fc.oneof(text, whole))
          .map(([a, op, b]) => `(dyn(${a}) ${op} ${b})`),
        fc.tuple(text).map(([a]) => `${a}.matches("^[a-r]")`),
        fc
          .tuple(list, fc.constantFrom('exists', 'all'), truth)
          .map(([a, name, b]) => `${a}.${name}(x, ${b})`),
        optional.map((each) => `${each}.hasValue()`),
        truth.map((each) => `!${each}`),
      ),
      whole: fc.oneof(
        limited,
        fc.constantFrom('0', '1', '9223372036854775807', 'user.replicas', 'variables.heapMiB'),
        fc.constantFrom('user.memory.times(0.5).mebibytes()', 'user.cpu.times(-1).mebibytes()'),
        fc
          .tuple(whole, fc.constantFrom('+', '-', '*', '/'), whole)
          .map((each) => `(${each.join(' ')})`),
        fc.tuple(text, text).map(([a, b]) => `${a}.lastIndexOf(${b})`),
        fc.tuple(list).map(([a]) => `size(${a})`),
        fc.constantFrom('"7"', '"x"', '"9223372036854775808"').map((each) => `int(${each})`),
        fc
          .constantFrom('cpu', 'memory')
          .map((each) => `user.requests.?${each}.orValue(user.cpu).bytes()`),
        fc.tuple(list, whole).map(([a, b]) => `${a}.map(x, ${b}).sum()`),
      ),
      list: fc.oneof(
        limited,
        fc.constantFrom('user.tags', '["a", "b"]', '[]', '[1, "a"]', 'user.env', 'user.extra.list'),
        fc.constantFrom('user.ports.map(port, port.name)', 'user.ports.map(port, port.?name)'),
        fc
          .tuple(list, fc.constantFrom('map', 'filter'), fc.oneof(text, truth))
          .map(([a, name, b]) => `${a}.${name}(x, ${b})`),
        fc.tuple(list, list).map(([a, b]) => `(${a} + ${b})`),
      ),
      optional: fc.oneof(
        limited,
        fc.constantFrom('user.?name', 'user.?canary', 'user.?requests.?cpu', 'variables.priority'),
        fc.constantFrom('user.env[?"A"]', 'user.env[?"C"]', 'user.?requests.cpu', 'user.?env.?A'),
        fc.tuple(optional, optional).map(([a, b]) => `${a}.or(${b})`),
      ),
    }
  },
)

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

// There is no short way to a map that is written out, nor to what stands in it.
test('the short way gives what the long way gives, and fails as it does', () => {
  const values = context()
  let evaluated = 0
  const sample = fc.oneof(expression, short)
  fc.assert(
    fc.property(sample, (text) => {
      const [own, long] = [scope.compile(text), scope.compile(`{"a": ${text}}`)]
      if ('message' in own || 'message' in long) return
      evaluated++
      const found = outcome(() => ({ a: own.evaluate(values) }))
      expect(found).toEqual(outcome(() => long.evaluate(values)))
    }),
    { numRuns: 6000 },
  )
  expect(evaluated).toBeGreaterThan(1500)
})

test('what is found right without the package it finds right, and of the same type', () => {
  const { variables, ...others } = types
  const names = new Map<string, ExpressionType>(Object.entries(others))
    .set('variables', { kind: 'struct', fields: variables })
    .set('manifests', { kind: 'map', of: { kind: 'dyn' } })
  const base = extend(nothing, names)
  let found = 0
  const sample = fc.oneof(expression, short)
  fc.assert(
    fc.property(sample, (text) => {
      const quick = checkQuickly(text, base)
      if (!quick) return
      found++
      const sure = check(text, base)
      if ('message' in sure) throw new Error(`${text}: ${sure.message}`)
      expect(signatureOf(quick.type)).toBe(signatureOf(sure.type))
    }),
    { numRuns: 6000 },
  )
  expect(found).toBeGreaterThan(800)
})

function outcome(work: () => unknown): unknown {
  try {
    return work()
  } catch (error) {
    return error instanceof EvaluationError ? error.message : error
  }
}
