import { resolve } from 'node:path'
import { findRoot } from '../io/root.ts'
import type { SelectionPatterns } from '../model/selection.ts'
import type { ReadOptions, Snapshot } from '../source/snapshot.ts'
import type { Terminal } from './terminal.ts'

/** Options that every command takes which looks at a repository. */
export interface RepositoryOptions {
  readonly directory?: string
  readonly rev?: string
  readonly policyRev?: string
  readonly project?: readonly string[]
  readonly environment?: readonly string[]
  readonly region?: readonly string[]
  readonly owner?: readonly string[]
  readonly pipeline?: string
  /** A part of the fleet: "3/16". */
  readonly shard?: string
}

export interface Repository {
  readonly root: string
  readonly snapshot: Snapshot
  /** Fails with "changed while reading" if an input is not what was read any more. */
  readonly verify: () => void
}

/** The root of the repository that the options name, without reading anything in it. */
export function rootOf({ directory }: RepositoryOptions, { cwd }: Terminal): string {
  return findRoot(resolve(cwd, directory ?? '.'))
}

/**
 * Finds the repository and reads it, the working tree or a revision of its Git history: all of it,
 * or, for a command that compiles nothing else, what is selected.
 */
export async function openRepository(
  options: RepositoryOptions,
  terminal: Terminal,
  reading: ReadOptions = {},
): Promise<Repository> {
  const root = rootOf(options, terminal)
  terminal.progress('reading')
  const { rev, policyRev } = options
  if (rev !== undefined) {
    const { readRevision } = await import('../io/git-snapshot.ts')
    const snapshot = await readRevision(root, rev, reading)
    return { root, snapshot: await under(policyRev, snapshot, root, terminal), verify: () => {} }
  }
  const { recover } = await import('../io/recover.ts')
  await recover(root, { notice: terminal.notice })
  const { readWorkingTree } = await import('../io/working-tree.ts')
  const { verify, ...snapshot } = readWorkingTree(root, undefined, reading)
  return { root, snapshot: await under(policyRev, snapshot, root, terminal), verify }
}

async function under(
  revision: string | undefined,
  snapshot: Snapshot,
  root: string,
  terminal: Terminal,
): Promise<Snapshot> {
  if (revision === undefined) return snapshot
  const { underPolicies } = await import('./policy-revision.ts')
  return await underPolicies(revision, snapshot, root, terminal)
}

export function patternsOf(options: RepositoryOptions): SelectionPatterns {
  const { project = [], environment = [], region = [], owner = [] } = options
  return { project, environment, region, owner }
}
