import { lstatSync, readdirSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { isBlob } from '../source/blob-id.ts'
import { findRepository, type Repository } from './git.ts'
import { listTree } from './git-snapshot.ts'
import { readRegularFile } from './regular-file.ts'
import { attempt } from './system-error.ts'

/** Larger files, in bytes, are not read: they count as changed. */
const most = 16 * 1024 * 1024

const folders = ['.github', '.gitlab', '.ci', '.circleci', '.buildkite']
const owners = ['CODEOWNERS', 'docs/CODEOWNERS']
const pipelines = [
  '.gitlab-ci.yml',
  'Jenkinsfile',
  'action.yml',
  'action.yaml',
  'azure-pipelines.yml',
]
const packages = [
  'package.json',
  'package-lock.json',
  'npm-shrinkwrap.json',
  '.npmrc',
  '.tool-versions',
]
const others = ['yarn.lock', 'pnpm-lock.yaml', '.nvmrc', '.node-version']

/**
 * The files that decide how a change is checked, by which version of Sahaba, and who must approve
 * it, as far as they differ: the definitions of CI, CODEOWNERS, the packages to install. Without a
 * head it is the working tree. The paths are those from the top of the Git repository; sorted.
 */
export async function changedGuards(
  root: string,
  base: string,
  head: string | undefined,
): Promise<string[]> {
  const repository = findRepository(root)
  const places = placesIn(repository)
  const old = await committed(repository, base, places)
  const isSame =
    head === undefined
      ? present(repository, old, places)
      : sameIn(old, await committed(repository, head, places))
  return [...isSame].flatMap(([path, same]) => (same ? [] : [path])).sort()
}

/** Path → mode and id. */
type Listed = ReadonlyMap<string, { readonly mode: string; readonly id: string }>

/** The fleet may lie in a folder of its repository, and have its packages there. */
function placesIn({ prefix }: Repository): string[] {
  const own = prefix === '' ? [] : [...packages, ...others].map((name) => prefix + name)
  return [...folders, ...owners, ...pipelines, ...packages, ...others, ...own]
}

async function committed(
  repository: Repository,
  commit: string,
  places: readonly string[],
): Promise<Listed> {
  const entries = await listTree({ ...repository, prefix: '' }, commit, places)
  return new Map(entries.map((entry) => [entry.path, entry]))
}

function sameIn(old: Listed, fresh: Listed): ReadonlyMap<string, boolean> {
  const paths = new Set([...old.keys(), ...fresh.keys()])
  return new Map(
    [...paths].map((path) => {
      const [before, after] = [old.get(path), fresh.get(path)]
      return [path, before?.id === after?.id && before?.mode === after?.mode]
    }),
  )
}

/** Whether each file, there or in the working tree, is the same in both. */
function present(
  { top }: Repository,
  old: Listed,
  places: readonly string[],
): ReadonlyMap<string, boolean> {
  const same = new Map([...old.keys()].map((path) => [path, false]))
  for (const place of places) visit(place)
  return same

  function visit(path: string): void {
    const full = join(top, path)
    const stats = attempt(`look at ${path}`, () => lstatSync(full, { throwIfNoEntry: false }))
    if (!stats) return
    const known = old.get(path)
    if (known?.mode === '160000') same.set(path, stats.isDirectory())
    else if (stats.isDirectory()) {
      for (const name of attempt(`read ${path}`, () => readdirSync(full))) visit(`${path}/${name}`)
    } else if (stats.isSymbolicLink()) {
      const target = attempt(`read ${path}`, () => readlinkSync(full, { encoding: 'buffer' }))
      same.set(path, known?.mode === '120000' && isBlob(target, known.id))
    } else same.set(path, known !== undefined && known.mode !== '120000' && isFile(full, known.id))
  }
}

function isFile(path: string, id: string): boolean {
  const read = attempt(`read ${path}`, () => readRegularFile(path, most))
  return typeof read !== 'string' && isBlob(read.bytes, id)
}
