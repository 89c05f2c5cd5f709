import type { Finding } from '../diagnostics/diagnostic.ts'
import { suggest } from '../diagnostics/suggest.ts'
import { loadDocument } from '../document/load.ts'
import { toValue, type Value } from '../document/node.ts'
import { readPlain } from '../document/plain.ts'
import { UsageFailure } from '../io/failure.ts'
import type { DataSchema } from '../model/schemas.ts'
import { fieldAt } from '../schema/field-at.ts'
import type { Schema } from '../schema/schema.ts'

/** One field as it was named on the command line, and what it is to be. */
export interface Assignment {
  readonly path: readonly string[]
  readonly value: Value
}

/** Reads `KEY=VALUE`, where KEY is a path with dots; the value is what the schema makes of it. */
export function readAssignment(text: string, schema: DataSchema, below: string[] = []): Assignment {
  const cut = text.indexOf('=')
  if (cut < 1) throw new UsageFailure(`"${text}" is no KEY=VALUE`)
  const path = [...below, ...readKey(text.slice(0, cut))]
  return { path, value: readValue(path.join('.'), text.slice(cut + 1), fieldOf(path, schema)) }
}

/** The keys of a path with dots; a dot that belongs to a key has a backslash before it. */
export function readKey(text: string): string[] {
  const keys = text.split(/(?<!\\)\./).map((key) => key.replaceAll('\\.', '.'))
  if (keys.some((key) => key === '')) throw new UsageFailure(`"${text}" names no field`)
  return keys
}

/** The schema of a field. Fails, with the nearest name there is, if there is no such field. */
export function fieldOf(path: readonly string[], schema: DataSchema): Schema {
  const found = fieldAt(schema.effective, path)
  if ('schema' in found) return found.schema
  const { unknown, below, known } = found
  const meant = suggest(unknown, known)
  const where = below.length === 0 ? '' : ` in ${below.join('.')}`
  const hint = meant === undefined ? '' : `; did you mean "${meant}"?`
  throw new UsageFailure(
    `there is no field "${unknown}"${where}${hint}`,
    meant === undefined && known.length > 0 ? `there is: ${known.join(', ')}` : undefined,
  )
}

/**
 * A value as typed. Where the schema wants text, it is that text; a quantity is a number or text; anything
 * else is YAML. `null` is null, and what stands in quotes is text.
 */
function readValue(name: string, text: string, schema: Schema): Value {
  const isQuoted = /^(["']).*\1$/s.test(text) && text.length > 1
  if (text === 'null' || isQuoted) return readYaml(name, text)
  const { type, format } = typeof schema === 'object' ? schema : {}
  if (type === 'string') return text
  if (format === 'quantity') {
    const plain = readPlain(text)
    return 'value' in plain && typeof plain.value === 'number' ? plain.value : text
  }
  if (text.trim() === '') {
    throw new UsageFailure(`${name} is given no value`, `${name}=null, or sahaba unset`)
  }
  return readYaml(name, text)
}

function readYaml(name: string, text: string): Value {
  const findings: Finding[] = []
  const bytes = new TextEncoder().encode(text)
  const { root } = loadDocument(name, bytes, (finding) => findings.push(finding))
  const [first] = findings
  if (first)
    throw new UsageFailure(`the value of ${name} is not understood: ${first.message}`, first.help)
  return root ? toValue(root) : null
}
