import { EnvironmentFailure } from './failure.ts'
import { git, type Repository } from './git.ts'

/** How much is asked of Git in one go, in bytes. */
const batchSize = 24 * 1024 * 1024

/** The bytes of blobs by id; `sizes` names them and says how many bytes each has. */
export async function readBlobs(
  repository: Repository,
  sizes: ReadonlyMap<string, number>,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const blobs = new Map<string, Uint8Array>()
  for (const ids of batches(sizes)) {
    const input = `${ids.join('\n')}\n`
    const output = await git(repository, ['cat-file', '--batch', '--buffer'], { input })
    unpack(output.stdout, ids, blobs)
  }
  return blobs
}

function* batches(sizes: ReadonlyMap<string, number>): Generator<readonly string[]> {
  let ids: string[] = []
  let total = 0
  for (const [id, size] of sizes) {
    if (ids.length > 0 && total + size > batchSize) {
      yield ids
      ids = []
      total = 0
    }
    ids.push(id)
    total += size + 100
  }
  if (ids.length > 0) yield ids
}

/** Takes apart what `cat-file --batch` says: for each id a line `<id> blob <size>`, then the blob. */
function unpack(output: Buffer, ids: readonly string[], blobs: Map<string, Uint8Array>): void {
  let at = 0
  for (const id of ids) {
    const end = output.indexOf('\n', at)
    const [found, type, size] = output.subarray(at, end).toString('latin1').split(' ')
    const start = end + 1
    const length = Number(size)
    if (end === -1 || found !== id || type !== 'blob' || start + length > output.length) {
      throw unreadable(id)
    }
    blobs.set(id, output.subarray(start, start + length))
    at = start + length + 1
  }
}

function unreadable(id: string): EnvironmentFailure {
  return new EnvironmentFailure(
    `the Git object ${id} cannot be read`,
    '"git fsck" tells what is wrong with the repository',
  )
}
