import type { ASTNode } from '@marcbachmann/cel-js'
import { suggest } from '../diagnostics/suggest.ts'
import { checkedTypeOf } from './ast.ts'
import { type Structs, typeOfDeclaration } from './declare.ts'
import type { ExpressionProblem } from './problem.ts'
import type { ExpressionType, StructType } from './type.ts'

/** What the expressions of a scope can name. */
export interface Known {
  readonly roots: ReadonlyMap<string, ExpressionType>
  readonly structs: Structs
}

/** The type of a node, as far as it was checked. */
export function typeOfNode(node: ASTNode, { structs }: Known): ExpressionType | undefined {
  const declaration = checkedTypeOf(node)
  return declaration && typeOfDeclaration(declaration, structs)
}

/** A field that a struct does not have, with the one that was probably meant. */
export function missingField(
  struct: StructType,
  field: {
    readonly of: string
    readonly name: string
    readonly start: number
    readonly end: number
  },
  known: Known,
): ExpressionProblem {
  const { name, start, end } = field
  const of = field.of.replaceAll('.?', '.')
  const message =
    of === 'variables' ? `there is no variable "${name}"` : `${of} has no field "${name}"`
  const meant = suggest(name, struct.fields.keys()) ?? elsewhere(name, of, known)
  return { message, start, end, ...(meant !== undefined && { suggestion: meant }) }
}

/** A name that stands for nothing in scope. */
export function unknownName(name: string, start: number, known: Known): ExpressionProblem {
  const message = `there is no "${name}" in scope`
  const meant = suggest(name, known.roots.keys()) ?? elsewhere(name, name, known)
  return {
    message,
    start,
    end: start + name.length,
    ...(meant !== undefined && { suggestion: meant }),
  }
}

/** `user.image` where `pipeline.image` is meant, `replicas` where `user.replicas` is. */
function elsewhere(name: string, of: string, { roots }: Known): string | undefined {
  if (!roots.has(of) && of !== name) return undefined
  for (const [root, type] of roots) {
    if (type.kind === 'struct' && type.fields.has(name)) return `${root}.${name}`
  }
  return undefined
}
