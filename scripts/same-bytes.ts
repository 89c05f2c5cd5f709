// Renders the reference fleet with every Node that can be had, in four languages, two time zones,
// under two umasks, its files laid down in another order each time, and compares what came out:
//   node scripts/run.mjs scripts/same-bytes.ts            all combinations
//   node scripts/run.mjs scripts/same-bytes.ts --short    each value at least once
// Prints a line for each run, with a hash over paths, modes and bytes; exits with 1 if they differ.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { randomFrom } from '../bench/random.ts'
import { findNodes } from './node-versions.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const cli = join(root, 'dist/cli.js')
const locales = ['C', 'sv_SE.UTF-8', 'tr_TR.UTF-8', 'zh_CN.UTF-8']
const zones = ['Pacific/Kiritimati', 'America/New_York']
const umasks = ['022', '077']

const nodes = findNodes()
const every = nodes.flatMap((node) =>
  locales.flatMap((locale) =>
    zones.flatMap((zone) => umasks.map((umask) => ({ node, locale, zone, umask }))),
  ),
)
const inputs = inputFiles()
const runs = process.argv.includes('--short') ? eachValueOnce() : every
const hashes = new Set<string>()
for (const [index, run] of runs.entries()) {
  const { files, hash } = rendered(run, index)
  hashes.add(hash)
  const { umask } = run
  console.log(`${seenBy(run).padEnd(44)} umask ${umask}  ${files} files  ${hash.slice(0, 32)}`)
}
const result = hashes.size === 1 ? 'one hash' : `${hashes.size} hashes`
console.log(`${runs.length} runs with ${nodes.length} Nodes: ${result}`)
process.exitCode = hashes.size === 1 ? 0 : 1

type Circumstances = (typeof every)[number]

function eachValueOnce(): Circumstances[] {
  const length = Math.max(nodes.length, locales.length)
  return Array.from({ length }, (_, index) => ({
    node: of(nodes, index),
    locale: of(locales, index),
    zone: of(zones, index),
    umask: of(umasks, index >> 1),
  }))
}

/** What Node makes of the circumstances: were they not to reach it, the proof would be none. */
function seenBy({ node, locale, zone }: Circumstances): string {
  const asked = 'Intl.DateTimeFormat().resolvedOptions()'
  const script = `${asked}.locale.padEnd(7) + ${asked}.timeZone`
  const { stdout } = spawnSync(node, ['-p', `process.version.padEnd(10) + ${script}`], {
    env: { LC_ALL: locale, TZ: zone },
    encoding: 'utf8',
  })
  return stdout.trim()
}

function rendered({ node, locale, zone, umask }: Circumstances, order: number) {
  const folder = mkdtempSync(join(tmpdir(), 'sahaba-bytes-'))
  try {
    const random = randomFrom(order)
    const shuffled = [...inputs]
      .map((input) => ({ input, rank: random.next() }))
      .sort((a, b) => a.rank - b.rank)
    for (const { input } of shuffled) {
      const [path, bytes] = input
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), bytes)
    }
    const script = 'umask "$0" && exec "$@"'
    const command = [node, cli, '-C', folder, 'render']
    const { status, stderr } = spawnSync('sh', ['-c', script, umask, ...command], {
      env: { LC_ALL: locale, LANG: locale, TZ: zone },
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(`render ended with ${status}: ${stderr}`)
    return hashOf(join(folder, 'out'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function hashOf(folder: string) {
  const hash = createHash('sha256')
  let files = 0
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    const stats = lstatSync(join(folder, path))
    hash.update(`${path}\0${stats.mode.toString(8)}\0`)
    if (!stats.isFile()) continue
    files += 1
    hash.update(readFileSync(join(folder, path)))
  }
  return { files, hash: hash.digest('hex') }
}

function inputFiles(): [string, Buffer][] {
  return ['policies', 'projects', 'schemas'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry): [string, Buffer] => {
        const path = join(entry.parentPath, entry.name)
        return [path.slice(root.length), readFileSync(path)]
      }),
  )
}

function of<T>(all: readonly T[], index: number): T {
  return all[index % all.length] as T
}
