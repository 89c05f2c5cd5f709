import { lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { Comparison, type OutputFile } from '../../src/io/comparison.ts'
import { draftJournal, putInForce } from '../../src/io/journal.ts'
import { OutputTree } from '../../src/io/output-tree.ts'
import { Stage } from '../../src/io/stage.ts'
import { hideState, makeState, statePaths } from '../../src/io/state-folder.ts'

export const header = '# Rendered by a test'

/** What stands before, what is wanted, and what a crash may have left lying about. */
export interface Scene {
  readonly before: Readonly<Record<string, string>>
  readonly after: Readonly<Record<string, string>>
  readonly debris: 'none' | 'lock' | 'stage' | 'journal'
  readonly umask?: number
}

const before = {
  'cq/prod/order/deployment.yaml': 'one',
  'cq/prod/order/service.yaml': 'same',
  'cq/prod/order/old.yaml': 'stale',
  'cq/prod/gone/deployment.yaml': 'stale',
  'cq/test/gone/deployment.yaml': 'stale',
  'cq/prod/turns/file/inner.yaml': 'stale',
  'cq/prod/turns/folder': 'stale',
}

const after = {
  'cq/prod/order/deployment.yaml': 'two',
  'cq/prod/order/service.yaml': 'same',
  'cq/prod/order/new.yaml': 'new',
  'cq/prod/stock/deployment.yaml': 'new',
  'cq/prod/stock/service.yaml': 'new',
  'aliyun/prod/order/deployment.yaml': 'new',
  'cq/prod/turns/file': 'new',
  'cq/prod/turns/folder/inner.yaml': 'new',
}

export const scenes: Readonly<Record<string, Scene>> = {
  change: { before, after, debris: 'none' },
  restore: { before: after, after: before, debris: 'none' },
  cold: { before: {}, after, debris: 'none' },
  'cold, umask 077': { before: {}, after, debris: 'none', umask: 0o077 },
  'dead lock': { before, after, debris: 'lock' },
  'dead stage': { before, after, debris: 'stage' },
  'dead journal': { before, after, debris: 'journal' },
  many: { before: manyFiles('one'), after: manyFiles('two'), debris: 'none' },
}

function manyFiles(text: string): Record<string, string> {
  const names = Array.from({ length: 1000 }, (_, index) => [
    `cq/prod/p${index >> 2}/f${text === 'one' ? index : index + 1}.yaml`,
    text.repeat(300),
  ])
  return Object.fromEntries(names)
}

export function wantedOf({ after }: Scene): OutputFile[] {
  return Object.entries(after).map(([path, text]) => ({ path, text: `${header}\n${text}\n` }))
}

/** Makes the root of a scene anew, as it stands before the program begins. */
export function layOut(root: string, scene: Scene): void {
  rmSync(root, { recursive: true, force: true })
  mkdirSync(root)
  for (const [path, text] of Object.entries(scene.before)) {
    const full = join(root, 'out', path)
    mkdirSync(dirname(full), { recursive: true, mode: 0o755 })
    writeFileSync(full, `${header}\n${text}\n`, { mode: 0o644 })
  }
  if (scene.debris !== 'none') leaveDebris(root, scene)
}

/** The same as the program leaves behind if it is killed at that point. */
function leaveDebris(root: string, scene: Scene): void {
  makeState(root)
  hideState(root)
  const holder = { pid: 2 ** 22 + 1, host: hostname(), since: Date.now() }
  writeFileSync(join(root, statePaths.lock), JSON.stringify(holder))
  if (scene.debris === 'lock') return
  const stage = new Stage(root)
  const comparison = new Comparison(new OutputTree(root), header)
  for (const file of wantedOf(scene)) {
    const arrival = comparison.add(file)
    if (arrival !== undefined) stage.add(file, arrival)
  }
  const { stale, folders } = comparison.leftovers(undefined)
  draftJournal(root, { files: stale, folders, moves: stage.moves }, false)
  if (scene.debris === 'journal') putInForce(root)
}

/** All that stands in `out/`, with modes and contents, as one text. */
export function treeOf(root: string, path = 'out'): string {
  const full = join(root, path)
  const stats = lstatSync(full, { throwIfNoEntry: false })
  if (!stats) return ''
  const mode = (stats.mode & 0o777).toString(8)
  if (!stats.isDirectory()) return `${path} ${mode} ${readFileSync(full, 'utf8')}\n`
  const inner = readdirSync(full).sort()
  return [`${path}/ ${mode}\n`, ...inner.map((name) => treeOf(root, `${path}/${name}`))].join('')
}

/** What `treeOf` gives for the scene's new tree. */
export function newTree(root: string, scene: Scene): string {
  layOut(root, { ...scene, before: scene.after, debris: 'none' })
  return treeOf(root)
}
