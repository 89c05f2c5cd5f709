import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Comparison } from '../../src/io/comparison.ts'
import { draftJournal, type Journal, putInForce } from '../../src/io/journal.ts'
import { OutputTree } from '../../src/io/output-tree.ts'
import { putInPlace } from '../../src/io/put-in-place.ts'
import { recover } from '../../src/io/recover.ts'
import { Stage } from '../../src/io/stage.ts'
import { makeState } from '../../src/io/state-folder.ts'
import { header, rendered, treeIn, write } from './output-fixture.ts'
import { temporaryFolder, writeFiles } from './temporary.ts'

const before = {
  'cq/prod/order/changed.yaml': 'old',
  'cq/prod/order/same.yaml': 'same',
  'cq/prod/order/stale.yaml': 'stale',
  'cq/test/gone/a.yaml': 'stale',
  'cq/test/gone/b.yaml': 'stale',
  'cq/prod/turn/file/a.yaml': 'stale',
  'cq/prod/turn/folder': 'stale',
}

const after = {
  'cq/prod/order/changed.yaml': 'new',
  'cq/prod/order/same.yaml': 'same',
  'cq/prod/order/new.yaml': 'new',
  'cq/prod/fresh/a.yaml': 'new',
  'cq/prod/fresh/b.yaml': 'new',
  'cq/prod/turn/file': 'new',
  'cq/prod/turn/folder/a.yaml': 'new',
}

const notices: string[] = []
const notice = (sentence: string) => notices.push(sentence)

/** The old tree, with all that is to be done staged and the journal drafted. */
async function staged(): Promise<{ root: string; journal: Journal }> {
  notices.length = 0
  const root = temporaryFolder()
  await write(root, before)
  makeState(root)
  const comparison = new Comparison(new OutputTree(root), header)
  const stage = new Stage(root)
  for (const file of rendered(after)) {
    const arrival = comparison.add(file)
    if (arrival !== undefined) stage.add(file, arrival)
  }
  const { stale: files, folders } = comparison.leftovers(undefined)
  const journal = { files, folders, moves: stage.moves }
  draftJournal(root, journal, false)
  return { root, journal }
}

async function treeOf(files: Readonly<Record<string, string>>) {
  const root = temporaryFolder()
  await write(root, files)
  return treeIn(root)
}

test('without a state folder nothing happens', async () => {
  const root = temporaryFolder({ 'out/cq/prod/order/a.yaml': '' })
  await recover(root, { notice })
  expect(treeIn(root)).toHaveProperty(['out/cq/prod/order/a.yaml'])
})

test('a stage without a journal is thrown away', async () => {
  const { root } = await staged()
  await recover(root, { notice })
  expect(treeIn(root)).toEqual(await treeOf(before))
  expect(notices).toEqual([])
})

test('a journal is carried out', async () => {
  const { root } = await staged()
  putInForce(root)
  await recover(root, { notice })
  expect(treeIn(root)).toEqual(await treeOf(after))
  expect(notices).toEqual(['completed the writing of out/ that was interrupted'])
})

test('a journal is carried out from wherever it was interrupted, and interrupted again', async () => {
  const wanted = await treeOf(after)
  const { journal: whole } = await staged()
  const steps = whole.files.length + whole.folders.length + whole.moves.length
  for (let first = 0; first <= steps; first += 1) {
    for (const second of [0, first, steps]) {
      const { root, journal } = await staged()
      putInForce(root)
      putInPlace(root, beginning(journal, first))
      putInPlace(root, beginning(journal, second))
      await recover(root)
      expect(treeIn(root)).toEqual(wanted)
    }
  }
})

function beginning({ files, folders, moves }: Journal, steps: number): Journal {
  const rest = steps - files.length
  return {
    files: files.slice(0, steps),
    folders: folders.slice(0, Math.max(rest, 0)),
    moves: moves.slice(0, Math.max(rest - folders.length, 0)),
  }
}

test('the next write completes the one before it', async () => {
  const { root, journal } = await staged()
  putInForce(root)
  putInPlace(root, beginning(journal, 3))
  await write(root, { ...after, 'cq/prod/third/a.yaml': 'third' }, { notice })
  expect(treeIn(root)).toEqual(await treeOf({ ...after, 'cq/prod/third/a.yaml': 'third' }))
})

test.each<[string, (root: string) => void]>([
  ['cut off', (root) => truncateSync(join(root, '.sahaba/journal.json'), 100)],
  ['empty', (root) => truncateSync(join(root, '.sahaba/journal.json'))],
  ['changed', (root) => edit(root, (text) => text.replace('stale.yaml', 'same.yaml'))],
  ['of another form', (root) => edit(root, () => '{"journal": {"files": [1]}}')],
  ['no JSON', (root) => edit(root, () => '\0'.repeat(4096))],
  ['without its stage', (root) => rmSync(join(root, '.sahaba/stage'), { recursive: true })],
  ['with a staged file cut off', (root) => truncateSync(join(root, '.sahaba/stage/0'))],
])('a journal that is %s is thrown away, and said so', async (_, damage) => {
  const { root } = await staged()
  putInForce(root)
  damage(root)
  await recover(root, { notice })
  expect(treeIn(root)).toEqual(await treeOf(before))
  expect(notices[0]).toContain('.sahaba/journal.json is damaged')
})

function edit(root: string, change: (text: string) => string): void {
  const path = join(root, '.sahaba/journal.json')
  writeFileSync(path, change(readFileSync(path, 'utf8')))
}

