import type { Report } from '../diagnostics/diagnostic.ts'
import type { Value, ValueMap } from '../document/node.ts'
import { type Locals, repetitions } from '../expression/each.ts'
import type { Context } from '../expression/environment.ts'
import type { KeyedItems } from '../merge/merge-types.ts'
import { evaluate, evaluateRaw, evaluateText } from './evaluate.ts'
import type { PlacedExpression, PlanList, PlanMap, PlanNode } from './plan-node.ts'
import type { MadeItem } from './twins.ts'

/** What a plan's slots are filled from. */
export interface Filling {
  readonly context: Context
  readonly report: Report
  /** Told of every list that has identities and repeated items, so that it can look for twins. */
  readonly onKeyedList?: (keys: KeyedItems['keys'], items: readonly MadeItem[]) => void
}

/**
 * The value of a plan's node for one target. Constant parts are the plan's own objects, shared by
 * all targets: nobody may change them. Undefined means that the node is left out; so is a list of
 * which every item is. A map of which every field is left out stays: `emptyDir: {}` says something.
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
  if (map.condition && !holds(map.condition, filling)) return undefined
  const filled: Record<string, Value> = {}
  for (const { key, node } of map.entries) {
    const value = fill(node, filling)
    if (value !== undefined) filled[key] = value
  }
  return filled
}

/** Whether an `$if` is true; what is neither true nor false is reported. */
export function holds(condition: PlacedExpression, { context, report }: Filling): boolean {
  const verdict = evaluate(condition, context, report)
  if (verdict === undefined || typeof verdict === 'boolean') return verdict === true
  const message = `$if needs true or false, not ${kindOf(verdict)}`
  report({ id: 'expression', message, at: condition.at })
  return false
}

function kindOf(value: Value): string {
  if (value === null) return 'nothing'
  if (typeof value === 'object') return Array.isArray(value) ? 'a list' : 'a map'
  return JSON.stringify(value)
}

function fillList(list: PlanList, filling: Filling): readonly Value[] | undefined {
  const { keys } = list.template
  const filled: Value[] = []
  const made: MadeItem[] = []
  const keep = (value: Value | undefined, from: PlanNode) => {
    if (value === undefined) return
    filled.push(value)
    if (keys.length > 0) made.push({ value, from })
  }
  for (const from of list.items) {
    if (from.kind !== 'map' || !from.each) {
      keep(fill(from, filling), from)
      continue
    }
    for (const locals of repetitionsOf(from.each, filling)) {
      const context = withLocals(filling.context, locals)
      keep(fillMap(from, { ...filling, context }), from)
    }
  }
  if (keys.length > 0) filling.onKeyedList?.(keys, made)
  return filled.length === 0 ? undefined : filled
}

/** What is in scope in each repetition of an `$each`: list items in order, map entries by key. */
export function repetitionsOf(each: PlacedExpression, filling: Filling): readonly Locals[] {
  const range = evaluateRaw(each, filling.context, filling.report)
  if (range === undefined) return []
  const found = repetitions(range)
  if (found) return found
  const message = '$each needs a list or a map'
  filling.report({ id: 'expression', message, at: each.at })
  return []
}

/** Written out, because to spread a context costs more than to fill most items. */
function withLocals(outer: Context, locals: Locals): Context {
  const { user, pipeline, policy, target, team, variables, manifests } = outer
  const { key = outer.key, value = outer.value, index = outer.index } = locals
  return { user, pipeline, policy, target, team, variables, manifests, key, value, index }
}
