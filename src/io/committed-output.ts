import { lstatSync, readdirSync } from 'node:fs'
import { EnvironmentFailure } from './failure.ts'
import { findRepository } from './git.ts'
import { readBlobs } from './git-objects.ts'
import { resolveRevision } from './git-revision.ts'
import { listTree } from './git-snapshot.ts'
import { readRegularFile } from './regular-file.ts'
import { attempt } from './system-error.ts'

/** Larger files, in bytes, are no manifests: API servers take none of more than 3 MB. */
const most = 8 * 1024 * 1024

/** The manifests of a revision's `out/`, or of the working tree's: path below `out/` → bytes. */
export async function readOutput(
  root: string,
  revision: string | undefined,
): Promise<ReadonlyMap<string, Uint8Array>> {
  return revision === undefined ? readFolder(root) : await readCommitted(root, revision)
}

async function readCommitted(root: string, revision: string) {
  const repository = findRepository(root)
  const commit = await resolveRevision(root, revision)
  const entries = await listTree(repository, commit, ['out'], ['-l'])
  const files = entries.filter(({ mode, path }) => mode === '100644' && isManifest(path))
  const blobs = await readBlobs(repository, new Map(files.map(({ id, size }) => [id, size])))
  const bytes = files.map(({ id, path }) => [path.slice('out/'.length), blobs.get(id)] as const)
  return new Map(bytes.flatMap(([path, each]) => (each ? [[path, each] as const] : [])))
}

function readFolder(root: string): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>()
  visit('')
  return files

  function visit(below: string): void {
    const folder = `${root}/out/${below}`
    const isFolder = lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false
    const entries = isFolder
      ? attempt(`read ${folder}`, () => readdirSync(folder, { withFileTypes: true }))
      : []
    for (const entry of entries) {
      const path = `${below}${entry.name}`
      if (entry.isDirectory()) visit(`${path}/`)
      else if (entry.isFile() && isManifest(`out/${path}`)) {
        const read = attempt(`read out/${path}`, () => readRegularFile(`${root}/out/${path}`, most))
        if (typeof read === 'string')
          throw new EnvironmentFailure(`out/${path} is too large to be a manifest`)
        files.set(path, read.bytes)
      }
    }
  }
}

/** Three folders down, as targets are; what begins with an underscore is read by no syncer. */
function isManifest(path: string): boolean {
  return /^out\/[^/_.][^/]*\/[^/]+\/[^/]+\/[^/]+\.yaml$/.test(path)
}