/** A journal as it could come with a repository: well-formed, its sum right. */
function plant(root: string, journal: Partial<Journal>): void {
  makeState(root)
  draftJournal(root, { files: [], folders: [], moves: [], ...journal }, false)
  putInForce(root)
}

test.each<[string, Partial<Journal>]>([
  ['removes a file', { files: ['../victim.yaml'] }],
  ['removes an absolute path', { files: ['/tmp/victim.yaml'] }],
  ['removes a folder', { folders: ['cq/../../empty'] }],
  ['moves', { moves: [{ from: 0, to: '../victim.yaml', size: 4 }] }],
  ['moves from a strange number', { moves: [{ from: -1, to: 'victim.yaml', size: 4 }] }],
])('a planted journal that %s outside of out/ does nothing', async (_, journal) => {
  const root = temporaryFolder({ 'victim.yaml': 'mine', '.sahaba/stage/0': 'evil' })
  mkdirSync(join(root, 'empty'))
  mkdirSync(join(root, 'out/cq'), { recursive: true })
  plant(root, journal)
  await recover(root, { notice })
  expect(treeIn(root)).toEqual({ 'empty/': '', 'out/': '', 'out/cq/': '', 'victim.yaml': 'mine' })
})

test.each(['out', 'out/cq', '.sahaba/stage', '.sahaba/stage/0'])(
  'a planted journal does not reach through a link at %s',
  async (path) => {
    const elsewhere = temporaryFolder({
      'prod/a.yaml': 'mine',
      'cq/prod/a.yaml': 'mine',
      '0': 'mine',
    })
    const before = treeIn(elsewhere)
    const root = temporaryFolder({ 'out/cq/prod/a.yaml': 'x', '.sahaba/stage/0': 'evil' })
    plant(root, { files: ['cq/prod/a.yaml'], moves: [{ from: 0, to: 'cq/prod/b.yaml', size: 4 }] })
    rmSync(join(root, path), { recursive: true })
    symlinkSync(elsewhere, join(root, path))
    await recover(root, { notice })
    expect(treeIn(elsewhere)).toEqual(before)
    expect(existsSync(join(root, '.sahaba'))).toBe(false)
  },
)

test('folders made by others meanwhile are filled', async () => {
  const { root } = await staged()
  putInForce(root)
  writeFiles(root, { 'out/cq/prod/fresh/a.yaml': 'by hand' })
  await recover(root)
  expect(treeIn(root)).toEqual(await treeOf(after))
})

test('a tree that was removed by hand meanwhile is no obstacle', async () => {
  const { root } = await staged()
  putInForce(root)
  rmSync(join(root, 'out'), { recursive: true })
  await recover(root)
  expect(existsSync(join(root, '.sahaba'))).toBe(false)
  await write(root, after)
  expect(treeIn(root)).toEqual(await treeOf(after))
})

test('what cannot be completed is said, and kept for the next command', async () => {
  const { root } = await staged()
  putInForce(root)
  const path = join(root, 'out/cq/prod/order/new.yaml')
  writeFiles(root, { 'out/cq/prod/order/new.yaml/in/the/way': '' })
  await expect(recover(root)).rejects.toThrow('cannot put out/cq/prod/order/new.yaml in place')
  expect(existsSync(join(root, '.sahaba/journal.json'))).toBe(true)
  expect(existsSync(join(root, '.sahaba/.gitignore'))).toBe(true)
  rmSync(path, { recursive: true })
  await recover(root)
  expect(treeIn(root)).toEqual(await treeOf(after))
})

test('an empty state folder is tidied away, one with strange things is left', async () => {
  const root = temporaryFolder({ '.sahaba/.gitignore': '*\n' })
  await recover(root)
  expect(treeIn(root)).toEqual({})
  writeFiles(root, { '.sahaba/mine': '' })
  await recover(root)
  expect(treeIn(root)).toEqual({ '.sahaba/': '', '.sahaba/mine': '' })
})

test('a process at work is not disturbed while it stages', async () => {
  const { root } = await staged()
  const holder = { pid: process.ppid, host: hostname(), since: Date.now() }
  writeFiles(root, { '.sahaba/lock': JSON.stringify(holder) })
  const before = treeIn(root)
  await recover(root, { patience: 50 })
  expect(treeIn(root)).toEqual(before)
})

test('whoever died while taking the lock is waited for, for a second', async () => {
  const { root } = await staged()
  writeFiles(root, { '.sahaba/lock': '' })
  await recover(root)
  expect(treeIn(root)).toEqual(await treeOf(before))
})

test('a process that puts files in place is waited for', async () => {
  const { root } = await staged()
  putInForce(root)
  const holder = { pid: process.ppid, host: hostname(), since: Date.now() }
  writeFiles(root, { '.sahaba/lock': JSON.stringify(holder) })
  await expect(recover(root, { patience: 50 })).rejects.toThrow(`process ${process.ppid} on`)
  setTimeout(() => renameSync(join(root, '.sahaba'), join(root, 'done')), 100)
  await recover(root)
  expect(existsSync(join(root, '.sahaba'))).toBe(false)
})

test('a crashed tree that was copied is completed where it is', async () => {
  const { root } = await staged()
  putInForce(root)
  const copy = join(temporaryFolder(), 'copy')
  cpSync(root, copy, { recursive: true })
  await recover(copy)
  expect(treeIn(copy)).toEqual(await treeOf(after))
})
