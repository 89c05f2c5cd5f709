import { isMap, type Value, type ValueMap } from '../document/node.ts'

/** Data with the value at a path replaced, or taken away; missing maps on the way are made. */
export function withEdit(
  data: Value | undefined,
  [key, ...rest]: readonly string[],
  value: Value | undefined,
): Value | undefined {
  if (key === undefined) return value
  const map: ValueMap = isMap(data) ? data : {}
  const own = Object.hasOwn(map, key) ? map[key] : undefined
  if (value === undefined && own === undefined) return data
  const fresh = withEdit(own, rest, value)
  const { [key]: _, ...others } = map
  return fresh === undefined ? others : { ...map, [key]: fresh }
}
