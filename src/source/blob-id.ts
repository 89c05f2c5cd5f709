import { createHash } from 'node:crypto'

/** The id Git gives a file of these bytes, in a repository whose ids are as long as this one. */
export function blobId(bytes: Uint8Array, { length }: string): string {
  const hash = createHash(length === 64 ? 'sha256' : 'sha1')
  return hash.update(`blob ${bytes.length}\0`).update(bytes).digest('hex')
}

/** Whether a file of a checkout is a blob: as it is, or as Git stores it where it changes line ends. */
export function isBlob(bytes: Uint8Array, id: string): boolean {
  if (blobId(bytes, id) === id) return true
  const text = Buffer.from(bytes).toString('latin1')
  const stored = text.replaceAll('\r\n', '\n')
  return stored !== text && blobId(Buffer.from(stored, 'latin1'), id) === id
}
