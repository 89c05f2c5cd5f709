import { fileURLToPath } from 'node:url'
import pc from 'picocolors'
import type { Compilation } from '../../src/compile.ts'
import { prettyDiagnostics } from '../../src/report/pretty.ts'
import type { Snapshot } from '../../src/source/snapshot.ts'
import { type Files, readFiles } from './files.ts'

export const casesFolder = fileURLToPath(new URL('../cases', import.meta.url))

/** The inputs of the fleet that this repository brings along. */
export function readReference(): Files {
  const folders = ['policies', 'projects', 'schemas'].flatMap((folder) => {
    const files = readFiles(fileURLToPath(new URL(`../../${folder}`, import.meta.url)))
    return [...files].map(([path, bytes]) => [`${folder}/${path}`, bytes] as const)
  })
  return new Map(folders)
}

/** The small repository that cases and examples lay their own files over. */
export const baseFiles: Files = readFiles(`${casesFolder}/_base`)

/** The base with files laid over it and others taken away. */
export function overBase(own: Files, without: readonly string[] = []): Files {
  const kept = [...baseFiles].filter(([path]) => !without.includes(path))
  if (kept.length + without.length !== baseFiles.size)
    throw new Error(`not in the base: ${without}`)
  return new Map([...kept, ...own].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** What the compiler sees of files: those in its three folders. */
export function snapshotOf(files: Files, rendered: readonly string[] = []): Snapshot {
  const read = [...files].filter(([path]) => /^(policies|projects|schemas)\//.test(path))
  return { files: new Map(read), rendered: new Set(rendered), obstacles: [] }
}

/** Diagnostics as a user sees them who has no colours. */
export function prettyText({ diagnostics, owners }: Compilation): string {
  return prettyDiagnostics(diagnostics, { colors: pc.createColors(false), owners, all: true })
}
