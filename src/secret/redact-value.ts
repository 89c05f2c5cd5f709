import { isList, isMap, type Value } from '../document/node.ts'
import { looksRandom } from './looks-random.ts'
import { redaction } from './redact.ts'
import { isTelling } from './telling-name.ts'

/**
 * A value without the texts that only a name gives away: `name` is that of the value, or of what
 * it stands in; names within it count as they do in a document.
 */
export function redactedValue(value: Value, name: string): Value {
  if (typeof value === 'string') {
    return isTelling(name) && looksRandom(value) ? redaction(value) : value
  }
  if (isList(value)) return value.map((item) => redactedValue(item, name))
  if (!isMap(value)) return value
  const own = typeof value.name === 'string' ? value.name : ''
  const inner = (key: string) => {
    if (isTelling(key)) return key
    if (key === 'value' && isTelling(own)) return own
    return name !== '' && isTelling(`${name}.${key}`) ? name : ''
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, redactedValue(each, inner(key))]),
  )
}
