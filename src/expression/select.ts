import type { ASTNode } from '@marcbachmann/cel-js'
import { Quantity } from '../quantity/quantity.ts'
import { staticPath } from './ast.ts'
import type { ExpressionType } from './type.ts'
import { isPlainMap } from './values.ts'

/**
 * A short way to evaluate an expression that only selects a datum, as most do: undefined where it
 * finds nothing of the right type, and the long way must be gone, if only for its error.
 */
export function selector(
  node: ASTNode,
  roots: ReadonlyMap<string, ExpressionType>,
  type: ExpressionType,
): ((context: Readonly<Record<string, unknown>>) => unknown) | undefined {
  const path = staticPath(node, false)
  const fits = fitsFor[type.kind]
  if (!path || !fits || !isThroughMaps(path, roots)) return undefined
  const [root = '', ...keys] = path
  return (context) => {
    let value = context[root]
    for (const key of keys) {
      if (!isPlainMap(value) || !Object.hasOwn(value, key)) return undefined
      value = value[key]
    }
    return fits(value) ? value : undefined
  }
}

function isThroughMaps(
  [root = '', ...keys]: readonly string[],
  roots: ReadonlyMap<string, ExpressionType>,
): boolean {
  let type = roots.get(root)
  for (const key of keys) {
    if (type?.kind === 'struct') type = type.fields.get(key)
    else if (type?.kind === 'map') type = type.of
    else if (type?.kind !== 'dyn') return false
  }
  return type !== undefined
}

/** What a value of a type is at the least; types that are rare to select go the long way. */
const fitsFor: Readonly<Partial<Record<ExpressionType['kind'], (value: unknown) => boolean>>> = {
  string: (value) => typeof value === 'string',
  int: (value) => typeof value === 'bigint',
  double: (value) => typeof value === 'number',
  bool: (value) => typeof value === 'boolean',
  quantity: (value) => value instanceof Quantity,
  list: Array.isArray,
  map: isPlainMap,
  struct: isPlainMap,
  dyn: (value) => value !== undefined,
}
