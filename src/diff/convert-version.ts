import { isMap, type Value, type ValueMap } from '../document/node.ts'
import { pointerParts, valueAt } from '../document/pointer.ts'
import type { FieldChange } from './change.ts'
import { type Conversion, conversionOf } from './conversions.ts'

/** An object in the words of the newest version, and as it is written. */
interface Converted {
  readonly written: ValueMap
  readonly value: ValueMap
  /** The pointer at which a field is written. */
  readonly pointer: (pointer: string) => string
}

/** Two objects in the words of one version. */
export interface Versions {
  readonly apiVersion: string
  readonly before: Converted
  readonly after: Converted
}

/** Where two objects of a kind are of different versions, the words of the newer one are used for both. */
export function inOneVersion(before: ValueMap, after: ValueMap): Versions {
  const [from, to] = [conversionOf(before), conversionOf(after)]
  const isOneVersion = before.apiVersion === after.apiVersion
  const apiVersion = isOneVersion ? undefined : (from?.to ?? to?.to)
  return {
    apiVersion: apiVersion ?? String(after.apiVersion),
    before: converted(before, isOneVersion ? undefined : from),
    after: converted(after, isOneVersion ? undefined : to),
  }
}

function converted(written: ValueMap, conversion: Conversion | undefined): Converted {
  const plain = conversion ? conversion.convert(written) : written
  const secret = withAllData(plain)
  return {
    written,
    value: secret,
    pointer: (pointer) => {
      const own = secret === plain ? pointer : pointerOfData(pointer, plain)
      return (conversion?.renames ?? []).reduce((at, [from, to]) => at.replace(from, to), own)
    },
  }
}

/** A Secret as the API server stores it: `stringData` is laid over `data`. */
function withAllData(object: ValueMap): ValueMap {
  const { kind, apiVersion, stringData, ...others } = object
  if (kind !== 'Secret' || apiVersion !== 'v1' || !isMap(stringData)) return object
  const data: Record<string, Value> = isMap(others.data) ? { ...others.data } : {}
  for (const [key, text] of Object.entries(stringData)) {
    data[key] = typeof text === 'string' ? Buffer.from(text).toString('base64') : text
  }
  return { apiVersion, kind, ...others, data }
}

function pointerOfData(pointer: string, { stringData }: ValueMap): string {
  const [first, key, ...more] = pointerParts(pointer)
  if (first !== 'data' || !isMap(stringData)) return pointer
  const isText = more.length === 0 && (key === undefined || Object.hasOwn(stringData, key))
  return isText ? pointer.replace('/data', '/stringData') : pointer
}

/** Changes with the values and pointers of what is written; what is written nowhere is none. */
export function asWritten(
  changes: readonly FieldChange[],
  { before, after }: Versions,
): readonly FieldChange[] {
  if (before.value === before.written && after.value === after.written) return changes
  return changes.flatMap((change) => {
    const left = sideOf(before, change.before, change.beforeAt, change.afterAt)
    const right = sideOf(after, change.after, change.afterAt, change.beforeAt)
    const places = { beforeAt: left.at, afterAt: right.at }
    if (change.deed === 'reordered') return { ...change, ...places }
    if (left.at === undefined && right.at === undefined) return []
    const deed = left.at === undefined ? 'added' : right.at === undefined ? 'removed' : 'changed'
    return { ...change, ...places, deed, before: left.value, after: right.value }
  })
}

function sideOf(
  { written, value, pointer }: Converted,
  found: Value | undefined,
  at: string | undefined,
  otherAt: string | undefined,
): { readonly at: string | undefined; readonly value: Value | undefined } {
  if (value === written) return { at, value: found }
  // A field that says nothing in its own version may yet be written, at the same place.
  const isInList = otherAt !== undefined && pointerParts(otherAt).some((part) => /^\d+$/.test(part))
  const place = at ?? (isInList ? undefined : otherAt)
  const own = place === undefined ? undefined : pointer(place)
  const there = own === undefined ? undefined : valueAt(written, own)
  return there === undefined ? { at: undefined, value: undefined } : { at: own, value: there }
}
