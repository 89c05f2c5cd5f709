import { isMap, type Value } from '../document/node.ts'

/**
 * What paths lead to in a value, and no more of it. Where a path leads to nothing, all that stands
 * beside it is kept, for whoever asks what was meant.
 */
export function pick(value: Value, paths: readonly (readonly string[])[]): Value {
  if (!isMap(value)) return value
  const isKept = paths.some(([key]) => key === undefined || !Object.hasOwn(value, key))
  if (isKept) return value
  const keys = [...new Set(paths.map(([key = '']) => key))].sort()
  return Object.fromEntries(
    keys.map((key) => {
      const below = paths.filter(([first]) => first === key).map(([, ...rest]) => rest)
      return [key, pick(value[key] ?? null, below)]
    }),
  )
}
