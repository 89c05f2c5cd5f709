import { EnvironmentFailure } from './failure.ts'
import { findRepository, type GitOptions, git, type Repository } from './git.ts'

/** What a file held in commits, one after another; undefined where it was not there. */
export async function fileInCommits(
  root: string,
  path: string,
  commits: readonly string[],
): Promise<readonly (Uint8Array | undefined)[]> {
  const repository = findRepository(root)
  return contents(
    repository,
    commits.map((id) => `${id}:${repository.prefix}${path}`),
  )
}

/** The contents of objects by name, in the order of the names. */
async function contents(
  repository: Repository,
  names: readonly string[],
): Promise<readonly (Buffer | undefined)[]> {
  if (names.length === 0) return []
  const options: GitOptions = { input: `${names.join('\n')}\n`, megabytes: 128 }
  const { ok, stdout, stderr } = await git(repository, ['cat-file', '--batch', '--buffer'], options)
  if (!ok) throw unreadable(stderr)
  let at = 0
  return names.map(() => {
    const end = stdout.indexOf('\n', at)
    const [, size] = / \w+ (\d+)$/.exec(stdout.subarray(at, end).toString('latin1')) ?? []
    at = end + 1
    if (size === undefined) return undefined
    const found = stdout.subarray(at, at + Number(size))
    at += Number(size) + 1
    return found
  })
}

function unreadable(stderr: string): EnvironmentFailure {
  const said = stderr.trim().split('\n')[0] ?? ''
  return new EnvironmentFailure(`Git cannot read the history: ${said.replace(/^fatal: /, '')}`)
}
