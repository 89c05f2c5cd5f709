import type { ASTNode } from '@marcbachmann/cel-js'
import {
  EvaluationError as LibraryEvaluationError,
  TypeError as LibraryTypeError,
  ParseError,
} from '@marcbachmann/cel-js'
import { sourceOf } from './ast.ts'
import { EvaluationError } from './evaluation-error.ts'
import { type Known, missingField, typeOfNode, unknownName } from './known.ts'
import type { ExpressionProblem } from './problem.ts'
import { formatType } from './type.ts'
import { type LibraryError, wordsOf } from './words.ts'

/** Why the package does not accept an expression, in our words. Throws what is our bug. */
export function problemOf(error: unknown, expression: string, known: Known): ExpressionProblem {
  if (isAmbiguous(error)) return { message: ambiguous, start: 0, end: expression.length }
  if (!isLibraryError(error)) throw error
  const { start, end } = placeOf(error, expression)
  if (error.code === 'unknown_variable') {
    return unknownName(expression.slice(start, end), start, known)
  }
  const node = error.node as ASTNode | undefined
  if (error.code === 'no_such_key' && (node?.op === '.' || node?.op === '[]')) {
    const [left, key] = node.args
    const type = typeOfNode(left, known)
    const name = typeof key === 'string' ? key : String(key.args)
    const place = typeof key === 'string' ? { start, end } : { start: key.start, end: key.end }
    if (type?.kind === 'struct') {
      return missingField(type, { of: sourceOf(left), name, ...place }, known)
    }
    const why = type ? `is ${formatType(type)} and has no fields` : `has no "${name}"`
    return { message: `${sourceOf(left)} ${why}`, ...place }
  }
  return { message: wordsOf(error), start, end }
}

/** Why an evaluation failed, in our words. Throws what is our bug. */
export function evaluationErrorOf(error: unknown, expression: string): EvaluationError {
  if (error instanceof EvaluationError) return error
  if (isAmbiguous(error)) return new EvaluationError(ambiguous)
  if (!isLibraryError(error)) throw error
  return new EvaluationError(wordsOf(error), { ...placeOf(error, expression), expression })
}

const ambiguous = 'an operator stands between values whose types are not known, such as those of {}'

/** The package throws a plain error where an operator could be meant for several types. */
function isAmbiguous(error: unknown): boolean {
  return error instanceof Error && /^Operator overload .* overlaps with/.test(error.message)
}

function isLibraryError(error: unknown): error is LibraryError {
  return (
    error instanceof ParseError ||
    error instanceof LibraryTypeError ||
    error instanceof LibraryEvaluationError
  )
}

/** The stretch that an error is about; the whole expression if it has none, or an empty one. */
function placeOf({ range }: LibraryError, expression: string): { start: number; end: number } {
  if (!range) return { start: 0, end: expression.length }
  const start = Math.min(range.start, Math.max(0, expression.length - 1))
  return { start, end: Math.min(Math.max(range.end, start + 1), expression.length) }
}
