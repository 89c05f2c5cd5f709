import { existsSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'

/**
 * Where a folder lies in its Git repository: empty at the root of one or outside of any, else
 * "fleet/". Looks only for `.git`, so that it works without Git.
 */
export function folderInGit(root: string): string {
  for (let folder = root; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) {
      const inside = relative(folder, root).split(sep).join('/')
      return inside === '' ? '' : `${inside}/`
    }
    if (folder === dirname(folder)) return ''
  }
}
