import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { suggest } from '../diagnostics/suggest.ts'
import { EnvironmentFailure } from './failure.ts'
import { findRepository, git, type Repository } from './git.ts'

/** Letters of any script, digits and what Git's own notations need; never `-` or `:` in front. */
const revisionPattern = /^[\p{L}\p{N}_@][\p{L}\p{M}\p{N}_@./{}^~+=#%,-]{0,254}$/u

/**
 * The id of the commit that a name stands for: a branch, a tag, `HEAD~2`, an id. Whatever is no
 * plain name of one commit (an option, a range, a search, a path) is refused before Git sees it.
 */
export async function resolveRevision(root: string, name: string): Promise<string> {
  if (!revisionPattern.test(name) || name.includes('..') || name.includes('{/')) {
    throw new EnvironmentFailure(
      `${JSON.stringify(name)} does not name a commit`,
      'name a branch, a tag or a commit id',
    )
  }
  const repository = findRepository(root)
  const id = await commitId(repository, name)
  if (id !== undefined) return id
  throw await explain(repository, name)
}

/** The commit at which two revisions parted, as an id. */
export async function mergeBase(root: string, one: string, other: string): Promise<string> {
  const repository = findRepository(root)
  const ids = [await resolveRevision(root, one), await resolveRevision(root, other)]
  const output = await git(repository, ['merge-base', '--end-of-options', ...ids])
  const id = output.ok ? idIn(output.stdout) : undefined
  if (id !== undefined) return id
  if (await isShallow(repository)) {
    throw new EnvironmentFailure(
      `this shallow clone does not reach back to where ${one} and ${other} parted`,
      deepen,
    )
  }
  throw new EnvironmentFailure(`${one} and ${other} have no commit in common`)
}

/** What helps where a clone is shallow. */
export const deepen = 'fetch the whole history: "git fetch --unshallow", or "fetch-depth: 0" in CI'

async function commitId(repository: Repository, name: string): Promise<string | undefined> {
  const commit = `${name}^{commit}`
  const output = await git(repository, [
    ...['rev-parse', '--verify', '--quiet', '--end-of-options'],
    commit,
  ])
  return output.ok ? idIn(output.stdout) : undefined
}

function idIn(stdout: Buffer): string | undefined {
  return /^([0-9a-f]{40}|[0-9a-f]{64})\n$/.exec(stdout.toString('latin1'))?.[1]
}

/** Git says little about why a name has no commit; this asks until the cure is known. */
async function explain(repository: Repository, name: string): Promise<EnvironmentFailure> {
  const { ok, stderr } = await git(repository, ['rev-parse', '--git-dir'])
  if (!ok) return refusal(repository, stderr)
  if (await isTrue(repository, '--is-bare-repository')) {
    return new EnvironmentFailure(
      `${repository.top} is a bare Git repository: it has no work tree`,
      'clone it and work in the clone',
    )
  }
  const remote = `origin/${name}`
  if (await commitId(repository, remote)) {
    return new EnvironmentFailure(`there is no commit "${name}"`, `did you mean "${remote}"?`)
  }
  if (await isShallow(repository)) {
    return new EnvironmentFailure(`there is no commit "${name}" in this shallow clone`, deepen)
  }
  if ((await commitId(repository, 'HEAD')) === undefined) {
    return new EnvironmentFailure(
      `there is no commit "${name}": nothing is committed on this branch yet`,
      'commit first',
    )
  }
  if (existsSync(join(repository.top, repository.prefix, name))) {
    return new EnvironmentFailure(
      `there is no commit "${name}": that is a path, and a revision is wanted`,
      'name a branch, a tag or a commit id; options such as --project select what is looked at',
    )
  }
  return new EnvironmentFailure(`there is no commit "${name}"`, await advice(repository, name))
}

const bringMore = '"git branch --all" and "git tag" list what there is; "git fetch" brings more'

/** The branch or tag that was meant, if one has nearly that name. */
async function advice(repository: Repository, name: string): Promise<string> {
  const { stdout } = await git(repository, ['for-each-ref', '--format=%(refname:short)'])
  const meant = suggest(name, stdout.toString('utf8').split('\n').filter(Boolean))
  return meant === undefined ? bringMore : `did you mean "${meant}"?`
}

/** Whether older commits were left out when the repository was cloned. */
export async function isShallow(repository: Repository): Promise<boolean> {
  return isTrue(repository, '--is-shallow-repository')
}

async function isTrue(repository: Repository, question: string): Promise<boolean> {
  const { stdout } = await git(repository, ['rev-parse', question])
  return stdout.toString('latin1') === 'true\n'
}

function refusal({ top }: Repository, stderr: string): EnvironmentFailure {
  if (stderr.includes('dubious ownership')) {
    return new EnvironmentFailure(
      `Git does not read ${top}: the folder belongs to another user`,
      `if you trust it: git config --global --add safe.directory ${top}`,
    )
  }
  const said = stderr.trim().split('\n')[0] ?? ''
  return new EnvironmentFailure(`Git does not read ${top}: ${said.replace(/^fatal: /, '')}`)
}
