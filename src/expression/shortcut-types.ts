import { Quantity } from '../quantity/quantity.ts'
import type { ExpressionType } from './type.ts'
import { isPlainMap } from './values.ts'

/** An optional that holds nothing; one that holds something is that. */
export const nothing = Symbol('nothing')

/** What a value of a type is at the least; types that are rare go the long way. */
export const fitsFor: Readonly<
  Partial<Record<ExpressionType['kind'], (value: unknown) => boolean>>
> = {
  string: (value) => typeof value === 'string',
  int: (value) => typeof value === 'bigint',
  double: (value) => typeof value === 'number',
  bool: (value) => typeof value === 'boolean',
  quantity: (value) => value instanceof Quantity,
  list: Array.isArray,
  map: isPlainMap,
  struct: isPlainMap,
  dyn: (value) => value !== undefined && value !== nothing,
}
