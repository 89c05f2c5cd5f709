import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Peer } from './peer.ts'

/** Where `npm run bench:peers` puts what it fetches. */
export const toolsFolder = fileURLToPath(
  new URL('../../node_modules/.cache/sahaba-bench/', import.meta.url),
)

/** The environment in which peers run: what was fetched is found, besides what is installed. */
export function peerEnvironment(): NodeJS.ProcessEnv {
  const { PATH = '' } = process.env
  return {
    ...process.env,
    PATH: [join(toolsFolder, 'bin'), PATH].join(delimiter),
    NODE_PATH: join(toolsFolder, 'node_modules'),
  }
}

/** The version of a peer as it tells it itself; undefined if it is not installed. */
export function versionOf(peer: Peer): string | undefined {
  if (peer.module && !existsSync(join(toolsFolder, 'node_modules', peer.module))) return undefined
  const { status, stdout } = spawnSync('sh', ['-c', peer.version], {
    env: peerEnvironment(),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const version = stdout?.trim()
  return status === 0 && version !== '' ? version : undefined
}
