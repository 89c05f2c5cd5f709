import { isBlob } from '../source/blob-id.ts'
import type { Snapshot } from '../source/snapshot.ts'
import { EnvironmentFailure } from './failure.ts'
import { findRepository, type GitOutput, git, type Repository } from './git.ts'
import { resolveRevision } from './git-revision.ts'
import { listTree } from './git-snapshot.ts'
import { inputFolders } from './input.ts'

/** What history says of a commit. Author and subject are texts of whoever made it. */
export interface Commit {
  readonly id: string
  readonly author: string
  readonly subject: string
}

/** So many commits are looked through, the newest first. */
const most = 10_000

// Two empty fields begin a commit: no path is empty, and no field holds a NUL.
const format = '--format=%x00%x00%H%x00%an%x00%s'
/** Options of `git log` by which it runs nothing and follows nothing. */
export const plain = [
  '--no-renames',
  '--no-relative',
  '--no-ext-diff',
  '--no-textconv',
  '--no-color',
]
/** And by which it adds nothing. */
export const silent = ['--no-show-signature', '--no-notes', '--no-mailmap', '--encoding=UTF-8']

/**
 * The last commit that touched each input file, of those the head has and the base has not. Where
 * history cannot be read, or is too long, nothing is known of it.
 */
export async function lastCommits(
  root: string,
  base: string,
  head: string,
): Promise<ReadonlyMap<string, Commit>> {
  const repository = findRepository(root)
  const output = await logOf(repository, `${base}..${head}`)
  return output?.ok ? commitsIn(output.stdout.toString('utf8'), repository) : new Map()
}

/** The same for the working tree: of files that are as HEAD has them. */
export async function lastCommitsOf(
  { files }: Snapshot,
  root: string,
  base: string,
): Promise<ReadonlyMap<string, Commit>> {
  const head = await resolveRevision(root, 'HEAD')
  const commits = await lastCommits(root, base, head)
  if (commits.size === 0) return commits
  const entries = await listTree(findRepository(root), head, inputFolders)
  const ids = new Map(entries.map(({ path, id }) => [path, id]))
  const isCommitted = (path: string) => {
    const [bytes, id] = [files.get(path), ids.get(path)]
    return bytes && id !== undefined ? isBlob(bytes, id) : !bytes && id === undefined
  }
  return new Map([...commits].filter(([path]) => isCommitted(path)))
}

async function logOf(repository: Repository, range: string): Promise<GitOutput | undefined> {
  const paths = inputFolders.map((folder) => repository.prefix + folder)
  const which = ['-z', '--name-only', `--max-count=${most}`, format, ...plain, ...silent]
  try {
    const args = ['log', ...which, '--end-of-options', range, '--', ...paths]
    return await git(repository, args, { megabytes: 128 })
  } catch (error) {
    if (error instanceof EnvironmentFailure) return undefined
    throw error
  }
}

function commitsIn(log: string, { prefix }: Repository): ReadonlyMap<string, Commit> {
  const commits = new Map<string, Commit>()
  const fields = log.split('\0')
  let at = 0
  while (at < fields.length) {
    if (fields[at] === '') {
      at += 1
      continue
    }
    const [id = '', author = '', subject = ''] = fields.slice(at, at + 3)
    at += 3
    // A line break stands between what is said of a commit and its paths.
    for (let first = true; fields[at]; at += 1, first = false) {
      const path = fields[at]?.slice(first ? 1 : 0) ?? ''
      const own = path.startsWith(prefix) ? path.slice(prefix.length) : undefined
      if (own !== undefined && !commits.has(own)) commits.set(own, { id, author, subject })
    }
  }
  return commits
}
