import { type StructType, signatureOf } from './type.ts'

/** The value of a struct type as expressions see it; absent fields are absent. */
export class Struct {}

// An absent field must not be found on Object.prototype: `user.toString` is no data.
Object.setPrototypeOf(Struct.prototype, null)
// A struct as the key of a map is a mistake, but must not be an exception of JavaScript's.
Object.defineProperty(Struct.prototype, Symbol.toPrimitive, { value: () => 'a map' })

/**
 * A struct whose fields are worked out when they are read. All such structs share this class: the
 * first variables are compiled in a scope that does not know the last ones.
 */
export class LazyStruct extends Struct {}

export type StructClass = new () => Struct

const classes = new Map<string, StructClass>()
const classesByType = new WeakMap<StructType, StructClass>()

/** The class of a struct type's values; types that are the same share it. */
export function structClass(type: StructType): StructClass {
  const known = classesByType.get(type)
  if (known) return known
  const signature = signatureOf(type)
  const found = classes.get(signature) ?? class extends Struct {}
  classes.set(signature, found)
  classesByType.set(type, found)
  return found
}

/** Says that the values of a struct type are lazy. */
export function makeLazy(type: StructType): StructType {
  classesByType.set(type, LazyStruct)
  return type
}
