import { UsageFailure } from '../io/failure.ts'
import { type Keys, keysOf } from '../memory.ts'
import { FleetMemory } from './fleet-memory.ts'
import {
  patternsOf,
  type Repository,
  type RepositoryOptions,
  readTree,
  rootOf,
} from './open-repository.ts'
import type { Terminal } from './terminal.ts'

/** The working tree of a repository, and what earlier runs found out about its fleet. */
export interface RememberedFleet extends Repository {
  readonly memory: FleetMemory
  readonly keys: Keys
}

export interface MemoryOptions extends RepositoryOptions {
  /** Whether anything is kept between runs; it is unless this says false. */
  readonly cache?: boolean
  /** Whether it is to be proved that what was kept is right. */
  readonly verify?: boolean
  readonly summary?: string
  readonly since?: string
  readonly format?: string
}

/**
 * Opens a repository of which something may be known. Undefined where nothing of it could be used:
 * a part of the fleet is asked for, or another state than that of the working tree.
 */
export async function openRemembered(
  options: MemoryOptions,
  terminal: Terminal,
): Promise<RememberedFleet | undefined> {
  const parts = Object.values(patternsOf(options)).flat()
  const isWhole = isUsed(options) && parts.length === 0
  if (!isWhole && options.verify) {
    throw new UsageFailure(
      '--verify is about what is kept between runs, which is not used here',
      'it goes with neither a selection, another revision, JUnit nor --no-cache',
    )
  }
  const root = rootOf(options, terminal)
  const memory = isWhole ? FleetMemory.open(root, { byLooks: !options.verify }) : undefined
  if (!memory) return undefined
  terminal.progress('reading')
  const { digests, verify, ...snapshot } = await readTree(root, terminal, memory.seen)
  if (snapshot.obstacles.length > 0) return undefined
  return { root, snapshot, verify, memory, keys: keysOf(digests(), SAHABA_BUILD) }
}

/** Whether a run may use what earlier ones found out about the same part of the working tree. */
export function isUsed(options: MemoryOptions): boolean {
  const { cache = true, format, rev, policyRev, pipeline, shard, summary, since } = options
  const others = [rev, policyRev, pipeline, shard, summary, since]
  // The cases of a JUnit report are the targets, which are known only by what is compiled.
  return cache && format !== 'junit' && others.every((each) => each === undefined)
}
