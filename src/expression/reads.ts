import type { ASTNode } from '@marcbachmann/cel-js'
import { childrenOf, itemNameOf, staticPath } from './ast.ts'

/**
 * The data that an expression reads, each as far as it is known beforehand: `user.env[key]` reads
 * user.env and key. Each once, in the order they are written. Only `names` are data: the item of a
 * `map` is not, nor the `math` of `math.least`.
 */
export function readsOf(node: ASTNode, names: ReadonlySet<string>): readonly (readonly string[])[] {
  const reads = new Map<string, readonly string[]>()
  collect(node, names, reads)
  return [...reads.values()]
}

function collect(
  node: ASTNode,
  names: ReadonlySet<string>,
  reads: Map<string, readonly string[]>,
): void {
  const path = staticPath(node, true)
  if (path) {
    if (names.has(path[0] ?? '')) reads.set(path.join('\0'), path)
    return
  }
  const item = itemNameOf(node)
  if (item === undefined || node.op !== 'rcall') {
    for (const child of childrenOf(node)) collect(child, names, reads)
    return
  }
  const [, range, [, ...bodies]] = node.args
  collect(range, names, reads)
  const others = new Set(names)
  others.delete(item)
  for (const body of bodies) collect(body, others, reads)
}
