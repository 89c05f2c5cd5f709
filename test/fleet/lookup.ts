import { isMap, type Value } from '../../src/document/node.ts'
import { pointerParts } from '../../src/document/pointer.ts'

export type List = readonly Value[]

/** The value at a JSON pointer that goes through lists by the names of their items, or by index. */
export function at(value: Value | undefined, pointer: string): Value | undefined {
  return pointerParts(pointer).reduce<Value | undefined>(step, value)
}

/** The list at such a pointer; empty if there is none. */
export function listAt(value: Value | undefined, pointer: string): List {
  const found = at(value, pointer)
  return isList(found) ? found : []
}

export function isList(value: Value | undefined): value is List {
  return Array.isArray(value)
}

function step(value: Value | undefined, part: string): Value | undefined {
  if (isList(value)) return value.find((item) => nameOf(item) === part) ?? value[Number(part)]
  return isMap(value) ? value[part] : undefined
}

function nameOf(item: Value): Value | undefined {
  return isMap(item) ? item.name : undefined
}
