import { type CST, isScalar, type ParsedNode } from 'yaml'
import type { Report } from '../diagnostics/diagnostic.ts'
import type { Source } from '../source/source.ts'
import { compose, type Mistake } from './compose.ts'
import { convert } from './convert.ts'
import type { Node } from './node.ts'
import { reportMistakes } from './syntax.ts'
import { readTokens } from './tokens.ts'

/** What the yaml package makes of a text, in our terms. */
export function readThoroughly(source: Source, several: boolean, report: Report): Node[] {
  const tokens = readTokens(source, several, report)
  if (!tokens) return []
  const composed = tokens.documents.map(compose)
  const own = composed.flatMap(({ mistakes }) => mistakes)
  if (reportMistakes(source, [...own, ...tokens.errors.map(toMistake)], report)) return []
  return composed.flatMap(({ contents }) => {
    return contents && !isNothing(contents) ? [convert(contents, source, report)] : []
  })
}

function toMistake({ offset, source, message }: CST.ErrorToken): Mistake {
  return { code: 'UNEXPECTED_TOKEN', problem: message, start: offset, end: offset + source.length }
}

/** Whether a document holds only the `---` that begins it. */
function isNothing(contents: ParsedNode): boolean {
  return isScalar(contents) && contents.type === 'PLAIN' && contents.value === ''
}
