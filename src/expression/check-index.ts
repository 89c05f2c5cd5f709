import type { ASTNode } from '@marcbachmann/cel-js'
import { checkedTypeOf } from './ast.ts'
import { type Known, typeOfNode } from './known.ts'
import type { ExpressionProblem } from './problem.ts'
import { formatType } from './type.ts'

/** A key that the keys of a map cannot be like; the package looks only at the indexes of lists. */
export function checkIndex(node: ASTNode, known: Known): ExpressionProblem | undefined {
  if (node.op !== '[]' && node.op !== '[?]') return undefined
  const [map, key] = node.args
  const declared = checkedTypeOf(map)
  const type = typeOfNode(key, known)
  if (declared?.kind !== 'map' || !type || type.kind === 'dyn') return undefined
  const needed = declared.keyType?.name ?? 'dyn'
  const fits = needed === 'dyn' ? possibleKeys.has(type.kind) : needed === type.kind
  if (fits) return undefined
  const keys = needed === 'dyn' ? 'string' : needed
  const message = `the keys of this map are ${keys}, not ${formatType(type)}`
  return { message, start: key.start, end: key.end }
}

const possibleKeys = new Set(['string', 'int', 'bool'])
