import type { Finding } from '../diagnostics/diagnostic.ts'
import { loadDocuments } from '../document/load.ts'
import { isMap, toValue, type Value } from '../document/node.ts'
import { UsageFailure } from '../io/failure.ts'
import { formatLocation } from '../source/source.ts'
import type { Assignment } from './field-value.ts'

/** Pipeline data for one place, as fields that replace what is there. */
export interface Release {
  readonly project: string
  readonly environment: string
  readonly region: string | undefined
  readonly fields: Readonly<Record<string, Value>>
  /** Fields named by their path. */
  readonly more: readonly Assignment[]
}

/**
 * Reads releases: one JSON object in each line, or YAML documents. Each names its project and environment,
 * perhaps a region; all its other keys are fields of pipeline data.
 */
export function readReleases(bytes: Uint8Array): readonly Release[] {
  const text = new TextDecoder().decode(bytes)
  const parts = text.trimStart().startsWith('{') ? text.split('\n') : [text]
  const values = parts.flatMap((part, index) => {
    const findings: Finding[] = []
    const encoded = new TextEncoder().encode(part)
    const { roots } = loadDocuments(nameOf(index, parts), encoded, (each) => findings.push(each))
    const [first] = findings
    if (first) {
      const where = first.at ? `${formatLocation(first.at)}: ` : ''
      throw new UsageFailure(`${where}${first.message}`, first.help)
    }
    return roots.map(toValue)
  })
  if (values.length === 0) throw new UsageFailure('standard input names no release')
  return values.map(readRelease)
}

function nameOf(index: number, parts: readonly string[]): string {
  return parts.length === 1 ? '(standard input)' : `(line ${index + 1} of standard input)`
}

function readRelease(value: Value, index: number): Release {
  const which = `release ${index + 1} of standard input`
  if (!isMap(value)) throw new UsageFailure(`${which} is no map`)
  const { project, environment, region, ...fields } = value
  if (typeof project !== 'string' || typeof environment !== 'string') {
    throw new UsageFailure(`${which} names no project, or no environment`)
  }
  if (region !== undefined && typeof region !== 'string') {
    throw new UsageFailure(`${which} has a region that is no name`)
  }
  if (Object.keys(fields).length === 0) throw new UsageFailure(`${which} says nothing`)
  return { project, environment, region, fields, more: [] }
}
