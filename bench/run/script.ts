import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * Runs another script of bench/ in a process of its own, for what fills the memory: whoever measures
 * stays small. Its output goes to standard error. Throws if it fails.
 */
export function script(path: string, ...given: string[]): void {
  const root = fileURLToPath(new URL('../../', import.meta.url))
  const command = [join(root, 'scripts/run.mjs'), join(root, 'bench', path), ...given]
  const { status } = spawnSync(process.execPath, command, { stdio: ['ignore', 2, 2] })
  if (status !== 0) throw new Error(`bench/${path} failed`)
}
