import { limits } from '../document/limits.ts'
import type { Obstacle, Snapshot } from '../source/snapshot.ts'
import { EnvironmentFailure } from './failure.ts'
import { findRepository, git, type Repository } from './git.ts'
import { readBlobs, sizesOf } from './git-objects.ts'
import { resolveRevision } from './git-revision.ts'
import { inputFolders, isExpected, isInputName, problems } from './input.ts'

/** What Git lists of a tree: mode and id as it writes them, the path from the root. */
interface Entry {
  readonly mode: string
  readonly id: string
  readonly path: string
}

/**
 * Reads a revision from Git's objects, as `readWorkingTree` would read a checkout of it: without
 * making one, without running what the repository configures, without fetching anything.
 */
export async function readRevision(root: string, revision: string): Promise<Snapshot> {
  const commit = await resolveRevision(root, revision)
  const repository = findRepository(root)
  const [entries, rendered] = await Promise.all([
    listTree(repository, commit, inputFolders),
    renderedTargets(repository, commit),
  ])
  const obstacles = new Map<string, Obstacle>()
  const obstruct = (path: string, problem: keyof typeof problems) =>
    obstacles.set(path, { path, problem: problems[problem] })

  const inputs = entries.filter((entry) => isReadable(entry, obstruct))
  const sizes = await sizesOf(repository, new Set(inputs.map(({ id }) => id)))
  const bearable = inputs.filter(({ id, path }) => {
    const fits = (sizes.get(id) ?? 0) <= limits.bytes
    if (!fits) obstruct(path, 'tooLarge')
    return fits
  })
  const blobs = await readBlobs(repository, sizesOfAll(bearable, sizes))
  const files = new Map<string, Uint8Array>()
  for (const { id, path } of bearable.sort(byPath)) {
    const bytes = blobs.get(id)
    if (bytes) files.set(path, bytes)
  }
  return { files, rendered, obstacles: [...obstacles.values()].sort(byPath) }
}

/** Whether an entry is a file to be read; if something stands in its place, says so. */
function isReadable(
  { mode, path }: Entry,
  obstruct: (path: string, problem: keyof typeof problems) => void,
): boolean {
  const parts = path.split('/')
  const name = parts.at(-1) ?? ''
  const folder = parts.slice(0, -1).findIndex(isInputName)
  if (parts.length === 1) obstruct(path, mode === '120000' ? 'link' : 'noFolder')
  else if (folder !== -1) obstruct(parts.slice(0, folder + 1).join('/'), 'folder')
  else if (mode === '160000') obstruct(path, 'submodule')
  else if (path.includes('\ufffd')) isExpected(name) && obstruct(path, 'badName')
  else if (mode === '120000') isExpected(name) && obstruct(path, 'link')
  else return isInputName(name)
  return false
}

function sizesOfAll(entries: readonly Entry[], sizes: ReadonlyMap<string, number>) {
  return new Map(entries.map(({ id }) => [id, sizes.get(id) ?? 0]))
}

/** The targets that the `out/` of a commit holds. Git keeps no empty folders. */
async function renderedTargets(
  repository: Repository,
  commit: string,
): Promise<ReadonlySet<string>> {
  const entries = await listTree(repository, commit, ['out'], ['-d'])
  const ids = entries
    .filter(({ mode }) => mode === '040000')
    .map(({ path }) => path.slice('out/'.length))
    .filter((id) => /^[^/_.][^/]*\/[^/_.][^/]*\/[^/_.][^/]*$/.test(id))
  return new Set(ids.sort())
}

async function listTree(
  repository: Repository,
  commit: string,
  folders: readonly string[],
  options: readonly string[] = [],
): Promise<Entry[]> {
  const { prefix } = repository
  const paths = folders.map((folder) => prefix + folder)
  const output = await git(
    repository,
    ['ls-tree', '-r', '-z', '--full-tree', ...options, commit, '--', ...paths],
    { megabytes: 128 },
  )
  if (!output.ok) throw incomplete(commit)
  return [...entriesIn(output.stdout, prefix)]
}

function* entriesIn(listing: Buffer, prefix: string): Generator<Entry> {
  for (const line of listing.toString('utf8').split('\0')) {
    const [, mode, id, path] = /^([0-7]{6}) [a-z]+ ([0-9a-f]+)\t(.*)$/s.exec(line) ?? []
    if (mode === undefined || id === undefined || !path?.startsWith(prefix)) continue
    yield { mode, id, path: path.slice(prefix.length) }
  }
}

function incomplete(commit: string): EnvironmentFailure {
  return new EnvironmentFailure(
    `the files of commit ${commit} are not all in this clone`,
    'clone the repository without --filter, or run "git fetch --refetch"',
  )
}

function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : 1
}
