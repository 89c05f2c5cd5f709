import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { allPeers } from './peers.ts'
import { toolsFolder, versionOf } from './tools.ts'

// Fetches the peers that npm and Go can fetch, and that are missing: fetch-tools.ts [--peers a,b]
// They go below node_modules/.cache/. Nothing else of the repository needs them.
const { values } = parseArgs({
  options: { peers: { type: 'string', default: allPeers.map(({ name }) => name).join() } },
})
const wanted = values.peers.split(',')
const npmFolder = fileURLToPath(new URL('./npm/', import.meta.url))

for (const peer of allPeers.filter(({ name }) => wanted.includes(name))) {
  if (versionOf(peer) === undefined) {
    if (peer.module) fetchFromNpm()
    else if (peer.goPackage) fetchFromGo(peer.goPackage)
  }
  console.error(`${peer.name}: ${versionOf(peer) ?? 'missing'}`)
}

function fetchFromNpm(): void {
  mkdirSync(toolsFolder, { recursive: true })
  for (const file of ['package.json', 'package-lock.json']) {
    copyFileSync(join(npmFolder, file), join(toolsFolder, file))
  }
  run('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'])
}

function fetchFromGo(path: string): void {
  mkdirSync(toolsFolder, { recursive: true })
  run('go', ['install', path])
}

function run(program: string, given: readonly string[]): void {
  const { status } = spawnSync(program, given, {
    cwd: toolsFolder,
    env: { ...process.env, GOBIN: join(toolsFolder, 'bin') },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  if (status !== 0) console.error(`${program} ${given.join(' ')} failed`)
}
