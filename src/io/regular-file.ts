import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs'

/** A file's bytes, with what the file system knew of it when they were read. */
export interface ReadFile {
  readonly bytes: Uint8Array
  readonly stats: Stats
}

// Not following links, and not waiting for the other end of a FIFO that took the file's place.
const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

/**
 * Reads a regular file of at most `limit` bytes. Says what stands in the way if it is no regular
 * file or is larger; a failed system call is thrown as it is.
 */
export function readRegularFile(path: string, limit: number): ReadFile | 'special' | 'tooLarge' {
  const file = openSync(path, flags)
  try {
    const stats = fstatSync(file)
    if (!stats.isFile()) return 'special'
    if (stats.size > limit) return 'tooLarge'
    return { bytes: readAll(file, stats.size), stats }
  } finally {
    closeSync(file)
  }
}

function readAll(file: number, size: number): Uint8Array {
  const bytes = Buffer.allocUnsafeSlow(size)
  let length = 0
  while (length < size) {
    const read = readSync(file, bytes, length, size - length, null)
    if (read === 0) break
    length += read
  }
  return bytes.subarray(0, length)
}
