import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import pins from './packages.json' with { type: 'json' }

const cache = fileURLToPath(
  new URL('../../node_modules/.cache/kubernetes-schemas/', import.meta.url),
)

/** A published package, by name and version, with the digest that its file must have. */
export interface Pin {
  readonly name: string
  readonly version: string
  readonly sha256: string
}

export function pinsOf(name: string): readonly Pin[] {
  const versions = (pins as Record<string, Record<string, string>>)[name] ?? {}
  return Object.entries(versions).map(([version, sha256]) => ({ name, version, sha256 }))
}

/** The file of a package of PyPI, fetched by pip once and kept in node_modules/.cache. */
export function fetchWheel(pin: Pin): Buffer {
  return fetched(pin, (folder) => {
    const options = ['--no-deps', '--only-binary', ':all:', '--quiet', '--dest', folder]
    execFileSync('pip', ['download', `${pin.name}==${pin.version}`, ...options])
  })
}

/** The text files of a package of npm, by path, fetched once and kept in node_modules/.cache. */
export function fetchFiles(pin: Pin, wanted: RegExp): ReadonlyMap<string, string> {
  const archive = fetched(pin, (folder) => {
    execFileSync('npm', ['pack', `${pin.name}@${pin.version}`, '--silent'], { cwd: folder })
  })
  return readTar(archive, wanted)
}

function fetched(pin: Pin, fetchInto: (folder: string) => void): Buffer {
  const path = join(cache, `${pin.name.replaceAll('/', '-')}-${pin.version}`)
  if (!existsSync(path)) {
    const folder = `${path}.new`
    mkdirSync(folder, { recursive: true })
    fetchInto(folder)
    renameSync(join(folder, readdirSync(folder)[0] ?? ''), path)
    rmSync(folder, { recursive: true })
  }
  const bytes = readFileSync(path)
  const digest = createHash('sha256').update(bytes).digest('hex')
  if (digest === pin.sha256) return bytes
  throw new Error(`${pin.name} ${pin.version} has the digest ${digest}, not ${pin.sha256}`)
}

function readTar(gzipped: Buffer, wanted: RegExp): ReadonlyMap<string, string> {
  const tar = gunzipSync(gzipped)
  const files = new Map<string, string>()
  for (let at = 0; tar[at]; ) {
    const name = textAt(tar, at, 100)
    const prefix = textAt(tar, at + 345, 155)
    const size = Number.parseInt(textAt(tar, at + 124, 12), 8)
    const path = prefix === '' ? name : `${prefix}/${name}`
    if (wanted.test(path)) files.set(path, tar.toString('utf8', at + 512, at + 512 + size))
    at += 512 + 512 * Math.ceil(size / 512)
  }
  return files
}

function textAt(tar: Buffer, at: number, length: number): string {
  return tar.toString('utf8', at, at + length).split('\0')[0] ?? ''
}
