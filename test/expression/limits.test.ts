import { expect, test } from 'vitest'
import { compiled, context, failureOf, problemOf, resultOf } from './sample.ts'

test.each(['^(a+)+$', '(a|a)*$', '(a*)*b', '([a-zA-Z]+)*\\\\d'])(
  '%s is matched in linear time',
  (pattern) => {
    const text = `${'a'.repeat(5000)}!`
    const expression = compiled(`user.name.matches("${pattern}")`)
    expression.evaluate(context({ name: 'a' }))
    const started = performance.now()
    expression.evaluate(context({ name: text }))
    expect(performance.now() - started).toBeLessThan(50)
  },
)

test('macros nest only twice, however they are put together', () => {
  const refused = 'map, filter, all and exists can be nested only twice'
  expect(problemOf('[1].map(a, [1].map(b, [1].map(c, c)))')).toContain(refused)
  expect(problemOf('[1].filter(a, [1].all(b, [1].exists(c, c == a)))')).toContain(refused)
  expect(resultOf('[1].map(a, [1].map(b, a + b))')).toEqual([[2]])
  expect(resultOf('[1].map(a, a).map(a, a).map(a, a)')).toEqual([1])
})

test('an evaluation looks at no more than 100,000 items', () => {
  const tags = Array.from({ length: 400 }, (_, at) => `t${at}`)
  const failure = 'this looks at more than 100,000 items'
  const nested = 'user.tags.map(a, user.tags.map(b, 1)).size()'
  expect(failureOf(nested, context({ tags }))).toContain(failure)
  expect(resultOf(nested, context({ tags: tags.slice(0, 300) }))).toBe(300)
  expect(resultOf(nested, context({ tags: tags.slice(0, 300) }))).toBe(300)
  const all = 'user.tags.all(a, user.tags.all(b, b != ""))'
  expect(failureOf(all, context({ tags }))).toContain(failure)
})

test('a text has no more than 256 kB', () => {
  const failure = 'the result has more than 256 kB of text'
  const large = context({ name: 'x'.repeat(100_000) })
  expect(failureOf('user.name + user.name + user.name', large)).toContain(failure)
  expect(failureOf('[user.name, user.name, user.name].join("")', large)).toContain(failure)
  expect(failureOf('user.name.replace("x", "xxx")', large)).toContain(failure)
  expect(failureOf('[user.name, user.name, user.name]', large)).toContain(failure)
  expect(failureOf('{"a": user.name, "b": [user.name, user.name]}', large)).toContain(failure)
  expect(resultOf('(user.name + user.name).size()', large)).toBe(200_000)
  expect(resultOf('sha256([user.name, user.name, user.name])', large)).toHaveLength(64)
})

test('an expression is neither long nor deep', () => {
  expect(problemOf(`1${' + 1'.repeat(3000)}`)).toContain('more than 8192 characters')
  expect(problemOf(`1${'+1'.repeat(3000)}`)).toContain('too long or too deeply nested')
  expect(problemOf(`${'('.repeat(500)}1${')'.repeat(500)}`)).toContain('too long or too deeply')
  expect(problemOf(`${'-'.repeat(5000)}1`)).toContain('too long or too deeply')
  expect(problemOf(`[${'1,'.repeat(300)}]`)).toContain('too long or too deeply')
})

test.each(['toString', 'constructor', '__proto__', 'hasOwnProperty', 'valueOf'])(
  '%s is no datum',
  (name) => {
    expect(problemOf(`user.${name}`)).toContain('has no field')
    expect(failureOf(`user.env[${JSON.stringify(name)}]`)).toContain('has no')
    expect(failureOf(`dyn(user)[${JSON.stringify(name)}]`)).toContain('has no')
    expect(failureOf(`dyn(user.cpu)[${JSON.stringify(name)}]`)).toContain('has no')
    expect(failureOf(`user.extra[${JSON.stringify(name)}]`)).toContain('has no')
    expect(failureOf(`policy.zookeeper[string("${name}")]`)).toContain('has no')
    expect(resultOf(`"${name}" in user.env || "${name}" in policy.zookeeper`)).toBe(false)
  },
)
