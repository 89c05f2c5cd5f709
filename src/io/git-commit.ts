import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { blobId } from '../source/blob-id.ts'
import { EnvironmentFailure, UsageFailure } from './failure.ts'
import {
  findRepository,
  type GitOptions,
  type GitOutput,
  git,
  people,
  type Repository,
} from './git.ts'
import { resolveRevision } from './git-revision.ts'

/** A file as a commit is to hold it; undefined is not there. */
export interface FileChange {
  /** From the root of the fleet. */
  readonly path: string
  readonly before: Uint8Array | undefined
  readonly after: Uint8Array | undefined
}

/** Where a commit goes: on the branch that is checked out, or on a new branch beside it. */
export type Destination = 'HEAD' | { readonly branch: string }

export interface Committed {
  readonly id: string
  /** The branch it is on; undefined for a detached HEAD. */
  readonly branch: string | undefined
}

/** How often somebody else may be quicker. */
const attempts = 20

/**
 * Fails if changes cannot be committed: there is no commit yet, the new branch exists, or a file is
 * not what was committed last, so that what others did to it would be committed along.
 */
export async function checkCommit(
  root: string,
  changes: readonly FileChange[],
  destination: Destination,
): Promise<void> {
  const repository = findRepository(root)
  const head = await resolveRevision(root, 'HEAD')
  await entriesOf(repository, head, changes, 'has changes that are not committed')
  if (destination === 'HEAD') return
  const { branch } = destination
  const named = await git(repository, ['check-ref-format', `refs/heads/${branch}`])
  if (!named.ok || branch.startsWith('-')) throw new UsageFailure(`"${branch}" is no branch name`)
  const found = await git(repository, ['rev-parse', '--verify', '--quiet', `refs/heads/${branch}`])
  if (found.ok) throw new UsageFailure(`there is a branch "${branch}" already`, 'name another one')
}

/**
 * Commits changes on top of HEAD, and nothing else. Made of Git's objects alone: no hook runs, no filter,
 * and the index is used for nothing; what is staged stays staged. Where somebody else commits at the
 * same time, ours goes on top of theirs.
 */
