import type { Value } from '../document/node.ts'
import { isQuantity } from '../quantity/quantity.ts'
import type { ScalarKind } from './shape.ts'

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/
const time = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/

/** Whether a value is what a kind of scalar asks for. */
export function isScalar(kind: ScalarKind, value: Value): boolean {
  switch (kind) {
    case 'text':
      return typeof value === 'string'
    case 'integer':
      return Number.isInteger(value)
    case 'number':
      return typeof value === 'number'
    case 'truth':
      return typeof value === 'boolean'
    case 'quantity':
      return typeof value === 'string' ? isQuantity(value) : typeof value === 'number'
    case 'integerOrText':
      return typeof value === 'string' || Number.isInteger(value)
    case 'time':
      return typeof value === 'string' && time.test(value)
    case 'base64':
      return typeof value === 'string' && base64.test(value.replace(/[\r\n]/g, ''))
  }
}

/** What a kind of scalar asks for, as a part of a sentence. */
export const wanted: Readonly<Record<ScalarKind, string>> = {
  text: 'text',
  integer: 'a whole number',
  number: 'a number',
  truth: 'true or false',
  quantity: 'a quantity',
  integerOrText: 'a whole number or text',
  time: 'a time such as 2030-01-31T12:00:00Z',
  base64: 'base64',
}
