import { UsageFailure } from '../io/failure.ts'
import { type Selection, type SelectionPatterns, selectionOf } from '../model/selection.ts'
import { isInShard, type Shard } from '../model/shard.ts'
import type { ReadOptions } from '../source/snapshot.ts'
import { patternsOf, type RepositoryOptions } from './open-repository.ts'

export interface SelectedOptions extends RepositoryOptions {
  /** Where to write what a part found out. */
  readonly summary?: string
}

/** What is to be read of a repository to compile what the options select, and to sum it up. */
export function selectedIn(options: SelectedOptions): ReadOptions {
  const withState = options.summary !== undefined
  // A state with policies of another revision is none that anybody else can work out by parts.
  if (withState && options.policyRev !== undefined) return {}
  return { isRead: selectedBy(patternsOf(options), options.shard).project, withState }
}

/** Of the targets that patterns fit those that belong to a part of the fleet, "3/16". */
export function selectedBy(patterns: SelectionPatterns, part: string | undefined): Selection {
  const select = selectionOf(patterns)
  if (part === undefined) return select
  const shard = readShard(part)
  return { ...select, project: (name) => isInShard(name, shard) && select.project(name) }
}

/** The most parts that a fleet may be compiled in. */
const most = 1024

/** Reads "3/16". */
export function readShard(text: string): Shard {
  const [, index = '', count = ''] = /^([1-9]\d{0,3})\/([1-9]\d{0,3})$/.exec(text) ?? []
  const shard = { index: Number(index), count: Number(count) }
  if (index === '' || shard.index > shard.count || shard.count > most) {
    throw new UsageFailure(
      `"${text}" is no part of a fleet`,
      `write 3/16: the third of 16; there may be ${most}`,
    )
  }
  return shard
}
