import { isList, isMap, type Value, type ValueMap } from '../document/node.ts'
import type { KeyedItems } from '../merge/merge-types.ts'

/** An item of a list before and after, by its index; undefined on the side that has it not. */
export interface ItemPair {
  /** What tells it apart from the others; its index, after if it is there, where nothing does. */
  readonly label: string
  readonly isNamed: boolean
  readonly before: number | undefined
  readonly after: number | undefined
}

/** The way to a scalar, or to a list of scalars, within an item. */
interface Part {
  readonly way: readonly string[]
  /** What a missing one stands for; where there is nothing, every item must have it. */
  readonly otherwise?: string
}

// What tells items apart in lists of maps for which Kubernetes names no key. The first that every item
// has, and has for itself, is taken; after `=` stands what a missing part of it is.
const identities: readonly (readonly Part[])[] = [
  'uid',
  'kind namespace= name',
  'name',
  'metadata.name',
  'type resource.name= containerResource.name= pods.metric.name= object.metric.name= external.metric.name=',
  'mountPath',
  'devicePath',
  'ip',
  'topologyKey whenUnsatisfiable=',
  'containerPort protocol=TCP',
  'port protocol=TCP',
  'alert',
  'record',
  'key',
  'key operator= effect= value=',
  'operator=Equal key= effect=',
  'scopeName',
  'host=',
  'path pathType=ImplementationSpecific',
  'path.value path.type=PathPrefix',
  'ipBlock.cidr',
  'configMapRef.name= secretRef.name= prefix=',
  'configMap.name= secret.name= serviceAccountToken.path=',
  'apiGroups= resources= nonResourceURLs= resourceNames=',
  'hosts secretName=',
  'secretName',
  'hostname',
  'url',
].map((text) => {
  return text.split(' ').map((part) => {
    const [way = '', otherwise] = part.split('=')
    return { way: way.split('.'), ...(otherwise !== undefined && { otherwise }) }
  })
})

/**
 * Pairs the items of two lists of maps: by the keys that Kubernetes or the fleet states, else by
 * what is likely to tell them apart, else those that are equal, and the rest by their order.
 * In the order of `after`; what is only before comes last.
 */
export function pairItems(
  before: readonly ValueMap[],
  after: readonly ValueMap[],
  keyed: KeyedItems | undefined,
  isEqual: (before: number, after: number) => boolean,
): readonly ItemPair[] {
  const stated = keyed?.keys.map(({ field, otherwise }): Part => {
    return { way: [field], ...(otherwise !== undefined && { otherwise }) }
  })
  for (const identity of stated ? [stated, ...identities] : identities) {
    const left = indexesByLabel(before, identity)
    const right = left && indexesByLabel(after, identity)
    if (left && right) return pairByLabel(left, right)
  }
  return pairByPlace(before.length, after.length, isEqual)
}

function indexesByLabel(
  items: readonly ValueMap[],
  identity: readonly Part[],
): ReadonlyMap<string, number> | undefined {
  const indexes = new Map<string, number>()
  for (const [index, item] of items.entries()) {
    const label = labelOf(item, identity)
    if (label === undefined || indexes.has(label)) return undefined
    indexes.set(label, index)
  }
  return indexes
}

/** What an item is called: `app`, `8080`, `53,UDP`; undefined if it has no such identity. */
function labelOf(item: ValueMap, identity: readonly Part[]): string | undefined {
  const texts: string[] = []
  let has = false
  for (const { way, otherwise } of identity) {
    const text = textAt(item, way)
    has ||= text !== undefined
    if (text === undefined && otherwise === undefined) return undefined
    if (text !== undefined && text !== otherwise) texts.push(text)
  }
  return has ? texts.join(',') : undefined
}

function textAt(item: ValueMap, way: readonly string[]): string | undefined {
  let value: Value | undefined = item
  for (const key of way) value = isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined
  if (isList(value)) return value.some(isMap) ? undefined : value.map(String).sort().join('+')
  return value === undefined || value === null || isMap(value) ? undefined : String(value)
}

function pairByLabel(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
): readonly ItemPair[] {
  const pairs: ItemPair[] = []
  for (const [label, index] of after) {
    pairs.push({ label, isNamed: true, before: before.get(label), after: index })
  }
  for (const [label, index] of before) {
    if (!after.has(label)) pairs.push({ label, isNamed: true, before: index, after: undefined })
  }
  return pairs
}

function pairByPlace(
  before: number,
  after: number,
  isEqual: (before: number, after: number) => boolean,
): readonly ItemPair[] {
  const partners = new Map<number, number>()
  const left = new Set(Array(before).keys())
  const right = new Set(Array(after).keys())
  for (const index of left) if (right.has(index) && isEqual(index, index)) pair(index, index)
  for (const index of left) {
    for (const other of right) {
      if (!isEqual(index, other)) continue
      pair(index, other)
      break
    }
  }
  const rest = [...right]
  for (const index of left) {
    const other = rest.shift()
    if (other === undefined) break
    pair(index, other)
  }
  const isNamed = false
  return [
    ...Array.from({ length: after }, (_, index) => {
      return { label: String(index), isNamed, before: partners.get(index), after: index }
    }),
    ...[...left].map((index) => ({
      label: String(index),
      isNamed,
      before: index,
      after: undefined,
    })),
  ]

  function pair(index: number, other: number): void {
    partners.set(other, index)
    left.delete(index)
    right.delete(other)
  }
}
