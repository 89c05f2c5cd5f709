import type { Value, ValueMap } from './node.ts'

/** The value at a JSON pointer (RFC 6901). */
export function valueAt(value: Value, pointer: string): Value | undefined {
  let found: Value | undefined = value
  for (const part of pointerParts(pointer)) {
    if (Array.isArray(found))
      found = /^(?:0|[1-9][0-9]*)$/.test(part) ? found[Number(part)] : undefined
    else if (typeof found !== 'object' || found === null || !Object.hasOwn(found, part))
      return undefined
    else found = (found as ValueMap)[part]
  }
  return found
}

/** The keys and indexes of a JSON pointer. */
export function pointerParts(pointer: string): string[] {
  const parts = pointer.split('/').slice(1)
  if (!pointer.includes('~')) return parts
  return parts.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** A key as a part of a JSON pointer. */
export function escapePart(part: string): string {
  return part.replaceAll('~', '~0').replaceAll('/', '~1')
}
