import { isList, isMap, type Value, type ValueMap } from '../document/node.ts'
import { isSame } from '../document/same.ts'
import { meaningOfAbsence } from '../kubernetes/defaults.ts'
import {
  type FieldType,
  isDataMap,
  isSameScalar,
  isSet,
  typeOfField,
  typeOfItem,
} from './field-type.ts'
import { type ItemPair, pairItems } from './pair-items.ts'
import { Place } from './place.ts'

/** Told of each place that differs. */
export interface Told {
  readonly change: (place: Place) => void
  readonly order: (place: Place, before: readonly Value[], after: readonly Value[]) => void
}

/**
 * Finds what differs for the cluster at a place and below it. What is equal as JSON is not entered, so
 * that the work grows with what differs.
 */
export function walk(place: Place, type: FieldType, told: Told): void {
  const { before, after } = place
  if (before === undefined || after === undefined) told.change(place)
  else if (isMap(before) && isMap(after)) walkMap(place, before, after, type, told)
  else if (isList(before) && isList(after)) walkList(place, before, after, type, told)
  else if (!isSameScalar(before, after, type)) told.change(place)
}

function walkMap(
  place: Place,
  before: ValueMap,
  after: ValueMap,
  type: FieldType,
  told: Told,
): void {
  const { bookkeeping } = type.defaults
  for (const key of differingKeys(before, after)) {
    if (!bookkeeping?.has(key)) walkField(place, before, after, key, type, told)
  }
}

function differingKeys(before: ValueMap, after: ValueMap): readonly string[] {
  const keys: string[] = []
  for (const key in before) if (!isSame(before[key], own(after, key))) keys.push(key)
  for (const key in after) if (!Object.hasOwn(before, key)) keys.push(key)
  return keys.sort()
}

function walkField(
  place: Place,
  before: ValueMap,
  after: ValueMap,
  key: string,
  type: FieldType,
  told: Told,
): void {
  const field = typeOfField(type, key)
  const left = present(own(before, key), field)
  const right = present(own(after, key), field)
  if (left === undefined && right === undefined) return
  if (left !== undefined && right !== undefined) {
    walk(new Place(left, right, place, key), field, told)
    return
  }
  const unwritten = left === undefined ? 'before' : 'after'
  const meaning =
    meaningOfAbsence(type.defaults, key, left === undefined ? before : after, (name) =>
      place.inherited(unwritten, name),
    ) ?? (peopleThinkInKeys.has(key) ? {} : undefined)
  const child = new Place(left ?? meaning, right ?? meaning, place, key, unwritten)
  // Of a map that is always there its fields come and go, not the map.
  const isAlwaysThere = isMap(meaning) && isMap(left ?? right)
  if (isAlwaysThere) walk(child, field, told)
  else if (meaning === undefined || differs(child, field)) told.change(child)
}

const peopleThinkInKeys = new Set(['annotations', 'labels'])

function own(map: ValueMap, key: string): Value | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined
}

/** A value if it says more than its absence would. */
function present(value: Value | undefined, type: FieldType): Value | undefined {
  if (value === undefined || value === null) return undefined
  if (isList(value)) return value.length === 0 ? undefined : value
  if (isMap(value) && isDataMap(type)) return isEmpty(value, type) ? undefined : value
  return value
}

function isEmpty(map: ValueMap, type: FieldType): boolean {
  for (const key in map) if (present(map[key], typeOfField(type, key)) !== undefined) return false
  return true
}

/** Whether there is any difference for the cluster at a place. */
function differs(place: Place, type: FieldType): boolean {
  if (isSame(place.before, place.after)) return false
  let found = false
  const find = () => {
    found = true
  }
  walk(place, type, { change: find, order: find })
  return found
}

function walkList(
  place: Place,
  before: readonly Value[],
  after: readonly Value[],
  type: FieldType,
  told: Told,
): void {
  const item = typeOfItem(type)
  if (before.every(isMap) && after.every(isMap)) {
    const isEqual = (left: number, right: number) => {
      const step = { label: '', before: left, after: right }
      return !differs(new Place(before[left], after[right], place, step), item)
    }
    const pairs = pairItems(before, after, type.merge.items, isEqual)
    tellOrder(place, pairs, told)
    for (const pair of pairs) walkItem(place, before, after, pair, item, told)
  } else {
    walkScalars(place, before, after, type, told)
  }
}

function walkItem(
  place: Place,
  before: readonly ValueMap[],
  after: readonly ValueMap[],
  pair: ItemPair,
  type: FieldType,
  told: Told,
): void {
  const left = pair.before === undefined ? undefined : before[pair.before]
  const right = pair.after === undefined ? undefined : after[pair.after]
  if (!isSame(left, right)) walk(new Place(left, right, place, pair), type, told)
}

/** Only items of both sides can change places: what comes between them moves none. */
function tellOrder(place: Place, pairs: readonly ItemPair[], told: Told): void {
  const common = pairs.filter((pair) => pair.before !== undefined && pair.after !== undefined)
  const order = common.map(({ before = 0 }) => before)
  if (order.every((index, at) => at === 0 || index > (order[at - 1] ?? 0))) return
  const sorted = common.toSorted((a, b) => (a.before ?? 0) - (b.before ?? 0))
  told.order(place, sorted.map(labelBefore), common.map(labelBefore))
}

/** What has no name is called by where it stood. */
function labelBefore({ label, isNamed, before }: ItemPair): string {
  return isNamed ? label : String(before)
}

function walkScalars(
  place: Place,
  before: readonly Value[],
  after: readonly Value[],
  type: FieldType,
  told: Told,
): void {
  if (!hasSameItems(before, after)) told.change(place)
  else if (!isSet(type)) told.order(place, before, after)
}

function hasSameItems(before: readonly Value[], after: readonly Value[]): boolean {
  const left = before.map((item) => JSON.stringify(item)).sort()
  const right = after.map((item) => JSON.stringify(item)).sort()
  return isSame(left, right)
}
