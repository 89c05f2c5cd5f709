import { EnvironmentFailure } from './failure.ts'
import { findRepository, git, type Repository } from './git.ts'
import { resolveRevision } from './git-revision.ts'

const usual = ['origin/main', 'origin/master', 'main', 'master']

/**
 * The branch that changes are merged into: what the remote calls its HEAD, else one of the usual
 * names. Fails if there is none of them.
 */
export async function defaultBranch(root: string): Promise<string> {
  const repository = findRepository(root)
  const remote = await remoteHead(repository)
  for (const name of [...remote, ...usual]) if (await isThere(repository, name)) return name
  // Where there is no commit at all, this says so.
  await resolveRevision(root, 'HEAD')
  throw new EnvironmentFailure(
    `it is not known what to compare with: there is none of ${usual.join(', ')}`,
    'name a revision: "sahaba diff REVISION"',
  )
}

/** The branch that `origin/HEAD` stands for, such as "origin/trunk". */
async function remoteHead(repository: Repository): Promise<string[]> {
  const { ok, stdout } = await git(repository, ['symbolic-ref', '-q', 'refs/remotes/origin/HEAD'])
  const name = /^refs\/remotes\/(origin\/[^\n]+)\n$/.exec(stdout.toString('utf8'))?.[1]
  return ok && name !== undefined ? [name] : []
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
