import type { Report } from '../diagnostics/diagnostic.ts'
import { type Document, loadDocument, loadDocuments } from '../document/load.ts'
import type { Node } from '../document/node.ts'
import { reportSecrets } from '../secret/report-secrets.ts'
import type { Snapshot } from '../source/snapshot.ts'
import type { Location } from '../source/source.ts'

/** The YAML of a snapshot, each file read at most once and only when somebody needs it. */
export interface Documents {
  /** All paths, sorted by code unit. */
  readonly paths: readonly string[]
  readonly has: (path: string) => boolean
  /**
   * The document at a path; undefined if there is no such file. What is wrong in it is reported,
   * and so are secrets.
   */
  readonly load: (path: string) => Document | undefined
  /** Lets go of what was read of files whose paths begin with a prefix. */
  readonly forget: (prefix: string) => void
  /** The documents of a file that may hold several; what is wrong in them is reported likewise. */
  readonly loadAll: (path: string) => readonly Node[]
  /** The projects that are there but were left unread. */
  readonly unread: readonly string[]
  /** The paths below a folder (without its own name), sorted. */
  readonly below: (folder: string) => readonly string[]
}

/** Opens a snapshot for reading; what stands where a file should be is reported at once. */
export function openDocuments(snapshot: Snapshot, report: Report): Documents {
  const loaded = new Map<string, Document>()
  for (const { path, problem } of snapshot.obstacles) {
    report({ id: 'unreadable-file', message: `${path} ${problem}`, at: startOf(path) })
    // It is there, so nobody needs to miss it.
    if (/\.(yaml|json)$/.test(path)) {
      loaded.set(path, { source: { path, text: '' }, root: undefined, empty: false })
    }
  }
  const paths = [...snapshot.files.keys(), ...loaded.keys()].sort()
  for (const path of paths.filter((each) => each.endsWith('.yml'))) {
    report({
      id: 'misplaced-file',
      message: `${path} is not read: its name ends in .yml`,
      at: startOf(path),
      help: `rename it to ${path.slice(0, -4)}.yaml`,
    })
  }
  return {
    paths,
    unread: snapshot.unread ?? [],
    has: (path) => snapshot.files.has(path) || loaded.has(path),
    load: (path) => {
      const known = loaded.get(path)
      if (known) return known
      const bytes = snapshot.files.get(path)
      if (!bytes) return undefined
      const read = loadDocument(path, bytes, report)
      // A document with a secret in it goes no further, so the secret is in nothing that follows.
      const document = reportSecrets(read, report)
        ? read
        : { ...read, root: undefined, empty: false }
      loaded.set(path, document)
      return document
    },
    forget: (prefix) => {
      for (const path of pathsIn(prefix, paths)) {
        loaded.delete(path)
        snapshot.forget?.(path)
      }
    },
    loadAll: (path) => {
      const bytes = snapshot.files.get(path)
      if (!bytes) return []
      const { source, roots } = loadDocuments(path, bytes, report)
      return roots.filter((root) => reportSecrets({ source, root, empty: false }, report))
    },
    below: (folder) => {
      const prefix = `${folder}/`
      return pathsIn(prefix, paths).map((path) => path.slice(prefix.length))
    },
  }
}

/** Those of sorted paths that begin with a prefix. */
function pathsIn(prefix: string, paths: readonly string[]): readonly string[] {
  const start = firstNotBefore(prefix, paths)
  let end = start
  while (paths[end]?.startsWith(prefix)) end += 1
  return paths.slice(start, end)
}

/** The index of the first of sorted paths that does not come before a text. */
function firstNotBefore(text: string, paths: readonly string[]): number {
  let low = 0
  let high = paths.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((paths[middle] ?? '') < text) low = middle + 1
    else high = middle
  }
  return low
}

/** The beginning of a file of which no text is known. */
export function startOf(path: string): Location {
  return { source: { path, text: '' }, start: 0, end: 0 }
}
