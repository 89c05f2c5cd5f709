import { LazyStruct } from './struct.ts'

const state = Symbol('state')

/** What a lazy map knows, and where it asks for the rest. */
interface State {
  readonly read: (name: string) => unknown
  readonly known: Map<string, unknown>
}

type Lazy = { readonly [state]: State }

/**
 * A map, or a struct, whose values are worked out when an expression first reads them, and then kept:
 * variables, and the other manifests of a target. What `read` throws is thrown to the expression.
 */
export function lazyMap(
  kind: 'struct' | 'map',
  names: Iterable<string>,
  read: (name: string) => unknown,
): object {
  const map = kind === 'struct' ? new LazyStruct() : {}
  Object.defineProperty(map, state, { value: { read, known: new Map() } satisfies State })
  for (const name of names) Object.defineProperty(map, name, propertyOf(name))
  return map
}

/**
 * By name, for all lazy maps: those with the same properties are laid out alike, which makes them
 * quick to set up and to read.
 */
const properties = new Map<string, PropertyDescriptor>()

function propertyOf(name: string): PropertyDescriptor {
  const property = properties.get(name) ?? { enumerable: true, get: getterOf(name) }
  properties.set(name, property)
  return property
}

function getterOf(name: string) {
  return function get(this: Lazy): unknown {
    const { read, known } = this[state]
    const found = known.get(name)
    if (found !== undefined || known.has(name)) return found
    const value = read(name)
    known.set(name, value)
    return value
  }
}
