import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import Ajv from 'ajv-draft-04'
import addFormats from 'ajv-formats'

// The package is there for the schema of the standard that it carries, not for its matchers.
const path = createRequire(import.meta.url).resolve(
  '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json',
)

const ajv = new (Ajv as unknown as typeof Ajv.default)({
  strict: false,
  allErrors: true,
  unicodeRegExp: false,
})
;(addFormats as unknown as (ajv: object) => void)(ajv)
const validate = ajv.compile(JSON.parse(readFileSync(path, 'utf8')))

/** What the schema of SARIF 2.1.0 has against a log; nothing if it is valid. */
export function sarifMistakes(log: unknown): string[] {
  if (validate(log)) return []
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
}
