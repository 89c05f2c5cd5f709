import { limitsOf } from '../document/limits.ts'
import {
  type Obstacle,
  projectOfPath,
  type ReadOptions,
  type Snapshot,
} from '../source/snapshot.ts'
import { inOrderOfWalk, State } from '../source/state.ts'
import { EnvironmentFailure } from './failure.ts'
import { findRepository, git, type Repository } from './git.ts'
import { readBlobs } from './git-objects.ts'
import { resolveRevision } from './git-revision.ts'
import { type InputProblem, inputFolders, isExpected, isInputName, problemOf } from './input.ts'

/** What Git lists of a tree: mode and id as it writes them, the path from the root. */
interface Entry {
  readonly mode: string
  readonly id: string
  /** In bytes; 0 for what is no blob. */
  readonly size: number
  readonly path: string
}

/**
 * Reads a revision from Git's objects, as `readWorkingTree` would read a checkout of it: without
 * making one, without running what the repository configures, without fetching anything.
 */
export async function readRevision(
  root: string,
  revision: string,
  options: ReadOptions = {},
): Promise<Snapshot> {
  const commit = await resolveRevision(root, revision)
  const repository = findRepository(root)
  const [inputs, rendered] = await Promise.all([
    readInputs(repository, commit, inputFolders, options),
    renderedTargets(repository, commit),
  ])
  return { ...inputs, rendered }
}

/** The same for one project alone, with all that it stands on, and without what `out/` holds. */
export async function readProjectAt(
  root: string,
  commit: string,
  project: string,
): Promise<Snapshot> {
  const folders = inputFolders.map((name) => (name === 'projects' ? `${name}/${project}` : name))
  const inputs = await readInputs(findRepository(root), commit, folders, {})
  return { ...inputs, rendered: new Set() }
}

async function readInputs(
  repository: Repository,
  commit: string,
  folders: readonly string[],
  options: ReadOptions,
): Promise<Omit<Snapshot, 'rendered'>> {
  const entries = await listTree(repository, commit, folders, ['-l'])
  // Where Git's ids are of another kind, the state is worked out from all the bytes.
  const { isRead, withState = false } = isWithOtherIds(entries) && options.withState ? {} : options
  const obstacles = new Map<string, Obstacle>()
  const unread = new Set<string>()
  const isLeftOut = ({ path }: Entry) => {
    const project = projectOfPath(path)
    return project !== undefined && isRead?.(project) === false && !isInputName(project)
  }
  const obstruct = (path: string, problem: InputProblem) =>
    obstacles.set(path, { path, problem: problemOf(path, problem) })

  const asked: Entry[] = []
  const ids = new Map<string, string>()
  for (const entry of entries) {
    const leftOut = isLeftOut(entry)
    if (leftOut) unread.add(projectOfPath(entry.path) ?? '')
    if (!isReadable(entry, leftOut ? () => {} : obstruct)) continue
    if (!leftOut) asked.push(entry)
    if (withState) ids.set(entry.path, entry.id)
  }
  const files = await readFiles(repository, asked.sort(byPath))
  return {
    files,
    ...(unread.size > 0 && { unread: [...unread].sort() }),
    ...(withState && { state: stateOfIds(ids) }),
    obstacles: [...obstacles.values()].sort(byPath),
  }
}

function isWithOtherIds([entry]: readonly Entry[]): boolean {
  return entry !== undefined && entry.id.length > 40
}

async function readFiles(
  repository: Repository,
  entries: readonly Entry[],
): Promise<ReadonlyMap<string, Uint8Array>> {
  const blobs = await readBlobs(repository, new Map(entries.map(({ id, size }) => [id, size])))
  const files = new Map<string, Uint8Array>()
  for (const { id, path } of entries) {
    const bytes = blobs.get(id)
    if (bytes) files.set(path, bytes)
  }
  return files
}

function stateOfIds(ids: ReadonlyMap<string, string>): string {
  const state = new State()
  for (const path of inOrderOfWalk(ids.keys())) state.add(path, ids.get(path) ?? '')
  return state.text()
}

/** Whether an entry is a file to be read; if something stands in its place, says so. */
function isReadable(
  { mode, path, size }: Entry,
  obstruct: (path: string, problem: InputProblem) => void,
): boolean {
  const parts = path.split('/')
  const name = parts.at(-1) ?? ''
  const folder = parts.slice(0, -1).findIndex(isInputName)
  if (parts.length === 1) obstruct(path, mode === '120000' ? 'link' : 'noFolder')
  else if (folder !== -1) obstruct(parts.slice(0, folder + 1).join('/'), 'folder')
  else if (mode === '160000') obstruct(path, 'submodule')
  else if (path.includes('\ufffd')) isExpected(name) && obstruct(path, 'badName')
  else if (mode === '120000') isExpected(name) && obstruct(path, 'link')
  else if (isInputName(name) && size > limitsOf(path).bytes) obstruct(path, 'tooLarge')
  else return isInputName(name)
  return false
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

/** The files of folders in a commit; the paths are those from the root of the fleet. */
export async function listTree(
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
  if (!output.ok) throw unlistable(commit, output.stderr)
  return [...entriesIn(output.stdout, prefix)]
}

function* entriesIn(listing: Buffer, prefix: string): Generator<Entry> {
  for (const line of listing.toString('utf8').split('\0')) {
    const tab = line.indexOf('\t')
    const path = line.slice(tab + 1)
    if (tab === -1 || !path.startsWith(prefix)) continue
    const [mode = '', , id = '', size] = line.slice(0, tab).split(/ +/)
    yield { mode, id, size: Number(size) || 0, path: path.slice(prefix.length) }
  }
}

function unlistable(commit: string, stderr: string): EnvironmentFailure {
  if (/could not fetch|lazy fetching/.test(stderr)) {
    return new EnvironmentFailure(
      `the files of commit ${commit} are not all in this clone, and nothing is fetched`,
      'clone the repository without --filter, or run "git fetch --refetch"',
    )
  }
  const said = stderr.trim().split('\n')[0]
  return new EnvironmentFailure(`Git cannot list the files of commit ${commit}: ${said}`)
}

function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : 1
}
