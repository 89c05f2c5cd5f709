import { lstatSync, readdirSync, readlinkSync } from 'node:fs'
import { blobId } from '../source/blob-id.ts'
import { EnvironmentFailure } from './failure.ts'
import { findRepository } from './git.ts'
import { readBlobs } from './git-objects.ts'
import { resolveRevision } from './git-revision.ts'
import { listTree } from './git-snapshot.ts'
import { readRegularFile } from './regular-file.ts'
import { attempt } from './system-error.ts'

/** What lies in `out/`. Paths are those below it. */
export interface Output {
  readonly manifests: ReadonlyMap<string, Uint8Array>
  /** What a syncer may read though it is no manifest of a target: path → its mode and id in Git. */
  readonly others: ReadonlyMap<string, string>
}

/** Larger files, in bytes, are no manifests: API servers take none of more than 3 MB. */
const most = 8 * 1024 * 1024

/**
 * The `out/` of a revision; without one that of the working tree, with ids as long as that of the
 * commit it is to be compared with.
 */
export async function readOutput(
  root: string,
  revision: string | undefined,
  commit: string,
): Promise<Output> {
  return revision === undefined ? readFolder(root, commit) : await readCommitted(root, revision)
}

async function readCommitted(root: string, revision: string): Promise<Output> {
  const repository = findRepository(root)
  const commit = await resolveRevision(root, revision)
  const entries = await listTree(repository, commit, ['out'], ['-l'])
  const isFile = (mode: string) => mode.startsWith('100')
  const files = entries.filter(({ mode, path }) => isFile(mode) && isManifest(path))
  for (const { path, size } of files) if (size > most) throw tooLarge(path)
  const blobs = await readBlobs(repository, new Map(files.map(({ id, size }) => [id, size])))
  const bytes = files.map(({ id, path }) => [below(path), blobs.get(id)] as const)
  const others = entries.filter(({ mode, path }) => {
    return isFile(mode) ? !isManifest(path) && isReadBySyncers(path) : isSeen(path)
  })
  return {
    manifests: new Map(bytes.flatMap(([path, each]) => (each ? [[path, each] as const] : []))),
    others: new Map(
      others.map(({ mode, id, path }) => [below(path), `${isFile(mode) ? '100' : mode} ${id}`]),
    ),
  }
}

function readFolder(root: string, commit: string): Output {
  const manifests = new Map<string, Uint8Array>()
  const others = new Map<string, string>()
  visit('out')
  return { manifests, others }

  function visit(path: string): void {
    const full = `${root}/${path}`
    const stats = attempt(`look at ${path}`, () => lstatSync(full, { throwIfNoEntry: false }))
    if (!stats || !isSeen(path)) return
    if (stats.isDirectory()) {
      for (const name of attempt(`read ${path}`, () => readdirSync(full))) visit(`${path}/${name}`)
    } else if (stats.isSymbolicLink()) {
      const target = attempt(`read ${path}`, () => readlinkSync(full, { encoding: 'buffer' }))
      others.set(below(path), `120000 ${blobId(target, commit)}`)
    } else if (isReadBySyncers(path)) {
      const read = attempt(`read ${path}`, () => readRegularFile(full, most))
      if (isManifest(path) && typeof read !== 'string') manifests.set(below(path), read.bytes)
      else if (isManifest(path) && read === 'tooLarge') throw tooLarge(path)
      else
        others.set(
          below(path),
          `100 ${typeof read === 'string' ? read : blobId(read.bytes, commit)}`,
        )
    }
  }
}

function tooLarge(path: string): EnvironmentFailure {
  return new EnvironmentFailure(`${path} is too large to be a manifest`)
}

function below(path: string): string {
  return path.slice('out/'.length)
}

/** What begins with an underscore or a dot is read by no syncer. */
function isSeen(path: string): boolean {
  return !/^out\/[_.]/.test(path)
}

function isReadBySyncers(path: string): boolean {
  return isSeen(path) && /\.(?:ya?ml|json)$/.test(path)
}

/** Three folders down, as targets are. */
function isManifest(path: string): boolean {
  return /^out\/[^/_.][^/]*\/[^/]+\/[^/]+\/[^/]+\.yaml$/.test(path)
}
