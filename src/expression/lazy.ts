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
    let value: unknown
    let isKnown = false
    Object.defineProperty(map, key, {
      enumerable: true,
      get() {
        if (!isKnown) value = read()
        isKnown = true
        return value
      },
    })
  }
  return map
}
