import { type Compilation, compile } from '../../src/compile.ts'
import { selectionOf } from '../../src/model/selection.ts'
import type { Snapshot } from '../../src/source/snapshot.ts'
import { tree } from './fleet.ts'

/** Makes a change to the reference fleet, in memory only. */
export type Edit = (files: Map<string, Uint8Array>) => void

/** Replaces a stretch of a file's text that stands there exactly once. */
export function edit(path: string, from: string, to: string): Edit {
  return (files) => {
    const [before, after, ...rest] = new TextDecoder().decode(files.get(path)).split(from)
    if (before === undefined || after === undefined || rest.length > 0)
      throw new Error(`${path} does not have this once: ${from}`)
    files.set(path, new TextEncoder().encode(before + to + after))
  }
}

export function remove(path: string): Edit {
  return (files) => {
    if (!files.delete(path)) throw new Error(`there is no ${path}`)
  }
}

/** What the compiler makes of the reference fleet after edits; of one project, or of all. */
export function compileEdited(edits: readonly Edit[], project?: string): Compilation {
  const files = new Map(tree.files)
  for (const apply of edits) apply(files)
  const snapshot: Snapshot = { ...tree, files }
  const names = { project: project ? [project] : [], environment: [], region: [], owner: [] }
  return compile(snapshot, { select: selectionOf(names) })
}
