import { expect, test } from 'vitest'
import { makeEnvironment } from '../../src/expression/environment.ts'
import { problemOf, userType } from './sample.ts'

test.each([
  // names
  ['user.replcas', 'replcas: user has no field "replcas"; did you mean "replicas"?'],
  ['1 + user.replcas', 'replcas: user has no field "replcas"; did you mean "replicas"?'],
  ['user["replcas"]', '"replcas": user has no field "replcas"; did you mean "replicas"?'],
  ['user.?replcas', 'replcas: user has no field "replcas"; did you mean "replicas"?'],
  ['user[?"replcas"]', '"replcas": user has no field "replcas"; did you mean "replicas"?'],
  ['has(user.replcas)', 'replcas: user has no field "replcas"; did you mean "replicas"?'],
  ['user.requests.cup', 'cup: user.requests has no field "cup"; did you mean "cpu"?'],
  ['user.?requests.?cup', 'cup: user.requests has no field "cup"; did you mean "cpu"?'],
  ['has(user.requests.cup)', 'cup: user.requests has no field "cup"; did you mean "cpu"?'],
  ['user.ports.map(p, p.prot)', 'prot: p has no field "prot"; did you mean "port"?'],
  ['policy.rolout.maxSurge', 'rolout: policy has no field "rolout"; did you mean "rollout"?'],
  ['policy.zookeeper.hz', 'hz: policy.zookeeper has no field "hz"'],
  ['user.image', 'image: user has no field "image"; did you mean "pipeline.image"?'],
  ['variables.heapMib', 'heapMib: there is no variable "heapMib"; did you mean "heapMiB"?'],
  ['usr.cpu', 'usr: there is no "usr" in scope; did you mean "user"?'],
  ['replicas', 'replicas: there is no "replicas" in scope; did you mean "user.replicas"?'],
  ['value', 'value: there is no "value" in scope'],
  ['user.cpu.cores', 'cores: user.cpu is quantity and has no fields'],
  ['user.name.first', 'first: user.name is string and has no fields'],
  ['math.pi', 'pi: math has no "pi"'],
  // functions
  [
    'user.name.lowerAsci()',
    'lowerAsci: there is no function "lowerAsci"; did you mean "lowerAscii"?',
  ],
  ['foo(user.foo())', 'foo: there is no function "foo"'],
  ['timestamp("2020-01-01T00:00:00Z")', 'timestamp: there is no function "timestamp"'],
  ['lowerAscii(user.name)', 'lowerAscii(user.name): lowerAscii is called as value.lowerAscii(…)'],
  ['user.name.quantity()', 'user.name.quantity(): quantity is called as quantity(…)'],
  ['user.cpu.times("a")', 'user.cpu.times("a"): times takes (double) or (int), not (string)'],
  ['user.cpu.bytes(1)', 'user.cpu.bytes(1): bytes takes (), not (int)'],
  ['user.name.mebibytes()', 'user.name.mebibytes(): mebibytes works on quantity, not on string'],
  ['user.ports.join(",")', 'user.ports.join(","): join works on list<string>, not on list<map>'],
  [
    'user.?name.size()',
    'user.?name.size(): size works on string or list or map, not on optional<string>; give it a value with orValue(…)',
  ],
  [
    'math.greatest(1, 2.0)',
    'math.greatest(1, 2.0): greatest takes (int, int) or (double, double) or (quantity, quantity) or (list), not (int, double)',
  ],
  ['quantity("2GB")', '"2GB": "2GB" is no quantity; did you mean 2Gi (or 2G)?'],
  [
    'user.name.matches("a(?=b)")',
    '"a(?=b)": "a(?=b)" is no regular expression of RE2, which has no lookaround',
  ],
  // operators
  [
    'user.replicas * 0.5',
    'user.replicas * 0.5: int * double cannot be computed; write double(user.replicas)',
  ],
  [
    'user.name + user.replicas',
    'user.name + user.replicas: string + int cannot be computed; write string(user.replicas)',
  ],
  [
    'user.cpu * 0.5',
    'user.cpu * 0.5: quantity * double cannot be computed; write user.cpu.times(0.5)',
  ],
  [
    'user.memory > "1Gi"',
    'user.memory > "1Gi": quantity cannot be compared with string; write quantity("1Gi")',
  ],
  [
    'user.?name + "x"',
    'user.?name + "x": optional<string> + string cannot be computed; write user.?name.orValue(…)',
  ],
  [
    'user.name == null',
    'user.name == null: string cannot be compared with null; ask has(user.name)',
  ],
  ['"a" in user.name', '"a" in user.name: "in" looks into lists and maps, not into string'],
  ['1 in user.tags', '1 in user.tags: int is never in list<string>'],
  ['-user.name', '-user.name: - does not take string'],
  ['user.canary && user.name', 'user.canary && user.name: && needs bool, not string'],
  [
    'user.canary ? 1 : "25%"',
    'user.canary ? 1 : "25%": the two sides of ? : are int and string; write dyn(…) around both',
  ],
  ['user.name ? 1 : 2', 'name: the condition of ? : must be bool, not string'],
  ['user.ports.filter(p, p.name)', 'name: the condition of filter must be bool, not string'],
  ['user.tags["a"]', 'user.tags["a"]: a list is indexed by int, not by string'],
  [
    'user.requests.orValue(1)',
    'requests: only what is read with .? can be replaced by another value; write user.?requests.orValue(…)',
  ],
  ['user.?cpu.orValue("1")', '"1": the value there is quantity, but in its place stands string'],
  [
    'policy.zookeeper.map(k, k)',
    'zookeeper: policy.zookeeper is a map of known fields; to walk over it write dyn(policy.zookeeper)',
  ],
  ['user.name.map(x, x)', 'name: user.name is string, neither list nor map'],
  [
    'user.tags.map(1, 2)',
    '1: the first argument must be a name for the item, as in list.map(item, item.name)',
  ],
  ['user.env[1]', '1: the keys of this map are string, not int'],
  ['manifests[user]', 'user: the keys of this map are string, not map'],
  ['has(user)', 'user: has() takes a field, as in has(user.requests)'],
  // syntax
  ['', ': there is no expression between ${ and }'],
  ['  ', ' : there is no expression between ${ and }'],
  ['1 +', '+: the expression ends too early'],
  ['(1 + 2', '2: ")" is missing at the end'],
  ['user.cpu = 1', '=: "=" is no operator; write =='],
  ['true & false', '&: "&" is no operator; write &&'],
  ['1 2', '2: "2" is not expected here'],
  ['user..cpu', '.: a name is missing here'],
  ['user.cpu @', '@: "@" is not expected here'],
  ['"abc', '"abc: this text has no closing quote'],
  ['if', 'if: "if" is a reserved word'],
  ['"\\q"', '\\q: invalid escape sequence: \\q'],
  [
    '{}.a > 0',
    '{}.a > 0: an operator stands between values whose types are not known, such as those of {}',
  ],
  // results
  ['b"abc"', 'b"abc": this is nothing that a manifest can hold'],
  ['int', 'int: this is nothing that a manifest can hold'],
  ['[math]', '[math]: this is nothing that a manifest can hold'],
])('%s is refused', (expression, problem) => {
  expect(problemOf(expression)).toBe(problem)
})

test('a problem spans exactly what is wrong, lines included', () => {
  const scope = makeEnvironment({ user: userType })
  expect(scope.compile('user.replicas\n  + user.replcas')).toEqual({
    message: 'user has no field "replcas"',
    suggestion: 'replicas',
    start: 23,
    end: 30,
  })
})

test('what is left out of a scope is not in it', () => {
  const scope = makeEnvironment({ user: userType })
  expect(scope.compile('policy.x')).toMatchObject({ message: 'there is no "policy" in scope' })
})
