import { createHash } from 'node:crypto'
import { blobId } from './blob-id.ts'
import type { Snapshot } from './snapshot.ts'

/**
 * Works out a text that is the same for the same files, and for no others, from one file after
 * another: in the order in which a walk through the folders meets them, each folder's names sorted.
 */
export class State {
  readonly #hash = createHash('sha256')

  /** A file, by its bytes or by the id (SHA-1) that Git gives them. */
  add(path: string, content: Uint8Array | string): void {
    const id = typeof content === 'string' ? content : blobId(content, '')
    this.#hash.update(`${path}\0${id}\n`)
  }

  text(): string {
    return this.#hash.digest('hex')
  }
}

/** The text for all files of a snapshot, those that were left unread included. */
export function stateOf({ files, state }: Snapshot): string {
  if (state !== undefined) return state
  const whole = new State()
  for (const path of inOrderOfWalk(files.keys())) whole.add(path, files.get(path) as Uint8Array)
  return whole.text()
}

/** Paths in the order in which a walk meets them: `a/x` before `a-b/x`. */
export function inOrderOfWalk(paths: Iterable<string>): string[] {
  const keys = [...paths].map((path) => path.replaceAll('/', '\0'))
  return keys.sort().map((key) => key.replaceAll('\0', '/'))
}
