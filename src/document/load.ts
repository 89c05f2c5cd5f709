import type { Finding, Report } from '../diagnostics/diagnostic.ts'
import type { Source } from '../source/source.ts'
import { decode } from './decode.ts'
import { reportFirst } from './findings.ts'
import type { Node } from './node.ts'
import { readQuickly } from './quick.ts'
import { checkCharacters, checkConflicts } from './raw-text.ts'
import { readThoroughly } from './thorough.ts'

/** One YAML file. `root` is absent if the file is empty, or if anything in it was reported. */
export interface Document {
  readonly source: Source
  readonly root: Node | undefined
  /** Whether there is nothing in it but blanks and comments. */
  readonly empty: boolean
}

/** A YAML file that may hold several documents. */
export interface DocumentStream {
  readonly source: Source
  /** Those that are not empty, in their order; none if anything in the file was reported. */
  readonly roots: readonly Node[]
}

/**
 * Reads a file as the strict YAML that Sahaba takes. All that is wrong with it is reported as
 * errors, each at its place; beyond a handful only their number.
 */
export function loadDocument(path: string, bytes: Uint8Array, report: Report): Document {
  const { source, roots, failed } = load(path, bytes, false, report)
  const [root] = roots
  return { source, root, empty: !failed && root === undefined }
}

/** Reads a file as strictly, but for the documents in it, of which there may be several. */
export function loadDocuments(path: string, bytes: Uint8Array, report: Report): DocumentStream {
  const { source, roots } = load(path, bytes, true, report)
  return { source, roots }
}

function load(
  path: string,
  bytes: Uint8Array,
  several: boolean,
  report: Report,
): DocumentStream & { readonly failed: boolean } {
  const findings: Finding[] = []
  const note: Report = (finding) => findings.push(finding)
  const source = decode(path, bytes, note)
  // Each step relies on what the one before refuses.
  if (findings.length === 0) {
    checkCharacters(source, note)
    checkConflicts(source, note)
  }
  const roots = findings.length === 0 ? read(source, several, note) : []
  reportFirst(findings, report)
  const failed = findings.length > 0
  return { source, roots: failed ? [] : roots, failed }
}

function read(source: Source, several: boolean, report: Report): Node[] {
  const root = readQuickly(source)
  return root ? [root] : readThoroughly(source, several, report)
}
