import { type Context, describeEvaluationError } from '../../expression/environment.ts'
import { lazyMap } from '../../expression/lazy.ts'
import type { PlacedExpression } from '../../plan/plan-node.ts'
import type { CompiledPolicy, CompiledValidation } from './compile-policy.ts'

/** Why a policy refuses an object. */
export interface Refusal {
  readonly expression: PlacedExpression
  readonly message: string
}

/** Longer or several lines a cluster does not take for a message. */
const longestMessage = 5 * 1024

/** What a policy has against an object, as the API server goes through it. */
export function judge(compiled: CompiledPolicy, context: Context): Refusal[] {
  const { policy, conditions, validations, annotations } = compiled
  const scope = withVariables(compiled, context)
  const outcomes = conditions.map((expression) => ({ expression, ...attempt(expression, scope) }))
  if (outcomes.some(({ value }) => value === false)) return []
  const onFailure = (expression: PlacedExpression, problem: string): Refusal[] => {
    const message = `an expression of the policy fails: ${problem}`
    return policy.lenient ? [] : [{ expression, message }]
  }
  for (const { expression, problem } of outcomes) {
    if (problem !== undefined) return onFailure(expression, problem)
  }
  const refused = validations.flatMap((validation): Refusal[] => {
    const { expression } = validation
    const { value, problem } = attempt(expression, scope)
    if (problem !== undefined) return onFailure(expression, problem)
    return value === true ? [] : [{ expression, message: messageOf(validation, scope) }]
  })
  return refused.concat(
    annotations.flatMap((expression) => {
      const { problem } = attempt(expression, scope)
      return problem === undefined ? [] : onFailure(expression, problem)
    }),
  )
}

/** Whether an object passes one expression of a policy; undefined where it cannot be told. */
export function passes(
  compiled: CompiledPolicy,
  expression: PlacedExpression,
  context: Context,
): boolean | undefined {
  const { value } = attempt(expression, withVariables(compiled, context))
  return value === undefined ? undefined : value === true
}

interface Outcome {
  readonly value?: unknown
  readonly problem?: string
}

function attempt({ compiled }: PlacedExpression, scope: Context): Outcome {
  try {
    return { value: compiled.evaluate(scope) }
  } catch (error) {
    return { problem: describeEvaluationError(error).message }
  }
}

function messageOf(
  { expression, message, messageExpression }: CompiledValidation,
  scope: Context,
): string {
  const said = messageExpression && attempt(messageExpression, scope).value
  const text = typeof said === 'string' ? said.trim() : ''
  const isFit = text !== '' && text.length <= longestMessage && !text.includes('\n')
  const otherwise = message?.trim() || `failed expression: ${expression.source.trim()}`
  return isFit ? text : otherwise
}

/** Each variable is worked out when an expression first reads it. */
function withVariables({ variables }: CompiledPolicy, context: Context): Context {
  if (variables.size === 0) return context
  const scope: Context = {
    ...context,
    variables: lazyMap('struct', variables.keys(), (name) => {
      return variables.get(name)?.compiled.evaluate(scope)
    }),
  }
  return scope
}
