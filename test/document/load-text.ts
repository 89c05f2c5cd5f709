import type { Finding } from '../../src/diagnostics/diagnostic.ts'
import { type Document, loadDocument } from '../../src/document/load.ts'
import { toValue, type Value } from '../../src/document/node.ts'
import { type Location, positionOf } from '../../src/source/source.ts'

export interface Loaded {
  readonly document: Document
  readonly findings: readonly Finding[]
}

/** Loads a text (or bytes) as the file `test.yaml`. */
export function load(text: string | Uint8Array): Loaded {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text
  const findings: Finding[] = []
  const document = loadDocument('test.yaml', bytes, (finding) => findings.push(finding))
  return { document, findings }
}

/** What a text means; what is reported instead, if it is refused. */
export function meaningOf(text: string | Uint8Array): Value | readonly string[] {
  const { document, findings } = load(text)
  return document.root ? toValue(document.root) : findings.map(inOneLine)
}

/** What is reported about a text, each as `id line:column covered text`. */
export function reported(text: string | Uint8Array): readonly string[] {
  return load(text).findings.map(inOneLine)
}

/** A location as `line:column covered text`. */
export function place(at: Location | undefined): string {
  if (!at) return 'nowhere'
  const { line, column } = positionOf(at.source, at.start)
  return `${line}:${column} ${at.source.text.slice(at.start, at.end)}`.trimEnd()
}

function inOneLine(finding: Finding): string {
  return `${finding.id} ${place(finding.at)}`
}
