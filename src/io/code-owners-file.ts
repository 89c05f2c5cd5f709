import { lstatSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { EnvironmentFailure } from './failure.ts'
import { writePlainFile } from './new-files.ts'
import { readRegularFile } from './regular-file.ts'
import { attempt, unless } from './system-error.ts'

/** Above this GitHub does not read the file, and says so nowhere. */
const limit = 3_000_000

/** The places at which a code host looks for CODEOWNERS, in its order; the first there is counts. */
const places = {
  github: ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'],
  gitlab: ['CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS'],
} as const

type Host = keyof typeof places

/** The code host that a Git repository is made for, as far as its folders say. */
export function hostOf(top: string): Host {
  const there = (name: string) => kindOf(join(top, name)) !== undefined
  return !there('.github') && (there('.gitlab') || there('.gitlab-ci.yml')) ? 'gitlab' : 'github'
}

/** Where CODEOWNERS is, from the top of its Git repository, or where it should be. */
export function placeOfCodeOwners(top: string, host: Host): string {
  const existing = places[host].find((place) => kindOf(join(top, place)) !== undefined)
  if (existing !== undefined) return existing
  const folder = `.${host}`
  return kindOf(join(top, folder)) === undefined ? 'CODEOWNERS' : `${folder}/CODEOWNERS`
}

/** What CODEOWNERS says now; empty if it is not there. Fails if it is no regular file. */
export function readCodeOwners(top: string, place: string): string {
  refuseLinkedFolder(top, place)
  const read = attempt(`read ${place}`, () =>
    unless(['ENOENT'], () => readRegularFile(join(top, place), limit)),
  )
  if (read === undefined) return ''
  if (read === 'special') throw new EnvironmentFailure(`${place} is no regular file`)
  if (read === 'tooLarge') throw tooLarge(place)
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(read.bytes)
  } catch {
    throw new EnvironmentFailure(`${place} is not in UTF-8`, 'save it as UTF-8')
  }
}

/** Writes CODEOWNERS, as read before. Fails rather than writing what GitHub would not read. */
export function writeCodeOwners(top: string, place: string, text: string): void {
  if (Buffer.byteLength(text) > limit) throw tooLarge(place)
  writePlainFile(join(top, place), text)
}

function tooLarge(place: string): EnvironmentFailure {
  return new EnvironmentFailure(
    `${place} is larger than 3 MB: code hosts do not read it`,
    'one line of your own for many projects, such as /projects/shop-*/ and /out/*/*/shop-*/, is shorter',
  )
}

/** What is written through a linked folder lies elsewhere. */
function refuseLinkedFolder(top: string, place: string): void {
  const folder = dirname(place)
  if (folder !== '.' && kindOf(join(top, folder))?.isSymbolicLink()) {
    throw new EnvironmentFailure(
      `${folder} is a symbolic link`,
      'put what it points to in its place',
    )
  }
}

function kindOf(path: string) {
  return attempt(`look at ${path}`, () => lstatSync(path, { throwIfNoEntry: false }))
}
