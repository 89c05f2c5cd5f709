import type { ASTNode } from '@marcbachmann/cel-js'
import { childrenOf, isOptionalAccess, sourceOf } from './ast.ts'
import { type Known, missingField, typeOfNode } from './known.ts'
import type { ExpressionProblem } from './problem.ts'
import type { ExpressionType } from './type.ts'

/**
 * A field that no value can have, where the package does not look: what a node reads with `.?`, or
 * what its `has(…)` asks for.
 */
export function checkField(node: ASTNode, known: Known): ExpressionProblem | undefined {
  if (isOptionalAccess(node)) return checkAccess(node, known).problem
  const field = node.op === 'call' && node.args[0] === 'has' ? node.args[1][0] : undefined
  return field && checkAccess(field, known).problem
}

interface Access {
  readonly type?: ExpressionType | undefined
  readonly problem?: ExpressionProblem | undefined
}

function checkAccess(node: ASTNode, known: Known): Access {
  const key = keyOf(node)
  if (key === undefined) return { type: typeOfNode(node, known) }
  const [left] = childrenOf(node)
  const of = left ? checkAccess(left, known) : {}
  const type = of.type?.kind === 'optional' ? of.type.of : of.type
  if (of.problem || type?.kind === 'map')
    return { type: type && 'of' in type ? type.of : type, ...of }
  if (type?.kind !== 'struct' || !left) return { type: { kind: 'dyn' } }
  const field = type.fields.get(key.name)
  if (field) return { type: field }
  return { problem: missingField(type, { of: sourceOf(left), ...key }, known) }
}

/** The field that a node selects by name, and where the name is written. */
function keyOf(node: ASTNode): { name: string; start: number; end: number } | undefined {
  if (node.op === '.' || node.op === '.?') {
    return { name: node.args[1], start: node.pos, end: node.end }
  }
  if (node.op !== '[]' && node.op !== '[?]') return undefined
  const [, key] = node.args
  if (key.op !== 'value' || typeof key.args !== 'string') return undefined
  return { name: key.args, start: key.start, end: key.end }
}