export async function commitChanges(
  root: string,
  changes: readonly FileChange[],
  message: string,
  destination: Destination,
): Promise<Committed> {
  const repository = findRepository(root)
  const folder = mkdtempSync(join(tmpdir(), 'sahaba-commit-'))
  try {
    const blobs = await writeBlobs(repository, folder, changes)
    for (let left = attempts; left > 0; left -= 1) {
      const head = await resolveRevision(root, 'HEAD')
      const entries = await entriesOf(repository, head, changes, 'was committed by somebody else')
      const lines = changes.map(({ path, after }) => {
        const blob = after && `${entries.get(path) ?? '100644'} ${blobs.get(path)}`
        return `${blob ?? `0 ${'0'.repeat(head.length)}`}\t${repository.prefix}${path}`
      })
      const tree = await writeTree(repository, join(folder, 'index'), head, lines)
      const id = await writeCommit(repository, tree, head, message)
      const subject = message.split('\n', 1)[0] ?? ''
      if (!(await moveBranch(repository, destination, id, head, subject))) continue
      if (destination !== 'HEAD') return { id, branch: destination.branch }
      await refreshIndex(repository, changes, lines)
      return { id, branch: await currentBranch(repository) }
    }
    throw new EnvironmentFailure('others commit all the time; nothing was committed', again)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const again = 'run the command again'

/** The mode of each file in a commit. Fails if one holds there something else than before the change. */
async function entriesOf(
  repository: Repository,
  commit: string,
  changes: readonly FileChange[],
  otherwise: string,
): Promise<ReadonlyMap<string, string>> {
  const { prefix } = repository
  const paths = changes.map(({ path }) => prefix + path)
  const output = await asked(repository, ['ls-tree', '-z', '--full-tree', commit, '--', ...paths])
  const modes = new Map<string, string>()
  const ids = new Map<string, string>()
  for (const line of output.stdout.toString('utf8').split('\0')) {
    const [, mode = '', id = '', path = ''] = /^(\d+) \w+ (\w+)\t(.*)$/s.exec(line) ?? []
    if (path === '') continue
    modes.set(path.slice(prefix.length), mode)
    ids.set(path.slice(prefix.length), id)
  }
  for (const { path, before } of changes) {
    const id = ids.get(path)
    if (id === (before === undefined ? undefined : blobId(before, id ?? ''))) continue
    throw new EnvironmentFailure(`${path} ${otherwise}`, `commit or undo that first, or ${again}`)
  }
  return modes
}

/** Stores the new contents; path → id. */
async function writeBlobs(
  repository: Repository,
  folder: string,
  changes: readonly FileChange[],
): Promise<ReadonlyMap<string, string>> {
  const stored = changes.flatMap(({ path, after }, index) => {
    const file = join(folder, `${index}`)
    if (after) writeFileSync(file, after)
    return after ? [{ path, file }] : []
  })
  const args = ['hash-object', '-w', '--no-filters', '--stdin-paths']
  const input = stored.map(({ file }) => `${file}\n`).join('')
  const { stdout } = await asked(repository, args, { input })
  const ids = stdout.toString('latin1').split('\n')
  return new Map(stored.map(({ path }, index) => [path, ids[index] ?? '']))
}

/** The tree of a commit with some entries in place of its own. */
async function writeTree(
  repository: Repository,
  index: string,
  commit: string,
  lines: readonly string[],
): Promise<string> {
  rmSync(index, { force: true })
  const env = { GIT_INDEX_FILE: index }
  await asked(repository, ['read-tree', commit], { env })
  const input = lines.map((line) => `${line}\0`).join('')
  await asked(repository, ['update-index', '-z', '--index-info'], { env, input })
  return lineOf(await asked(repository, ['write-tree'], { env }))
}

async function writeCommit(
  repository: Repository,
  tree: string,
  parent: string,
  message: string,
): Promise<string> {
  const args = ['commit-tree', tree, '-p', parent]
  const output = await git(repository, args, { input: message, env: people() })
  if (output.ok) return lineOf(output)
  if (/identity|user\.(?:name|email)|empty ident/.test(output.stderr)) {
    throw new EnvironmentFailure(
      'Git does not know who commits',
      'tell it: git config user.name NAME, and git config user.email ADDRESS',
    )
  }
  throw refused('commit-tree', output)
}

/** Moves the branch from one commit to the next; false if it was not at the first one any more. */
async function moveBranch(
  repository: Repository,
  destination: Destination,
  id: string,
  head: string,
  subject: string,
): Promise<boolean> {
  const onHead = destination === 'HEAD'
  const ref = onHead ? 'HEAD' : `refs/heads/${destination.branch}`
  const old = onHead ? head : '0'.repeat(id.length)
  const output = await git(repository, ['update-ref', '-m', `sahaba: ${subject}`, ref, id, old], {
    env: people(),
  })
  if (output.ok) return true
  const isTaken = /cannot lock ref|is at .* but expected|reference already exists/i
  if (onHead && isTaken.test(output.stderr)) return false
  throw refused('update-ref', output)
}

/**
 * Brings the entries of the committed files in the index along, so that they do not look as if the
 * commit were to be undone. Others stay, and so do ours if somebody staged something else meanwhile.
 */
async function refreshIndex(
  repository: Repository,
  changes: readonly FileChange[],
  lines: readonly string[],
): Promise<void> {
  const paths = changes.map(({ path }) => repository.prefix + path)
  const listed = await git(repository, ['ls-files', '-s', '-z', '--', ...paths])
  const staged = new Map(
    listed.stdout
      .toString('utf8')
      .split('\0')
      .map((line) => [line.slice(line.indexOf('\t') + 1), line.split(' ')[1] ?? ''] as const),
  )
  const due = lines.filter((_, index) => {
    const { before } = changes[index] as FileChange
    const id = staged.get(paths[index] ?? '')
    return id === (before === undefined ? undefined : blobId(before, id ?? ''))
  })
  const input = due.map((line) => `${line}\0`).join('')
  // Where the index is locked by another command, its entries stay behind: that is said by git status.
  const args = [...(await withoutFilters(repository)), 'update-index', '-z', '--index-info']
  if (due.length > 0) await git(repository, args, { input })
}

/**
 * Options by which no filter is there that is configured: Git would run them for files that were written
 * in the same moment as the index, to see whether they differ. Without, it takes these for different
 * and looks again another time.
 */
async function withoutFilters(repository: Repository): Promise<readonly string[]> {
  const pattern = '^filter\\..*\\.(clean|smudge|process|required)$'
  const listed = await git(repository, ['config', '-z', '--name-only', '--get-regexp', pattern])
  const names = listed.stdout.toString('utf8').split('\0').filter(Boolean)
  return names.flatMap((name) => ['-c', `${name}=${name.endsWith('.required') ? 'false' : ''}`])
}

async function currentBranch(repository: Repository): Promise<string | undefined> {
  const output = await git(repository, ['symbolic-ref', '--quiet', '--short', 'HEAD'])
  return output.ok ? lineOf(output) : undefined
}

async function asked(
  repository: Repository,
  args: readonly string[],
  options: GitOptions = {},
): Promise<GitOutput> {
  const output = await git(repository, args, options)
  if (!output.ok) throw refused(args[0] ?? '', output)
  return output
}

function lineOf({ stdout }: GitOutput): string {
  return stdout.toString('utf8').trim()
}

function refused(command: string, { stderr }: GitOutput): EnvironmentFailure {
  const said = stderr.trim().split('\n')[0] ?? ''
  return new EnvironmentFailure(`git ${command} fails: ${said.replace(/^(?:fatal|error): /, '')}`)
}
