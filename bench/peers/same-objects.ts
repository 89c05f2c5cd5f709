import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { generateFleet } from '../generate-fleet.ts'
import { runOurs } from '../ours.ts'
import { writeFiles } from '../write-files.ts'
import { checkPeer } from './check-peer.ts'
import { filesOf } from './peer.ts'
import { readObjects } from './read-objects.ts'
import { renderFleet } from './rendered-fleet.ts'
import { everybody, wantedPeers } from './wanted.ts'

// Whether the peers that are installed make the same objects as we do, of a fleet as it is written
// for each: same-objects.ts [--projects N] [--seed N] [--peers a,b]
const { values } = parseArgs({
  options: {
    projects: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    peers: { type: 'string', default: everybody },
  },
})
const fleet = { projects: Number(values.projects), seed: Number(values.seed) }
const { contestants, missing } = wantedPeers(values.peers)
const folder = mkdtempSync(join(tmpdir(), 'sahaba-peers-'))
try {
  const own = join(folder, 'ours')
  writeFiles(own, generateFleet(fleet))
  runOurs(own, ['render'])
  const ours = readObjects(join(own, 'out'))
  const targets = renderFleet(fleet)
  for (const { peer, version } of contestants) {
    const own = join(folder, peer.name)
    writeFiles(own, filesOf(peer, targets))
    console.log(`${peer.name} ${version}: the same ${checkPeer(peer, own, ours)} objects`)
  }
  for (const name of missing) console.log(`${name}: not installed`)
} finally {
  rmSync(folder, { recursive: true })
}
