import { EnvironmentFailure } from './failure.ts'
import { findRepository, git } from './git.ts'
import { type Commit, plain, silent } from './git-history.ts'
import { deepen, isShallow, resolveRevision } from './git-revision.ts'

/** A commit in the history of some files. */
export interface PastCommit extends Commit {
  /** The first of its parents; undefined if there is none. */
  readonly parent: string | undefined
  /** When it was committed: "2027-03-31T09:30:00Z", in UTC. */
  readonly date: string
}

export interface PastCommits {
  /** The newest first. */
  readonly commits: readonly PastCommit[]
  /**
   * Whether a shallow clone ends here. A commit without parents then need not have made what it holds.
   */
  readonly isCut: boolean
}

const format = '--format=%H%x00%P%x00%ct%x00%an%x00%s'
const fields = 5

/**
 * The commits up to HEAD that touched paths from the root, at most so many; those of merged branches
 * among them. What a path was called before it was renamed is not looked for.
 */
export async function commitsTouching(
  root: string,
  paths: readonly string[],
  most: number,
): Promise<PastCommits> {
  const head = await resolveRevision(root, 'HEAD')
  const repository = findRepository(root)
  const own = paths.map((path) => repository.prefix + path)
  const which = ['-z', `--max-count=${most}`, format, ...plain, ...silent]
  const args = ['log', ...which, '--end-of-options', head, '--', ...own]
  const output = await git(repository, args)
  if (!output.ok) {
    const said = output.stderr.trim().split('\n')[0] ?? ''
    throw new EnvironmentFailure(`Git cannot read the history: ${said.replace(/^fatal: /, '')}`)
  }
  const commits = commitsIn(output.stdout.toString('utf8'))
  const isCut = (await isShallow(repository)) && commits.at(-1)?.parent === undefined
  return { commits, isCut }
}

/** Why a shallow clone cannot tell of some files at all. */
export function tooShallow(what: string): EnvironmentFailure {
  return new EnvironmentFailure(`this shallow clone does not hold the history of ${what}`, deepen)
}

function commitsIn(log: string): PastCommit[] {
  const texts = log.split('\0')
  const count = Math.floor(texts.length / fields)
  return Array.from({ length: count }, (_, index) => {
    const at = index * fields
    const [id = '', parents = '', time = '', author = '', subject = ''] = texts.slice(
      at,
      at + fields,
    )
    const parent = parents.split(' ')[0] || undefined
    return { id, parent, date: dateOf(Number(time)), author, subject }
  })
}

/** Seconds since 1970 as a date; whoever made the commit says what they are. */
function dateOf(seconds: number): string {
  const date = new Date(seconds * 1000)
  return Number.isNaN(date.getTime()) ? 'unknown' : date.toISOString().replace('.000Z', 'Z')
}
