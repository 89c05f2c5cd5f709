import { EnvironmentFailure } from './failure.ts'
import { findRepository, git, type Repository } from './git.ts'

const usual = ['origin/HEAD', 'origin/main', 'origin/master', 'main', 'master']

/**
 * The branch that changes are merged into: what the remote calls its HEAD, else one of the usual
 * names. Fails if there is none of them.
 */
export async function defaultBranch(root: string): Promise<string> {
  const repository = findRepository(root)
  for (const name of usual) if (await isThere(repository, name)) return name
  throw new EnvironmentFailure(
    `there is no ${usual.slice(1).join(', ')}, so it is not known what to compare with`,
    'name a revision: sahaba diff REVISION; or make a first commit',
  )
}

async function isThere(repository: Repository, name: string): Promise<boolean> {
  const reference = name.includes('/') ? `refs/remotes/${name}` : `refs/heads/${name}`
  const { ok } = await git(repository, [
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${reference}^{commit}`,
  ])
  return ok
}
