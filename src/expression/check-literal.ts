import type { ASTNode } from '@marcbachmann/cel-js'
import type { ExpressionProblem } from './problem.ts'
import { whyNoQuantity } from './quantity-functions.ts'
import { whyNoPattern } from './string-functions.ts'

/** A text that a call can only fail on: a quantity that is none, a broken regular expression. */
export function checkLiteral(node: ASTNode): ExpressionProblem | undefined {
  if (node.op !== 'call' && node.op !== 'rcall') return undefined
  const why = reasons[node.args[0]]
  const literal = (node.op === 'call' ? node.args[1] : node.args[2]).at(-1)
  if (!why || literal?.op !== 'value' || typeof literal.args !== 'string') return undefined
  const message = why(literal.args)
  return message === undefined ? undefined : { message, start: literal.start, end: literal.end }
}

const reasons: Readonly<Record<string, (text: string) => string | undefined>> = {
  quantity: whyNoQuantity,
  matches: whyNoPattern,
  _matches: whyNoPattern,
  find: whyNoPattern,
}
