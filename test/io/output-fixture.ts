import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import type { OutputFile } from '../../src/io/comparison.ts'
import { type WriteOptions, writeOutput } from '../../src/io/write-output.ts'

export const header = '# Rendered by a test'

/** Files as a compiler would render them: each begins with the header. */
export function rendered(files: Readonly<Record<string, string>>): OutputFile[] {
  return Object.entries(files).map(([path, text]) => ({ path, text: ours(text) }))
}

export function ours(text: string): string {
  return `${header} from x\n${text}\n`
}

export function write(
  root: string,
  files: Readonly<Record<string, string>>,
  options: Partial<WriteOptions> = {},
) {
  return writeOutput(root, rendered(files), { header, ...options })
}

/** Everything in a folder: path → text, folders with `/` behind them, links with their target. */
export function treeIn(folder: string): Record<string, string> {
  const tree: Record<string, string> = {}
  const visit = (path: string) => {
    const stats = lstatSync(join(folder, path))
    if (stats.isSymbolicLink()) tree[path] = `→ ${readlinkSync(join(folder, path))}`
    else if (stats.isFile()) tree[path] = readFileSync(join(folder, path), 'utf8')
    else if (stats.isDirectory()) {
      if (path !== '') tree[`${path}/`] = ''
      for (const name of readdirSync(join(folder, path)).sort()) visit(join(path, name))
    } else tree[path] = 'special'
  }
  visit('')
  return tree
}
