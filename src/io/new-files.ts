import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { UsageFailure } from './failure.ts'
import { attempt } from './system-error.ts'

/** Writes files that must not exist yet: all of them, or none and a failure that names those in the way. */
export function writeNewFiles(root: string, files: ReadonlyMap<string, string | Uint8Array>): void {
  const inTheWay = [...files.keys()].filter((path) => existsSync(join(root, path)))
  if (inTheWay.length > 0) {
    const more = inTheWay.length > 5 ? ` and ${inTheWay.length - 5} more` : ''
    throw new UsageFailure(
      `${inTheWay.slice(0, 5).join(', ')}${more} exist${inTheWay.length === 1 ? 's' : ''} already`,
      'nothing was written',
    )
  }
  for (const [path, content] of files) writePlainFile(join(root, path), content)
}

/** Writes one file and the folders above it, readable by all whatever the umask. */
export function writePlainFile(path: string, content: string | Uint8Array): void {
  attempt(`write ${path}`, () => {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, content)
    chmodSync(path, 0o644)
  })
}
