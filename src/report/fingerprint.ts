import { createHash } from 'node:crypto'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { textAt } from '../secret/redact.ts'
import { positionOf, startsOfLines } from '../source/source.ts'

/**
 * For each diagnostic a text by which it is known again in a later run, though lines above it came
 * or went: a hash of its id, its file and the words on its line, and which of several alike it is.
 */
export function fingerprints(diagnostics: readonly Diagnostic[]): string[] {
  const seen = new Map<string, number>()
  return diagnostics.map((diagnostic) => {
    const { id, rule = '', at, message } = diagnostic
    const words = lineOf(at).trim()
    // Where there is no line the message has to tell findings apart.
    const parts = [id, rule, at?.source.path ?? '', words === '' ? message : words]
    const hash = createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16)
    const number = (seen.get(hash) ?? 0) + 1
    seen.set(hash, number)
    return `${hash}:${number}`
  })
}

function lineOf(at: Diagnostic['at']): string {
  if (!at) return ''
  const starts = startsOfLines(at.source)
  const { line } = positionOf(at.source, at.start)
  return textAt({
    source: at.source,
    start: starts[line - 1] ?? 0,
    end: starts[line] ?? at.source.text.length,
  })
}
