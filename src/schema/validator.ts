import type { ErrorObject } from 'ajv'
import type { Value } from '../document/node.ts'
import { parseQuantity } from '../quantity/quantity.ts'
import { makeAjv } from './ajv.ts'
import { quickCheck } from './quick-check.ts'
import type { Schema } from './schema.ts'

/** Checks one value; an empty list means that it fits. */
export type Validator = (value: Value) => readonly ErrorObject[]

const known = new Map<string, Validator>()
const mostKnown = 100

/**
 * Compiles a schema of draft 2020-12. Besides the draft it knows `format: quantity` with
 * formatMinimum and its like, and three annotations: `message` (a sentence shown in place of ours),
 * `severity: warning`, and `unique` (within what a value may be claimed once). Throws an Error with the package's words if the schema is none.
 */
export function compileSchema(schema: Schema): Validator {
  const fits = quickCheck(schema)
  if (!fits) return compileThoroughly(schema)
  let thorough: Validator | undefined
  return (value) => {
    if (fits(value)) return []
    thorough ??= compileThoroughly(schema)
    return thorough(value)
  }
}

/** The same, by the package alone. */
export function compileThoroughly(schema: Schema): Validator {
  // To compile a schema takes longer than all that is done with it, and whoever compares two
  // revisions needs most of them twice.
  const text = JSON.stringify(schema)
  const validator = known.get(text) ?? makeValidator(schema)
  if (known.size >= mostKnown) known.clear()
  known.set(text, validator)
  return validator
}

function makeValidator(schema: Schema): Validator {
  ajv ??= makeAjv()
  checkBounds(schema)
  try {
    const validate = ajv.compile(schema as object)
    return (value) => (validate(value) ? [] : (validate.errors ?? []))
  } finally {
    // Another schema may bear the same $id; the compiled function needs no entry in any table.
    if (typeof schema === 'object') ajv.removeSchema(schema)
  }
}

/** One for all schemas: compiling the schema of schemas takes longer than any of ours. */
let ajv: ReturnType<typeof makeAjv> | undefined

/** The package takes a bound that cannot be compared for one that is met. */
function checkBounds(schema: Value): void {
  if (typeof schema !== 'object' || schema === null) return
  for (const [key, each] of Object.entries(schema)) {
    checkBounds(each)
    const isBound = /^format(?:Exclusive)?(?:Minimum|Maximum)$/.test(key)
    if (!isBound || !('format' in schema) || schema.format !== 'quantity') continue
    if (typeof each !== 'string' || parseQuantity(each)) continue
    throw new Error(`${key} is ${each}, which is no quantity`)
  }
}
