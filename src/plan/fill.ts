import type { Report } from '../diagnostics/diagnostic.ts'
import type { Value, ValueMap } from '../document/node.ts'
import { type Locals, repetitions } from '../expression/each.ts'
import type { Context } from '../expression/environment.ts'
import { evaluate, evaluateRaw, evaluateText } from './evaluate.ts'
import type { PlacedExpression, PlanList, PlanMap, PlanNode } from './plan-node.ts'

/** What a plan's slots are filled from. */
export interface Filling {
  readonly context: Context
  readonly report: Report
  /** Told of every list that has identities and repeated items, so that it can look for twins. */
  readonly onKeyedList?: (list: PlanList, items: readonly Value[]) => void
}

/**
 * The value of a plan's node for one target. Constant parts are the plan's own objects, shared by
 * all targets: nobody may change them. Undefined means that the node is left out; so is a map or
 * list of which everything is left out, while one that was written empty stays.
 */
export function fill(node: PlanNode, filling: Filling): Value | undefined {
  if (node.kind === 'constant') return node.value
  if (node.kind === 'text') {
    return evaluateText(node.text, filling.context, filling.report) ?? undefined
  }
  if (node.kind === 'list') return fillList(node, filling)
  return fillMap(node, filling)
}

function fillMap(map: PlanMap, filling: Filling): ValueMap | undefined {
  if (map.condition && evaluate(map.condition, filling.context, filling.report) !== true) {
    return undefined
  }
  const filled: Record<string, Value> = {}
  for (const { key, node } of map.entries) {
    const value = fill(node, filling)
    if (value !== undefined) filled[key] = value
  }
  return map.entries.length > 0 && isEmpty(filled) ? undefined : filled
}

function isEmpty(map: ValueMap): boolean {
  for (const _ in map) return false
  return true
}

function fillList(list: PlanList, filling: Filling): readonly Value[] | undefined {
  const filled: Value[] = []
  for (const item of list.items) {
    if (item.kind !== 'map' || !item.each) {
      const value = fill(item, filling)
      if (value !== undefined) filled.push(value)
      continue
    }
    for (const locals of repetitionsOf(item.each, filling)) {
      const context = { ...filling.context, ...locals }
      const value = fillMap(item, { ...filling, context })
      if (value !== undefined) filled.push(value)
    }
  }
  if (list.template.keys.length > 0) filling.onKeyedList?.(list, filled)
  return filled.length === 0 ? undefined : filled
}

/** What is in scope in each repetition of an `$each`: list items in order, map entries by key. */
export function repetitionsOf(each: PlacedExpression, filling: Filling): readonly Locals[] {
  const range = evaluateRaw(each, filling.context, filling.report)
  return (range === undefined ? undefined : repetitions(range)) ?? []
}
