import type { ASTNode } from '@marcbachmann/cel-js'

/** What the package notes on a node, and its types do not tell. */
interface Annotated {
  readonly checkedType?: Declaration
  readonly meta?: { readonly alternate?: { readonly op: string; readonly args: unknown } }
}

/** A type of the package. */
export interface Declaration {
  readonly kind: string
  readonly name: string
  readonly keyType?: Declaration
  readonly valueType?: Declaration
}

/** The type that checking found for a node; undefined for what is not checked on its own. */
export function checkedTypeOf(node: ASTNode): Declaration | undefined {
  return (node as Annotated).checkedType
}

/** What a macro such as `map` stands for. */
export function comprehensionOf(node: ASTNode): { condition?: Condition } | undefined {
  const { alternate } = (node as Annotated).meta ?? {}
  return alternate?.op === 'comprehension'
    ? (alternate.args as { condition?: Condition })
    : undefined
}

/** Asked before each item whether to go on. */
export type Condition = (accumulated: unknown) => boolean

/** The expressions that an expression is made of, in the order they are written. */
export function childrenOf(node: ASTNode): readonly ASTNode[] {
  switch (node.op) {
    case 'value':
    case 'id':
      return []
    case '.':
    case '.?':
      return [node.args[0]]
    case 'call':
      return node.args[1]
    case 'rcall':
      return [node.args[1], ...node.args[2]]
    case 'map':
      return node.args.flat()
    case '!_':
    case '-_':
      return [node.args]
    default:
      return node.args
  }
}

/** The first thing to be found in an expression, looking at the whole before its parts. */
export function firstIn<T>(node: ASTNode, look: (node: ASTNode) => T | undefined): T | undefined {
  const found = look(node)
  if (found !== undefined) return found
  for (const child of childrenOf(node)) {
    const within = firstIn(child, look)
    if (within !== undefined) return within
  }
  return undefined
}

/** The name that `map`, `filter` and their like give to each item; undefined for other calls. */
export function itemNameOf(node: ASTNode): string | undefined {
  if (node.op !== 'rcall' || !comprehensions.has(node.args[0])) return undefined
  const [item] = node.args[2]
  return item?.op === 'id' ? item.args : undefined
}

const comprehensions = new Set(['all', 'exists', 'exists_one', 'map', 'filter'])

/**
 * The way from a variable to a datum, if nothing on it is computed: `user.env["A"]` is user, env,
 * A. Without `optional`, only ways that `.?` and `[?]` have no part in.
 */
export function staticPath(node: ASTNode, optional: boolean): string[] | undefined {
  if (node.op === 'id') return [node.args]
  if (!(node.op === '.' || node.op === '[]' || (optional && isOptionalAccess(node))))
    return undefined
  const [left, key] = node.args as [ASTNode, ASTNode | string]
  const step = typeof key === 'string' ? key : literalKey(key)
  const path = step === undefined ? undefined : staticPath(left, optional)
  if (step !== undefined) path?.push(step)
  return path
}

function literalKey(key: ASTNode): string | undefined {
  if (key.op !== 'value') return undefined
  return typeof key.args === 'string' || typeof key.args === 'bigint' ? String(key.args) : undefined
}

/** Whether a node is `.?` or `[?]`. */
export function isOptionalAccess(node: ASTNode): boolean {
  return node.op === '.?' || node.op === '[?]'
}

/** The source of a node on one line, to be quoted in a message. */
export function sourceOf(node: { input?: string; start: number; end: number }): string {
  const text = (node.input ?? '').slice(node.start, node.end).replace(/\s+/g, ' ')
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}
