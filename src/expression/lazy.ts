import { LazyStruct } from './struct.ts'
import type { MapType, StructType } from './type.ts'

/**
 * A map whose values are worked out when an expression first reads them, and then kept: variables,
 * and the other manifests of a target. What `read` throws is thrown to the expression.
 */
export function lazyMap(
  type: StructType | MapType,
  entries: ReadonlyMap<string, () => unknown>,
): object {
  const map = type.kind === 'struct' ? new LazyStruct() : {}
  for (const [key, read] of entries) {
    Object.defineProperty(map, key, {
      enumerable: true,
      configurable: true,
      get() {
        const value = read()
        Object.defineProperty(map, key, { enumerable: true, value })
        return value
      },
    })
  }
  return map
}
