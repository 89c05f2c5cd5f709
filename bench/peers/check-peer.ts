import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import type { Peer } from './peer.ts'
import { differences, type Objects, readObjects } from './read-objects.ts'
import { peerEnvironment } from './tools.ts'

/**
 * Has a peer render what was written for it into its own folder, and compares that with ours.
 * Returns how many objects are the same; throws if any is not.
 */
export function checkPeer(peer: Peer, folder: string, ours: Objects): number {
  const { status } = spawnSync('sh', ['run.sh'], {
    cwd: folder,
    env: peerEnvironment(),
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (status !== 0) throw new Error(`${peer.name} failed with ${status}`)
  const found = differences(ours, readObjects(join(folder, 'out')))
  if (found.length > 0) {
    const some = found.slice(0, 3).join('\n')
    throw new Error(`${peer.name} makes ${found.length} objects otherwise than we do:\n${some}`)
  }
  return ours.size
}
