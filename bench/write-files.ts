import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Writes files, path → text, below a folder. */
export function writeFiles(folder: string, files: ReadonlyMap<string, string>): void {
  const made = new Set<string>()
  for (const [path, text] of files) {
    const full = join(folder, path)
    const above = dirname(full)
    if (!made.has(above)) mkdirSync(above, { recursive: true })
    made.add(above)
    writeFileSync(full, text)
  }
}
