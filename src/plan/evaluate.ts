import type { Report } from '../diagnostics/diagnostic.ts'
import type { Value } from '../document/node.ts'
import { type Context, describeEvaluationError } from '../expression/environment.ts'
import { EvaluationError } from '../expression/evaluation-error.ts'
import { fromExpressionValue } from '../expression/values.ts'
import type { CompiledText, PlacedExpression } from './plan-node.ts'
import { within } from './within.ts'

/**
 * The value of a text with slots: one slot alone gives its own type, several give a text. `null`
 * means "leave it out"; undefined means that an expression failed, which is reported.
 */
export function evaluateText(
  text: CompiledText,
  context: Context,
  report: Report,
): Value | undefined {
  if (text.single) return evaluate(text.single, context, report)
  let result = ''
  for (const part of text.parts) {
    const value = typeof part === 'string' ? part : evaluate(part, context, report)
    if (value === undefined) return undefined
    if (value === null || typeof value === 'object') {
      const what = value === null ? 'nothing' : 'a list or map'
      const message = `${what} cannot be put into a text`
      report({ id: 'expression', message, ...(typeof part !== 'string' && { at: part.at }) })
      return undefined
    }
    result += value
  }
  return result
}

/** The value of one expression; undefined if it failed. */
export function evaluate(
  expression: PlacedExpression,
  context: Context,
  report: Report,
): Value | undefined {
  try {
    return fromExpressionValue(expression.compiled.evaluate(context))
  } catch (error) {
    return failed(expression, error, report)
  }
}

/** What the expression language itself holds an expression's value to be. */
export function evaluateRaw(
  expression: PlacedExpression,
  context: Context,
  report: Report,
): unknown {
  try {
    return expression.compiled.evaluate(context)
  } catch (error) {
    return failed(expression, error, report)
  }
}

/** Passes through an expression whose variable failed: the mistake is told at the variable. */
export const alreadyReported = new EvaluationError('a variable failed')

function failed({ at, source }: PlacedExpression, error: unknown, report: Report): undefined {
  if (error === alreadyReported) return
  const { message, start, end } = describeEvaluationError(error)
  const place = start === undefined ? at : within(at, source, start, end ?? start + 1)
  report({ id: 'expression', message, at: place })
}
