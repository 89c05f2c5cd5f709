import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The command line as it is built and shipped. */
export const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url))

/** Runs our command in a fleet and returns what it prints; throws if it does not end with 0. */
export function runOurs(folder: string, given: readonly string[]): string {
  if (!existsSync(cli)) throw new Error('dist/ is missing: npm run build')
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...given], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  })
  if (status !== 0) throw new Error(`sahaba ${given.join(' ')} ended with ${status}:\n${stderr}`)
  return stdout + stderr
}
