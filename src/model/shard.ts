import { createHash } from 'node:crypto'

/** One of several parts that a fleet is compiled in; they are counted from 1. */
export interface Shard {
  readonly index: number
  readonly count: number
}

/** Whether a project belongs to a part: always to the same one of so many, whoever else there is. */
export function isInShard(project: string, { index, count }: Shard): boolean {
  const digest = createHash('sha256').update(project).digest()
  return digest.readUInt32BE(0) % count === index - 1
}
