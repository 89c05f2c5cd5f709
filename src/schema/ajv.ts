import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { parseQuantity } from '../quantity/quantity.ts'
import { scopes } from './unique-fields.ts'

/** The package, set up for the schemas that Sahaba takes. */
export function makeAjv(): Ajv2020 {
  const made = new Ajv2020({
    allErrors: true,
    // The levels of a file are alike: their definitions are compiled once, not wherever they are used.
    inlineRefs: false,
    verbose: true,
    ownProperties: true,
    strict: true,
    strictTypes: false,
    strictRequired: false,
    logger: false,
  })
  // The package is CommonJS: what arrives as the default import is its namespace to the types.
  ;(addFormats as unknown as (ajv: Ajv2020, options: object) => void)(made, { keywords: true })
  made.addFormat('quantity', {
    type: 'string',
    validate: (text: string) => parseQuantity(text) !== undefined,
    compare: compareQuantities,
  })
  made.addKeyword({ keyword: 'message', schemaType: 'string' })
  made.addKeyword({ keyword: 'severity', metaSchema: { enum: ['error', 'warning'] } })
  made.addKeyword({ keyword: 'unique', metaSchema: { enum: scopes } })
  return made
}

function compareQuantities(a: string, b: string): number | undefined {
  const left = parseQuantity(a)
  const right = parseQuantity(b)
  return left && right ? left.compareTo(right) : undefined
}
