import type { Value } from '../document/node.ts'
import type { Defaults } from '../kubernetes/defaults/tree.ts'
import type { Shape } from '../kubernetes/shape.ts'
import type { MergeType } from '../merge/merge-types.ts'
import { parseQuantity, type Quantity, quantityOfNumber } from '../quantity/quantity.ts'

/** All that is known of the values of a field. */
export interface FieldType {
  readonly key: string
  /** Undefined where no schema tells. */
  readonly shape: Shape | undefined
  readonly merge: MergeType
  readonly defaults: Defaults
  /** Whether quantities are compared as the texts that the API server stores. */
  readonly stored: boolean
}

const nothing: Defaults & MergeType = {}

export function typeOfField(type: FieldType, key: string): FieldType {
  const { shape, merge, defaults, stored } = type
  const own =
    defaults.fields && Object.hasOwn(defaults.fields, key) ? defaults.fields[key] : nothing
  const ofKey = merge.fields && Object.hasOwn(merge.fields, key) ? merge.fields[key] : nothing
  return {
    // Below limits, requests and the like any key is an amount.
    key: amounts.has(type.key) && !shape ? type.key : key,
    shape: known(shapeOfField(shape, key)),
    merge: ofKey ?? nothing,
    defaults: own ?? nothing,
    stored: stored || own?.stored === true,
  }
}

export function typeOfItem({ key, shape, merge, defaults, stored }: FieldType): FieldType {
  return {
    key,
    shape: shape?.kind === 'list' ? known(shape.of) : undefined,
    merge: merge.items?.item ?? nothing,
    defaults: defaults.items ?? nothing,
    stored,
  }
}

function shapeOfField(shape: Shape | undefined, key: string): Shape | undefined {
  if (shape?.kind === 'map') return shape.of
  return shape?.kind === 'struct' ? (shape.field(key) ?? shape.others) : undefined
}

function known(shape: Shape | undefined): Shape | undefined {
  return shape?.kind === 'any' ? undefined : shape
}

// What the fields of Kubernetes are called, for objects of which no schema tells.
const amounts = new Set(['capacity', 'hard', 'limits', 'overhead', 'requests', 'sizeLimit'])
const maps = new Set(['annotations', 'binaryData', 'data', 'labels', 'limits', 'matchLabels'])
  .add('nodeSelector')
  .add('requests')
  .add('stringData')
const sets = new Set(['apiGroups', 'finalizers', 'nonResourceURLs', 'policyTypes'])
  .add('resourceNames')
  .add('resources')
  .add('verbs')

/** Whether a map holds keys that are data, so that an empty one is as good as none. */
export function isDataMap({ key, shape }: FieldType): boolean {
  return shape ? shape.kind === 'map' : maps.has(key)
}

/** Whether the order of a list of scalars means nothing to anybody. */
export function isSet({ key, merge }: FieldType): boolean {
  return merge.set === true || sets.has(key)
}

/** Whether two scalars are one value to the cluster. */
export function isSameScalar(before: Value, after: Value, type: FieldType): boolean {
  if (before === after) return true
  const { shape, key, stored } = type
  if (shape ? shape.kind !== 'quantity' : !amounts.has(key)) return false
  const [left, right] = [quantityOf(before), quantityOf(after)]
  if (!left || !right || left.compareTo(right) !== 0) return false
  return !stored || left.toString() === right.toString()
}

function quantityOf(value: Value): Quantity | undefined {
  if (typeof value === 'number') return quantityOfNumber(value)
  return typeof value === 'string' ? parseQuantity(value) : undefined
}
