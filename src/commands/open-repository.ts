import { resolve } from 'node:path'
import { findRoot } from '../io/root.ts'
import type { Sightings } from '../io/sightings.ts'
import type { WorkingTree } from '../io/working-tree.ts'
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
  const { verify, ...snapshot } = await readTree(root, terminal, undefined, reading)
  return { root, snapshot: await under(policyRev, snapshot, root, terminal), verify }
}

/** Reads the working tree, after what a crash left undone is done. */
export async function readTree(
  root: string,
  { notice }: Terminal,
  seen?: Sightings,
  reading?: ReadOptions,
): Promise<WorkingTree> {
  const { recover } = await import('../io/recover.ts')
  await recover(root, { notice })
  const { readWorkingTree } = await import('../io/working-tree.ts')
  return readWorkingTree(root, seen, reading)
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
