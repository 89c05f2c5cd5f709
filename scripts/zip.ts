import { inflateRawSync } from 'node:zlib'

/** The bytes of one file in a zip archive. Throws if it is not there; knows no archives over 4 GB. */
export function readZipEntry(zip: Buffer, name: string): Buffer {
  for (const { path, read } of zipEntries(zip)) if (path === name) return read()
  throw new Error(`the archive holds no ${name}`)
}

/** A file in a zip archive. */
export interface ZipEntry {
  readonly path: string
  readonly read: () => Buffer
}

/** The files of a zip archive, in the order of its directory. */
export function* zipEntries(zip: Buffer): Generator<ZipEntry> {
  const end = zip.lastIndexOf('PK\x05\x06', undefined, 'latin1')
  const count = zip.readUInt16LE(end + 10)
  let at = zip.readUInt32LE(end + 16)
  for (let index = 0; index < count; index++) {
    const entry = at
    const length = zip.readUInt16LE(at + 28)
    const path = zip.toString('utf8', at + 46, at + 46 + length)
    yield { path, read: () => extract(zip, entry) }
    at += 46 + length + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
}

/** The file that an entry of the central directory stands for. */
function extract(zip: Buffer, entry: number): Buffer {
  const isDeflated = zip.readUInt16LE(entry + 10) === 8
  const size = zip.readUInt32LE(entry + 20)
  const header = zip.readUInt32LE(entry + 42)
  const start = header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28)
  const bytes = zip.subarray(start, start + size)
  return isDeflated ? inflateRawSync(bytes) : bytes
}
