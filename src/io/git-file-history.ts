import { EnvironmentFailure } from './failure.ts'
import { findRepository, type GitOptions, git, type Repository } from './git.ts'

/** A commit, as people are told of it. */
export interface Revision {
  readonly id: string
  /** The first parent; undefined for a commit without one. */
  readonly parent: string | undefined
  readonly author: string
  /** When it was made, where it was made: "2026-11-26 10:30". */
  readonly date: string
  readonly subject: string
}

/** The last commits up to HEAD that changed one of these files or folders, the youngest first. */
export async function revisionsOf(
  root: string,
  paths: readonly string[],
  most: number,
): Promise<readonly Revision[]> {
  const repository = findRepository(root)
  const places = paths.map((path) => repository.prefix + path)
  const args = ['rev-list', `--max-count=${most}`, '--end-of-options', 'HEAD', '--', ...places]
  const listed = await git(repository, args)
  if (!listed.ok) throw unreadable(listed.stderr)
  const ids = listed.stdout.toString('latin1').split('\n').filter(Boolean)
  const objects = await contents(repository, ids)
  return ids.map((id, index) => readCommit(id, objects[index]))
}

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

function readCommit(id: string, bytes: Buffer | undefined): Revision {
  const text = bytes?.toString('utf8') ?? ''
  const cut = text.indexOf('\n\n')
  const head = text.slice(0, cut)
  const [, parent] = /^parent (\w+)$/m.exec(head) ?? []
  const [, author = '', seconds = '0', sign = '+', hours = '0', minutes = '0'] =
    /^author (.*?) <[^>\n]*> (\d+) ([-+])(\d\d)(\d\d)$/m.exec(head) ?? []
  const shift = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -60 : 60)
  const date = new Date((Number(seconds) + shift) * 1000).toISOString()
  const subject = text.slice(cut + 2).split('\n', 1)[0] ?? ''
  return { id, parent, author, date: date.slice(0, 16).replace('T', ' '), subject }
}

function unreadable(stderr: string): EnvironmentFailure {
  const said = stderr.trim().split('\n')[0] ?? ''
  return new EnvironmentFailure(`Git cannot read the history: ${said.replace(/^fatal: /, '')}`)
}
