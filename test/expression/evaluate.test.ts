import { expect, test } from 'vitest'
import {
  type Context,
  describeEvaluationError,
  makeEnvironment,
} from '../../src/expression/environment.ts'
import { EvaluationError } from '../../src/expression/evaluation-error.ts'
import { lazyMap } from '../../src/expression/lazy.ts'
import { compiled, context, failureOf, resultOf, scope } from './sample.ts'

test.each([
  // selecting
  ['user.replicas', 4],
  ['user.cpu', '2'],
  ['user.memory', '1536Mi'],
  ['user.weight', 2],
  ['user["name"]', 'Order'],
  ['user.env', { A: '2', B: '1' }],
  ['user.env.A', '2'],
  ['user.tags[1]', 'b'],
  ['user.ports[0].port', 8080],
  ['policy.rollout.maxSurge', '25%'],
  ['policy.overcommit', { cpu: 0.25, memory: 1 }],
  ['policy.zookeeper[target.region]', 'zk.cq'],
  ['manifests["fpm.yaml"].spec.replicas + 1', 4],
  ['variables.heapMiB', 921],
  ['variables.heapMiB + 1', 922],
  ['string(variables.heapMiB) + "m"', '921m'],
  ['user.extra.depth + 1', 2],
  ['user.extra', { depth: 1, list: [1, 'x'] }],
  // what may be absent
  ['user.?name', 'Order'],
  ['user.?canary', null],
  ['user.?requests.?cpu', null],
  ['user.?requests.?cpu.orValue(user.cpu)', '2'],
  ['user.?requests.?cpu.or(user.?cpu)', '2'],
  ['has(user.requests)', false],
  ['has(user.requests) && has(user.requests.cpu)', false],
  ['has(user.cpu)', true],
  ['has(user.env.A)', true],
  ['user.env[?"Z"].orValue("none")', 'none'],
  ['user.?tags[0]', 'a'],
  ['optional.none()', null],
  ['optional.of(1)', 1],
  ['dyn(null)', null],
  ['user.canary ? 1 : 2', undefined],
  ['user.?canary.orValue(false) ? dyn(1) : dyn("25%")', '25%'],
  // lists and maps
  ['user.ports.map(p, p.port)', [8080, 9090]],
  ['user.ports.filter(p, has(p.name)).map(p, p.name)', ['http']],
  ['user.env.map(k, k + "=" + user.env[k])', ['B=1', 'A=2']],
  ['user.tags.all(t, t.size() == 1)', true],
  ['user.tags.exists(t, t == "b")', true],
  ['user.ports.exists_one(p, p.port > 9000)', true],
  ['"A" in user.env', true],
  ['{1: "a"}[1]', 'a'],
  ['"b" in user.tags', true],
  ['target.region in policy.zookeeper', true],
  ['"hz" in policy.zookeeper', false],
  ['size(policy.zookeeper)', 2],
  ['policy.zookeeper.size()', 2],
  ['dyn(policy.zookeeper).map(k, k)', ['cq', 'sh']],
  ['policy.tolerations.map(t, t.?operator.orValue("Equal"))', ['Exists', 'Equal']],
  ['user.tags + ["c"]', ['a', 'b', 'c']],
  ['{"a": user.cpu, "b": [user.replicas]}', { a: '2', b: [4] }],
  ['[[1, 2], [3]].map(x, x.map(y, y + 1))', [[2, 3], [4]]],
  ['user.ports == user.ports', true],
  // numbers
  ['7 / 2', 3],
  ['-7 / 2', -3],
  ['7 % 3', 1],
  ['7.0 / 2.0', 3.5],
  ['user.weight * 2.0', 4],
  ['double(user.replicas) * 0.5', 2],
  ['user.replicas > 1.5', true],
  ['int(2.9)', 2],
  ['int("12")', 12],
  ['int("-12")', -12],
  ['double("0.5")', 0.5],
  ['string(4)', '4'],
  ['string(0.5)', '0.5'],
  ['string(true)', 'true'],
  ['math.greatest(1, 2)', 2],
  ['math.least(user.replicas, 2)', 2],
  ['math.least(1.5, 0.5)', 0.5],
  ['math.greatest(user.cpu, quantity("500m"))', '2'],
  ['math.least(user.cpu, quantity("500m"))', '500m'],
  // text
  ['"Ä-B".lowerAscii()', 'Ä-b'],
  ['"ä-b".upperAscii()', 'ä-B'],
  ['" a ".trim()', 'a'],
  ['"a.b.c".replace(".", "-")', 'a-b-c'],
  ['"a.b.c".replace(".", "-", 1)', 'a-b.c'],
  ['"a.b.c".replace(".", "-", 0)', 'a.b.c'],
  ['"ab".replace("", "-")', '-a-b-'],
  ['"a,b".split(",")', ['a', 'b']],
  ['"a,b,c".split(",", 2)', ['a', 'b,c']],
  ['["a", "b"].join()', 'ab'],
  ['["a", "b"].join("-")', 'a-b'],
  ['"abcabc".indexOf("c")', 2],
  ['"abcabc".indexOf("c", 3)', 5],
  ['"abcabc".lastIndexOf("c")', 5],
  ['"abcabc".lastIndexOf("c", 4)', 2],
  ['"abc".indexOf("x")', -1],
  ['"abc".substring(1)', 'bc'],
  ['"abc".substring(1, 2)', 'b'],
  ['"abc".charAt(1)', 'b'],
  ['"abc".charAt(3)', ''],
  ['"😀b".substring(1)', 'b'],
  ['"😀b".indexOf("b")', 1],
  ['"😀b".lastIndexOf("b")', 1],
  ['"😀b".charAt(0)', '😀'],
  ['"😀b".size()', 2],
  ['"abc".startsWith("a") && "abc".endsWith("c") && "abc".contains("b")', true],
  ['"order-api".matches("^[a-z-]+$")', true],
  ['matches("order", "^x")', false],
  ['"a" < "b"', true],
  ['type(user.name) == string', true],
  // checksums
  ['sha256("abc")', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  [
    'sha256({"b": 1, "a": [true, null, 0.5]}) == sha256("{\\"a\\":[true,null,0.5],\\"b\\":1}")',
    true,
  ],
  ['sha256(user.env) == sha256({"A": "2", "B": "1"})', true],
  ['sha256(policy.overcommit) == sha256("{\\"cpu\\":0.25,\\"memory\\":1}")', true],
])('%s yields %j', (expression, value) => {
  if (value === undefined) return expect(failureOf(expression)).toContain('is not set')
  expect(resultOf(expression)).toEqual(value)
})

test.each([
  ['user.cpu.times(policy.overcommit.cpu)', '500m'],
  ['user.memory.times(policy.overcommit.memory)', '1536Mi'],
  ['user.memory.times(policy.jvm.heapRatio).mebibytes()', 921],
  ['quantity("1G").times(0.6).mebibytes()', 572],
  ['quantity("1Gi").times(0.6).mebibytes()', 614],
  ['quantity("2Gi").times(0.6).mebibytes()', 1228],
  ['quantity("256Mi").times(0.6).mebibytes()', 153],
  ['quantity("1Gi").times(0.75).mebibytes()', 768],
  ['(quantity("1Gi").mebibytes() - 64) / 48', 20],
  ['(quantity("2Gi").mebibytes() - 64) / 48', 41],
  ['quantity("1Gi").times(0.8).mebibytes()', 819],
  ['quantity("4Gi").times(0.8).mebibytes()', 3276],
  ['quantity("1Gi").times(0.7)', '717Mi'],
  ['quantity("1Gi").times(0.5)', '512Mi'],
  ['quantity("700m").times(0.3)', '210m'],
  ['quantity("333m").times(0.25)', '84m'],
  ['quantity("1").times(0.25)', '250m'],
  ['quantity("2").times(0.5)', '1'],
  ['quantity("2048Mi")', '2Gi'],
  ['string(quantity("2048Mi").times(1))', '2Gi'],
  ['"cpu: " + string(user.cpu)', 'cpu: 2'],
  ['quantity(1)', '1'],
  ['quantity(0.5)', '500m'],
  ['user.cpu.millicores()', 2000],
  ['user.memory.bytes()', 1610612736],
  ['user.memory.add(quantity("512Mi"))', '2Gi'],
  ['user.memory.sub(quantity("512Mi"))', '1Gi'],
  ['user.cpu.add(1)', '3'],
  ['user.cpu.asInteger()', 2],
  ['user.cpu.isInteger()', true],
  ['user.cpu.times(0.25).isInteger()', false],
  ['user.cpu.asApproximateFloat()', 2],
  ['user.cpu.compareTo(quantity("3"))', -1],
  ['user.cpu.isGreaterThan(quantity("1"))', true],
  ['user.cpu.isLessThan(quantity("1"))', false],
  ['isQuantity("2GB")', false],
  ['user.memory == quantity("1536Mi")', true],
  ['user.memory != quantity("1536Mi")', false],
  ['user.memory > quantity("1Gi")', true],
  ['user.memory <= quantity("1Gi")', false],
  ['user.cpu >= 2 && user.cpu < 2.5 && 1 < user.cpu && 2.5 >= user.cpu', true],
  ['user.cpu == 2 && 2.0 == user.cpu && user.cpu != 3', true],
  ['dyn(user.cpu) > 1 && dyn(2) == user.cpu', true],
  ['user.cpu in [quantity("2000m")]', true],
  ['[user.cpu] == [quantity("2")]', true],
])('%s is %s', (expression, value) => {
  expect(resultOf(expression)).toBe(value)
})

test.each([
  ['user.requests.cpu', 'requests: user.requests is not set; read an optional field with .?'],
  ['user.canary', 'canary: user.canary is not set; read an optional field with .?'],
  ['user.env.Z', 'Z: user.env.Z is not set; read an optional field with .?'],
  ['user.env["Z"]', 'user.env["Z"]: user.env has no "Z"; read an optional entry with [?…]'],
  [
    'policy.zookeeper["h" + "z"]',
    'policy.zookeeper["h" + "z"]: policy.zookeeper has no "hz"; read an optional entry with [?…]',
  ],
  [
    'policy.tolerations.map(t, t.operator)',
    'operator: t.operator is not set; read an optional field with .?',
  ],
  ['manifests["web.yaml"].spec', 'manifests["web.yaml"]: there is no manifest "web.yaml"'],
  ['user.tags[2]', 'user.tags[2]: there is no item 2 in a list of 2'],
  ['[][0]', '[][0]: there is no item 0 in a list of 0'],
  ['user.tags[-1]', 'user.tags[-1]: there is no item -1'],
  ['user.replicas / 0', 'user.replicas / 0: division by zero'],
  ['1 % 0', '1 % 0: modulo by zero'],
  [
    '9223372036854775807 + 1',
    '9223372036854775807 + 1: the result is too large for a whole number',
  ],
  ['quantity(user.name)', 'quantity(user.name): "Order" is no quantity'],
  ['quantity("2G" + "B")', 'quantity("2G" + "B"): "2GB" is no quantity; did you mean 2Gi (or 2G)?'],
  ['user.cpu.times(-1)', 'user.cpu.times(-1): a quantity cannot be multiplied by -1'],
  [
    'user.cpu.times(1.0 / 0.0)',
    'user.cpu.times(1.0 / 0.0): a quantity cannot be multiplied by Infinity',
  ],
  [
    'user.cpu.times(0.3).asInteger()',
    'user.cpu.times(0.3).asInteger(): 600m is no whole number; use bytes(), mebibytes() or millicores()',
  ],
  ['int("")', 'int(""): "" is no whole number'],
  ['int("0x10")', 'int("0x10"): "0x10" is no whole number'],
  [
    'int("9223372036854775808")',
    'int("9223372036854775808"): "9223372036854775808" is no whole number',
  ],
  ['int(1e30)', 'int(1e30): 1e+30 is too large for a whole number'],
  ['double("x")', 'double("x"): the text is no number'],
  ['bool("x")', 'bool("x"): the text is neither "true" nor "false"'],
  ['"abc".substring(4)', '"abc".substring(4): there is no position 4 in a text of 3 characters'],
  ['"abc".substring(2, 1)', '"abc".substring(2, 1): substring(2, 1) ends before it begins'],
  [
    'user.name.matches("(" + user.name)',
    'user.name.matches("(" + user.name): "(Order" is no regular expression of RE2, which has no lookaround',
  ],
  [
    'dyn(user.replicas) + "x"',
    'dyn(user.replicas) + "x": int + string cannot be computed; write string(dyn(user.replicas))',
  ],
  ['dyn(user.name).times(2)', 'dyn(user.name).times(2): times works on quantity, not on string'],
  ['dyn(user.name) ? 1 : 2', 'dyn(user.name): the condition of ? : must be bool, not string'],
  ['user.?canary.value()', 'user.?canary.value(): there is no value; give one with orValue(…)'],
  ['1.0 / 0.0', '1.0 / 0.0: the result is Infinity, which is no number'],
  [
    '9007199254740993',
    '9007199254740993: the result is 9007199254740993, which is too large a number',
  ],
])('%s fails', (expression, failure) => {
  expect(failureOf(expression)).toBe(failure)
})

test('data that does not fit its schema is named, whichever way it is read', () => {
  const wrong = context({ replicas: 'four', cpu: '2GB', tags: 'a' })
  expect(failureOf('user.replicas', wrong)).toBe(
    'replicas: user.replicas should be int, but is string',
  )
  expect(failureOf('user.replicas + 1', wrong)).toBe(
    'replicas: user.replicas should be int, but is string',
  )
  expect(failureOf('user.cpu', wrong)).toBe('cpu: user.cpu should be quantity, but is string')
  expect(failureOf('user.tags', wrong)).toBe(
    'tags: user.tags should be list<string>, but is string',
  )
})

test('what fails in a variable is told with the place in that variable, also from within another', () => {
  const variables = new Map([['broken', { kind: 'int' } as const]])
  const inner = compiled('1 / 0')
  const lazy = lazyMap('struct', ['broken'], () => inner.evaluate({}))
  const outer = makeEnvironment({ variables }).compile('10 + variables.broken')
  if ('message' in outer) throw new Error(outer.message)
  const error = thrownBy(() => outer.evaluate({ variables: lazy, manifests: {} }))
  expect(error).toMatchObject({
    message: 'division by zero',
    expression: '1 / 0',
    start: 0,
    end: 5,
  })
  expect(describeEvaluationError(error)).toEqual({ message: 'division by zero', start: 0, end: 5 })
})

test('a variable is worked out once, and not before it is read', () => {
  let count = 0
  const variables = new Map([['n', { kind: 'int' } as const]])
  const read = () => BigInt(++count)
  const values: Context = { variables: lazyMap('struct', ['n'], read) }
  const expression = makeEnvironment({ variables }).compile('variables.n + variables.n')
  if ('message' in expression) throw new Error(expression.message)
  expect(count).toBe(0)
  expect(expression.evaluate(values)).toBe(2n)
  expect(expression.evaluate(values)).toBe(2n)
  expect(count).toBe(1)
})

test('the first variables see the values of all', () => {
  const types = new Map([['a', { kind: 'int' } as const]])
  const early = makeEnvironment({ variables: types }).compile('variables.a + 1')
  if ('message' in early) throw new Error(early.message)
  types.set('b', { kind: 'int' })
  const read = (name: string) => (name === 'a' ? 1n : early.evaluate(values))
  const values: Context = { variables: lazyMap('struct', ['a', 'b'], read) }
  const late = makeEnvironment({ variables: types }).compile('variables.b + 1')
  expect('evaluate' in late && late.evaluate(values)).toBe(3n)
})

test('a bug is not taken for a mistake in the input', () => {
  expect(() => describeEvaluationError(new RangeError('bug'))).toThrow(RangeError)
})

test('locals are in scope of their expression only', () => {
  const locals = new Map([['value', { kind: 'string' } as const]])
  const withLocal = compiled('value + user.name', locals)
  expect(withLocal.evaluate({ ...context(), value: 'x' })).toBe('xOrder')
  expect(withLocal.reads).toEqual([['value'], ['user', 'name']])
  expect(scope.compile('value')).toHaveProperty('message')
})

test('the same expression in the same scope is compiled once', () => {
  expect(scope.compile('user.replicas + 1')).toBe(scope.compile('user.replicas + 1'))
  const locals = () => new Map([['value', { kind: 'string' } as const]])
  expect(scope.compile('value', locals())).toBe(scope.compile('value', locals()))
})

function thrownBy(work: () => unknown): unknown {
  try {
    return work()
  } catch (error) {
    expect(error).toBeInstanceOf(EvaluationError)
    return error
  }
}
