import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { generateFleet, snapshotOf } from '../../bench/generate-fleet.ts'
import { compile } from '../../src/compile.ts'
import { toValue, type Value } from '../../src/document/node.ts'
import { escapePart, valueAt } from '../../src/document/pointer.ts'
import { explainTarget } from '../../src/explain/explain.ts'
import type { Explanation, Reading } from '../../src/explain/explanation.ts'
import { readWorkingTree } from '../../src/io/working-tree.ts'
import { renderTarget } from '../../src/plan/render-target.ts'
import { parseQuantity } from '../../src/quantity/quantity.ts'
import type { Snapshot } from '../../src/source/snapshot.ts'
import { formatLocation } from '../../src/source/source.ts'
import { patience, runs } from './runs.ts'
import { tinyFleets } from './tiny-fleet.ts'

test('every leaf of the reference fleet has an origin whose value explains it', () => {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  expect(unexplained(readWorkingTree(root))).toEqual([])
})

test(
  'every leaf of a generated fleet has an origin whose value explains it',
  () => {
    fc.assert(
      fc.property(fc.nat({ max: 100_000 }), (seed) => {
        expect(unexplained(snapshotOf(generateFleet({ projects: 2, seed })))).toEqual([])
      }),
      runs(3),
    )
  },
  patience,
)

test(
  'every leaf of generated templates has an origin whose value explains it',
  () => {
    fc.assert(
      fc.property(tinyFleets, ({ files }) => {
        expect(unexplained(snapshotOf(files))).toEqual([])
      }),
      runs(40),
    )
  },
  patience,
)

/** The leaves of all manifests whose explanation is missing or wrong, each with what is wrong. */
function unexplained(snapshot: Snapshot): string[] {
  const { targets, planOf, failed } = compile(snapshot)
  expect(failed).toBe(false)
  return targets.flatMap((target) => {
    const plan = planOf(target)
    const explainer = explainTarget(target, plan)
    return renderTarget(target, plan, () => {}).manifests.flatMap(({ file, value }) => {
      return leavesOf(value).flatMap(([pointer, leaf]) => {
        const problem = problemOf(leaf, explainer.explain(file, pointer))
        return problem === undefined ? [] : [`${target.id}/${file}${pointer}: ${problem}`]
      })
    })
  })
}

function problemOf(leaf: Value, explanation: Explanation | undefined): string | undefined {
  if (!explanation) return 'no explanation'
  const { at, value, expression, reads, within } = explanation
  if (!isEqual(value, leaf)) return `explains ${JSON.stringify(value)} instead`
  const written = at.source.text.slice(at.start, at.end)
  if (expression === undefined) {
    const said = unescaped(parse(written) as Value)
    return isEmpty(leaf) || isEqual(said, leaf)
      ? undefined
      : `${formatLocation(at)} says ${written}`
  }
  if (unescaped(parse(written) as Value) !== unescaped(expression)) {
    return `${formatLocation(at)} says ${written}, not ${expression}`
  }
  if (!isSelection(expression)) return undefined
  const [reading, ...others] = reads
  if (!reading || others.length > 0) return `${expression} reads ${reads.length} data`
  return reading.steps.length === 0 && reading.definedAt
    ? undefined
    : staleness(reading, within, leaf)
}

/** What is wrong with the step in force of a datum that an expression hands on as it is. */
function staleness(reading: Reading, within: readonly string[], leaf: Value): string | undefined {
  const step = reading.steps.at(-1)
  if (step?.deed !== 'set') return `${reading.name} is not set by anybody`
  // What is left empty may have been emptied by several layers.
  if (isEmpty(leaf)) return undefined
  const said = valueAt(toValue(step.node), within.map((part) => `/${escapePart(part)}`).join(''))
  // Of a map that several layers write, the last one need not say every field.
  if (said === undefined && reading.steps.length > 1) return undefined
  const quantity = parseQuantity(String(leaf))
  const fits =
    isEqual(said, leaf) || (quantity && parseQuantity(String(said))?.compareTo(quantity) === 0)
  // An `$each` over a map hands on its keys.
  return fits || step.keyAt?.source.text.slice(step.keyAt.start, step.keyAt.end) === leaf
    ? undefined
    : `${reading.name} is ${JSON.stringify(said)} at ${formatLocation(step.at)}`
}

/** Whether an expression hands on one datum of user, pipeline or policy, or an item of one. */
function isSelection(expression: string): boolean {
  return /^\$\{(?:user|pipeline|policy|value|key)(?:\.\w+)*\}$/.test(expression)
}

function leavesOf(value: Value, pointer = ''): [string, Value][] {
  if (typeof value !== 'object' || value === null || isEmpty(value)) return [[pointer, value]]
  return Object.entries(value).flatMap(([key, each]) =>
    leavesOf(each as Value, `${pointer}/${escapePart(key)}`),
  )
}

function isEmpty(value: Value | undefined): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0
}

function isEqual(a: Value | undefined, b: Value): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

function unescaped(value: Value): Value {
  return typeof value === 'string' ? value.replaceAll('$${', '${') : value
}
