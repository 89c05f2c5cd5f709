import { createHash } from 'node:crypto'
import { canonicalJson } from './canonical-json.ts'
import { fromExpressionValue } from './values.ts'

/** Lower-case hex: of a text itself, of anything else its canonical JSON, however long. */
export function sha256(value: unknown): string {
  const text =
    typeof value === 'string' ? value : canonicalJson(fromExpressionValue(value, Infinity))
  return createHash('sha256').update(text, 'utf8').digest('hex')
}
