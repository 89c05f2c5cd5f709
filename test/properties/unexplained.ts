import { parse } from 'yaml'
import type { Compilation } from '../../src/compile.ts'
import { toValue, type Value } from '../../src/document/node.ts'
import { escapePart, valueAt } from '../../src/document/pointer.ts'
import { explainTarget } from '../../src/explain/explain.ts'
import type { Explanation, Reading } from '../../src/explain/explanation.ts'
import type { Step } from '../../src/merge/history.ts'
import { renderTarget } from '../../src/plan/render-target.ts'
import { parseQuantity } from '../../src/quantity/quantity.ts'
import { formatLocation } from '../../src/source/source.ts'

/** The leaves of all manifests whose explanation is missing or wrong, each with what is wrong. */
export function unexplained({ targets, planOf }: Compilation): string[] {
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
  return fits || isKey(step, leaf)
    ? undefined
    : `${reading.name} is ${JSON.stringify(said)} at ${formatLocation(step.at)}`
}

function isKey({ keyAt }: Step, leaf: Value): boolean {
  const written = keyAt?.source.text.slice(keyAt.start, keyAt.end)
  return written !== undefined && (written === leaf || parse(written) === leaf)
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
