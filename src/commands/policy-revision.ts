import { plural } from '../report/affected.ts'
import { isSameBytes, type Snapshot } from '../source/snapshot.ts'
import type { Terminal } from './terminal.ts'

/**
 * A snapshot with the policies and schemas of a Git revision in place of its own, so that a change
 * cannot judge itself; says how many of its own files do not count.
 */
export async function underPolicies(
  revision: string,
  snapshot: Snapshot,
  root: string,
  { notice }: Terminal,
): Promise<Snapshot> {
  const { readRevision } = await import('../io/git-snapshot.ts')
  const judge = await readRevision(root, revision)
  const own = [...snapshot.files].filter(([path]) => !isProject(path))
  const theirs = [...judge.files].filter(([path]) => !isProject(path))
  const changed = own.filter(([path, bytes]) => !isSameBytes(bytes, judge.files.get(path))).length
  const missing = theirs.filter(([path]) => !snapshot.files.has(path)).length
  if (changed + missing > 0) {
    const count = changed + missing
    const files = `${plural(count, 'file')} that ${count === 1 ? 'differs here does' : 'differ here do'}`
    notice(`policies and schemas are those of ${revision}: ${files} not count`)
  }
  const projects = [...snapshot.files].filter(([path]) => isProject(path))
  const { state: _, ...rest } = snapshot
  return {
    ...rest,
    files: new Map([...theirs, ...projects].sort(([a], [b]) => (a < b ? -1 : 1))),
    obstacles: [
      ...judge.obstacles.filter(({ path }) => !isProject(path)),
      ...snapshot.obstacles.filter(({ path }) => isProject(path)),
    ],
  }
}

function isProject(path: string): boolean {
  return path === 'projects' || path.startsWith('projects/')
}
