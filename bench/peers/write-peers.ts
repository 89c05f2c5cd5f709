import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { writeFiles } from '../write-files.ts'
import { filesOf } from './peer.ts'
import { allPeers } from './peers.ts'
import { renderFleet } from './rendered-fleet.ts'

// Writes a generated fleet as peers take it, each into a folder of its name:
// write-peers.ts [--projects N] [--seed N] [--peers a,b] DIR
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    projects: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    peers: { type: 'string', default: allPeers.map(({ name }) => name).join() },
  },
})
const [folder] = positionals
const projects = Number(values.projects)
const wanted = values.peers.split(',')
const unknown = wanted.filter((name) => !allPeers.some((peer) => peer.name === name))
if (folder === undefined || positionals.length > 1 || !Number.isInteger(projects)) {
  console.error('usage: npm run bench:write-peers -- [--projects N] [--seed N] [--peers a,b] DIR')
  process.exit(4)
}
if (unknown.length > 0) {
  console.error(`no such peer: ${unknown.join(', ')}`)
  process.exit(4)
}

const targets = renderFleet({ projects, seed: Number(values.seed) })
for (const peer of allPeers.filter(({ name }) => wanted.includes(name))) {
  const files = filesOf(peer, targets)
  writeFiles(join(folder, peer.name), files)
  console.error(`${files.size} files for ${peer.name}, ${targets.length} targets`)
}
