import type { ASTNode } from '@marcbachmann/cel-js'
import { childrenOf, itemNameOf, staticPath } from './ast.ts'

/**
 * The data that an expression reads, each as far as it is known beforehand: `user.env[key]` reads
 * user.env and key. Each once, in the order they are written; names of macro items are no data.
 */
export function readsOf(node: ASTNode): readonly (readonly string[])[] {
  const reads = new Map<string, readonly string[]>()
  collect(node, new Set(), reads)
  return [...reads.values()]
}

function collect(
  node: ASTNode,
  items: ReadonlySet<string>,
  reads: Map<string, readonly string[]>,
): void {
  const path = staticPath(node, true)
  if (path) {
    if (!items.has(path[0] ?? '')) reads.set(path.join('\0'), path)
    return
  }
  const item = itemNameOf(node)
  if (item === undefined || node.op !== 'rcall') {
    for (const child of childrenOf(node)) collect(child, items, reads)
    return
  }
  const [, range, [, ...bodies]] = node.args
  collect(range, items, reads)
  for (const body of bodies) collect(body, new Set([...items, item]), reads)
}
