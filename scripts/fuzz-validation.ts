import { parseArgs } from 'node:util'
import { isList, isMap, type Value, type ValueMap } from '../src/document/node.ts'
import { checkValidation } from '../src/kubernetes/check-validation.ts'
import { objectFor, validationCases } from '../test/kubernetes/validation-cases.ts'
import { judge } from './api-server/judge.ts'

// Changes sound objects at random and compares what we refuse with what the API server refuses:
// fuzz-validation.ts [--version 1.33.0] [--count N] [--seed N]. Prints in which ways they differ.
// Needs Go; see ask-api-server.ts.
const { values } = parseArgs({
  options: {
    version: { type: 'string', default: '1.33.0' },
    count: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
  },
})
const minor = Number(values.version.split('.')[1])
const texts = [
  '',
  'a',
  'A b',
  'a.b',
  'x/y',
  'a_b',
  '80',
  '0',
  '50%',
  '150%',
  'None',
  'UDP',
  'Always',
]
  .concat(['Never', 'In', 'Exists', '10.0.0.1', '10.0.0.0/8', '1Gi', '100m', '-5', '/a', '../a'])
  .concat(['a'.repeat(64), 'a'.repeat(300), '*', '*.a.b', 'logs', 'http', '$(A)', 'a:b', 'é', ' a'])
const numbers = [-1, 0, 1, 2, 100, 101, 65_535, 65_536, 2 ** 31 - 1]
let state = Number(values.seed)

const sound = validationCases.filter((each) => each.isRefused(minor) === false)
const objects = Array.from({ length: Number(values.count) }, () => {
  const first = changed(objectFor(oneOf(sound), minor), 0) as ValueMap
  return random(2) === 0 ? first : (changed(first, 0) as ValueMap)
})
const differences = new Map<string, { count: number; example: ValueMap }>()
for (const [at, refusals] of judge(values.version, objects).entries()) {
  const object = objects[at]
  const [theirs] = refusals
  // What cannot be decoded, and what is missing, is for the schema.
  if (!object || theirs?.message.startsWith('decode:')) continue
  const [ours] = checkValidation(object, minor)
  if ((ours === undefined) === (theirs === undefined)) continue
  const way = ours
    ? `only we refuse ${ours.pointer}: ${ours.message}`
    : `only they refuse ${theirs?.field}: ${theirs?.message}`
  const kind = `${object.kind}: ${way}`.replace(/\d+/g, '#').replace(/"[^"]*"/g, '"…"')
  const { count, example } = differences.get(kind) ?? { count: 0, example: object }
  differences.set(kind, { count: count + 1, example })
}
for (const [kind, { count, example }] of [...differences].sort((a, b) => b[1].count - a[1].count)) {
  console.log(`${count} × ${kind.slice(0, 200)}\n    ${JSON.stringify(example).slice(0, 400)}`)
}
console.log(`${objects.length} objects, ${differences.size} ways to differ`)

/** A value with something in it that is another one of the same type, twice there, or gone. */
function changed(value: Value, depth: number): Value | undefined {
  if (typeof value === 'string') return oneOf(texts)
  if (typeof value === 'number') return oneOf(numbers)
  if (typeof value === 'boolean') return !value
  if (isList(value)) return changedList(value, depth)
  if (!isMap(value)) return value
  const keys = Object.keys(value).filter((key) => depth > 0 || !/^(?:kind|apiVersion)$/.test(key))
  if (keys.length === 0 || (depth > 1 && random(12) === 0)) return random(2) === 0 ? {} : undefined
  const key = oneOf(keys)
  const held = value[key] ?? null
  if (depth > 1 && random(12) === 0) return { ...value, [oneOf(texts)]: held }
  const next = changed(held, depth + 1)
  const others = Object.fromEntries(Object.entries(value).filter(([each]) => each !== key))
  return next === undefined ? others : { ...others, [key]: next }
}

function changedList(list: readonly Value[], depth: number): Value | undefined {
  if (list.length === 0 || random(8) === 0) return random(2) === 0 ? [] : undefined
  const at = random(list.length)
  const item = list[at] ?? null
  const way = random(8)
  if (way === 0) return [...list, item]
  const next = way === 1 ? undefined : changed(item, depth + 1)
  return list.flatMap((each, index) => (index !== at ? [each] : next === undefined ? [] : [next]))
}

function oneOf<T>(choices: readonly T[]): T {
  return choices[random(choices.length)] as T
}

/** A number below a limit; mulberry32. */
function random(below: number): number {
  state = (state + 0x6d2b79f5) | 0
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
}
