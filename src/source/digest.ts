import { createHash } from 'node:crypto'

/** A short text that stands for these bytes, and for no others that anybody can find. */
export function digestOf(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('base64url')
}
