import type { Ground } from '../model/ground.ts'
import type { Stack } from '../model/stack.ts'
import type { Target } from '../model/target.ts'
import { patchPlan } from './patch-plan.ts'
import { makePlan, type Plan, scopeTypes } from './plan.ts'

/** Makes each plan once, when somebody first needs it. */
export function planner(ground: Ground | undefined): (stack: Stack) => Plan {
  const plans = new Map<string, Plan>()
  const types = ground && scopeTypes(ground.schemas)
  return (stack) => {
    if (!ground || !types) throw new Error('a target without a fleet')
    const plan = plans.get(stack.key) ?? makePlan(stack, types, ground.fleet.mergeTypes)
    plans.set(stack.key, plan)
    return plan
  }
}

/** The plan of a target: its stack's, or one of its project's own where that patches it. */
export function patcher(planFor: (stack: Stack) => Plan): (target: Target) => Plan {
  const patched = new Map<string, Plan>()
  return ({ project, stack, patches }) => {
    if (patches.length === 0) return planFor(stack)
    const key = [stack.key, project, ...patches.map(({ name }) => name)].join('\n')
    const plan = patched.get(key) ?? patchPlan(planFor(stack), patches)
    patched.set(key, plan)
    return plan
  }
}
