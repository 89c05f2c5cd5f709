import { type CST, isScalar, type ParsedNode } from 'yaml'
import type { Finding, Report } from '../diagnostics/diagnostic.ts'
import type { Source } from '../source/source.ts'
import { compose, type Mistake } from './compose.ts'
import { convert } from './convert.ts'
import { decode } from './decode.ts'
import { reportFirst } from './findings.ts'
import type { Node } from './node.ts'
import { checkCharacters, checkConflicts } from './raw-text.ts'
import { reportMistakes } from './syntax.ts'
import { readTokens } from './tokens.ts'

/** One YAML file. `root` is absent if the file is empty, or if anything in it was reported. */
export interface Document {
  readonly source: Source
  readonly root: Node | undefined
  /** Whether there is nothing in it but blanks and comments. */
  readonly empty: boolean
}

/**
 * Reads a file as the strict YAML that Sahaba takes. All that is wrong with it is reported as
 * errors, each at its place; beyond a handful only their number.
 */
export function loadDocument(path: string, bytes: Uint8Array, report: Report): Document {
  const findings: Finding[] = []
  const note: Report = (finding) => findings.push(finding)
  const source = decode(path, bytes, note)
  // Each step relies on what the one before refuses.
  if (findings.length === 0) {
    checkCharacters(source, note)
    checkConflicts(source, note)
  }
  const root = findings.length === 0 ? read(source, note) : undefined
  reportFirst(findings, report)
  const failed = findings.length > 0
  return { source, root: failed ? undefined : root, empty: !failed && root === undefined }
}

function read(source: Source, report: Report): Node | undefined {
  const tokens = readTokens(source, report)
  if (!tokens) return undefined
  const composed = tokens.document && compose(tokens.document)
  const mistakes = [...(composed?.mistakes ?? []), ...tokens.errors.map(toMistake)]
  if (reportMistakes(source, mistakes, report)) return undefined
  const contents = composed?.contents
  return contents && !isNothing(contents) ? convert(contents, source, report) : undefined
}

function toMistake({ offset, source, message }: CST.ErrorToken): Mistake {
  return { code: 'UNEXPECTED_TOKEN', problem: message, start: offset, end: offset + source.length }
}

/** Whether a document holds only the `---` that begins it. */
function isNothing(contents: ParsedNode): boolean {
  return isScalar(contents) && contents.type === 'PLAIN' && contents.value === ''
}
