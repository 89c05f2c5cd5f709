import { defaultBranch } from '../io/default-branch.ts'
import { UsageFailure } from '../io/failure.ts'
import { mergeBase, resolveRevision } from '../io/git-revision.ts'

/** What is compared: revisions as they were named, and the commits they stand for. */
export interface Compared {
  readonly base: Named
  /** Undefined is the working tree. */
  readonly head: Named | undefined
}

export interface Named {
  readonly name: string
  readonly commit: string
}

/**
 * Reads what to compare. Without a base it is where the head left the default branch; `A...B` is
 * what B has that A has not, `A..B` the same as `A B`.
 */
export async function readCompared(
  root: string,
  first: string | undefined,
  second: string | undefined,
): Promise<Compared> {
  const range = first === undefined ? undefined : /^(.*?)(\.{2,3})(.*)$/.exec(first)
  if (range && second !== undefined) {
    throw new UsageFailure(`"${first}" names both sides already`, 'leave the second one out')
  }
  const base = range ? range[1] || undefined : first
  const head = range ? range[3] || undefined : second
  const isFork = range?.[2] === '...'
  const named = head === undefined ? undefined : await nameOf(root, head)
  if (base === undefined) {
    const branch = await defaultBranch(root)
    return { base: await forkOf(root, branch, head), head: named }
  }
  return { base: isFork ? await forkOf(root, base, head) : await nameOf(root, base), head: named }
}

async function nameOf(root: string, name: string): Promise<Named> {
  return { name, commit: await resolveRevision(root, name) }
}

/** Where a branch was left; where nothing was committed to it since, that is the branch itself. */
async function forkOf(root: string, branch: string, head = 'HEAD'): Promise<Named> {
  const tip = await nameOf(root, branch)
  const commit = await mergeBase(root, branch, head)
  return commit === tip.commit ? tip : { name: `${branch}...`, commit }
}

/** How a side is called: "main (3f2a9c1)", "the working tree". */
export function titleOf(side: Named | undefined): string {
  if (!side) return 'the working tree'
  const short = side.commit.slice(0, 9)
  if (side.commit.startsWith(side.name)) return short
  return side.name.endsWith('...')
    ? `${short}, where ${side.name.slice(0, -3)} was left`
    : `${side.name} (${short})`
}
