import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { parse, parseAllDocuments } from 'yaml'
import { isList, isMap, type Value, type ValueMap } from '../../src/document/node.ts'
import { baseObjects } from '../kubernetes/base-objects.ts'
import { readFiles, textOf } from '../support/files.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** Objects as people and charts write them, and one of each kind. */
export const someObjects: readonly ValueMap[] = [
  ...[...readFiles(`${root}out`)]
    .filter(([path]) => path.endsWith('.yaml'))
    .map(([, bytes]): ValueMap => parse(textOf(bytes))),
  ...[...readFiles(`${root}test/kubernetes/manifests`).values()]
    .flatMap((bytes) => parseAllDocuments(textOf(bytes)).map((document) => document.toJS()))
    .filter(isMap),
  ...Object.values<ValueMap>(baseObjects),
]

/** A map or a list, and a key or an index of it. */
interface Slot {
  readonly owner: Record<string, Value> | Value[]
  readonly key: string
}

const deeds = ['remove', 'set', 'empty', 'shuffle', 'copy', 'transplant'] as const
const anEdit = fc.record({
  deed: fc.constantFrom(...deeds),
  at: fc.nat(),
  by: fc.nat(),
  value: fc.constantFrom<Value>('x', 'latest', '', 0, 1, 8080, true, false, null, '1Gi', '1024Mi'),
})
type Edit = typeof anEdit extends fc.Arbitrary<infer E> ? E : never

/** An object, and what became of it after some edits anywhere in it. */
export const anEditedObject: fc.Arbitrary<readonly [ValueMap, ValueMap]> = fc
  .tuple(fc.constantFrom(...someObjects), fc.array(anEdit, { maxLength: 5 }))
  .map(([object, edits]) => {
    const edited = structuredClone(object)
    for (const edit of edits) carryOut(edit, edited)
    return [object, edited]
  })

function carryOut({ deed, at, by, value }: Edit, object: ValueMap): void {
  const slots = slotsIn(object)
  const slot = slots[at % slots.length]
  const other = slots[by % slots.length]
  if (!slot || !other) return
  const own = heldBy(slot)
  if (deed === 'remove' && isList(slot.owner)) slot.owner.splice(Number(slot.key), 1)
  else if (deed === 'remove') delete (slot.owner as Record<string, Value>)[slot.key]
  else if (deed === 'set' && !isMap(own) && !isList(own)) put(slot, value)
  else if (deed === 'empty') put(slot, isList(own) ? [] : isMap(own) ? {} : null)
  else if (deed === 'shuffle' && isList(own))
    put(
      slot,
      own.toSorted((a, b) => order(a, by) - order(b, by)),
    )
  else if (deed === 'copy' && isList(slot.owner)) {
    slot.owner.splice(by % slot.owner.length, 0, renamed(own, by))
  } else if (deed === 'transplant' && kindOf(own) === kindOf(heldBy(other))) {
    put(slot, structuredClone(heldBy(other)))
  }
}

function renamed(value: Value, by: number): Value {
  const copy = structuredClone(value)
  return isMap(copy) && typeof copy.name === 'string' ? { ...copy, name: `n${by % 7}` } : copy
}

function order(value: Value, by: number): number {
  return [...JSON.stringify(value)].reduce((sum, letter) => {
    return (sum * 31 + letter.charCodeAt(0) + by) % 65_537
  }, 0)
}

function kindOf(value: Value): string {
  return isList(value) ? 'list' : isMap(value) ? 'map' : 'scalar'
}

function heldBy({ owner, key }: Slot): Value {
  return (owner as Record<string, Value>)[key] ?? null
}

function put({ owner, key }: Slot, value: Value): void {
  ;(owner as Record<string, Value>)[key] = value
}

/** All places below an object, but for what says which object it is. */
function slotsIn(value: Value): Slot[] {
  if (!isMap(value) && !isList(value)) return []
  const owner = value as Slot['owner']
  return Object.entries(value)
    .filter(([key]) => !['apiVersion', 'kind'].includes(key))
    .flatMap(([key, item]) => [{ owner, key }, ...slotsIn(item)])
}
