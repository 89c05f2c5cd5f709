import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { OutputFile } from '../../src/io/comparison.ts'
import { EnvironmentFailure } from '../../src/io/failure.ts'
import { checkOutput, writeOutput } from '../../src/io/write-output.ts'
import { header, ours, rendered, treeIn, write } from './output-fixture.ts'
import { temporaryFolder, writeFiles } from './temporary.ts'

const two = {
  'cq/prod/order/deployment.yaml': 'a: 1',
  'cq/prod/order/service.yaml': 'b: 1',
}

const namesIn = (root: string) => Object.keys(treeIn(root)).filter((path) => !path.endsWith('/'))

test('a first render writes everything and leaves nothing else behind', async () => {
  const root = temporaryFolder()
  const result = await write(root, { ...two, '_fleet/nginx/a.conf': 'c' })
  expect(result).toEqual({
    written: ['_fleet/nginx/a.conf', 'cq/prod/order/deployment.yaml', 'cq/prod/order/service.yaml'],
    repaired: [],
    removed: [],
    unchanged: 0,
  })
  expect(treeIn(root)).toEqual({
    'out/': '',
    'out/_fleet/': '',
    'out/_fleet/nginx/': '',
    'out/_fleet/nginx/a.conf': ours('c'),
    'out/cq/': '',
    'out/cq/prod/': '',
    'out/cq/prod/order/': '',
    'out/cq/prod/order/deployment.yaml': ours('a: 1'),
    'out/cq/prod/order/service.yaml': ours('b: 1'),
  })
})

test('where nothing differs nothing is written', async () => {
  const root = temporaryFolder()
  await write(root, two)
  const before = [root, join(root, 'out'), join(root, 'out/cq/prod/order')].map(
    (path) => statSync(path).ctimeMs,
  )
  const result = await write(root, two, { verifyInputs: () => expect.unreachable() })
  expect(result).toEqual({ written: [], repaired: [], removed: [], unchanged: 2 })
  const after = [root, join(root, 'out'), join(root, 'out/cq/prod/order')].map(
    (path) => statSync(path).ctimeMs,
  )
  expect(after).toEqual(before)
})

test('only what differs is touched', async () => {
  const root = temporaryFolder()
  await write(root, two)
  const same = join(root, 'out/cq/prod/order/service.yaml')
  const { ino, ctimeMs } = lstatSync(same)
  const result = await write(root, { ...two, 'cq/prod/order/deployment.yaml': 'a: 2' })
  expect(result.written).toEqual(['cq/prod/order/deployment.yaml'])
  expect(result.unchanged).toBe(1)
  expect(lstatSync(same)).toMatchObject({ ino, ctimeMs })
})

test('files of ours that nothing renders are removed, with the folders left empty', async () => {
  const root = temporaryFolder()
  await write(root, { ...two, 'cq/test/order/a.yaml': '', 'cq/prod/order/old.yaml': '' })
  mkdirSync(join(root, 'out/cq/test/order/empty/inner'), { recursive: true })
  const result = await write(root, two)
  expect(result.removed).toEqual(['cq/prod/order/old.yaml', 'cq/test/order/a.yaml'])
  expect(namesIn(root)).toEqual(Object.keys(two).map((path) => `out/${path}`))
  expect(treeIn(root)).not.toHaveProperty(['out/cq/test/'])
})

test('a file with one byte that is not UTF-8 is another file', async () => {
  const root = temporaryFolder()
  await write(root, { 'cq/prod/order/a.yaml': '\ufffd' })
  const path = join(root, 'out/cq/prod/order/a.yaml')
  writeFileSync(path, Buffer.concat([Buffer.from(`${header} from x\n`), Buffer.from([0xff, 0x0a])]))
  expect((await write(root, { 'cq/prod/order/a.yaml': '\ufffd' })).written).toHaveLength(1)
  expect(readFileSync(path, 'utf8')).toBe(ours('\ufffd'))
})

test('an edit by hand is repaired, and said so where the header is gone', async () => {
  const root = temporaryFolder()
  await write(root, two)
  writeFiles(root, {
    'out/cq/prod/order/deployment.yaml': `${ours('a: 1')}# edited\n`,
    'out/cq/prod/order/service.yaml': 'edited\n',
  })
  const result = await write(root, two)
  expect(result.written).toEqual(['cq/prod/order/deployment.yaml', 'cq/prod/order/service.yaml'])
  expect(result.repaired).toEqual(['cq/prod/order/service.yaml'])
  expect((await write(root, two)).written).toEqual([])
})

test('what somebody else put into out/ is named, and nothing is written', async () => {
  const root = temporaryFolder()
  await write(root, { ...two, 'cq/prod/order/old.yaml': '' })
  writeFiles(root, { 'out/README.md': 'mine', 'out/cq/prod/order/notes/a.txt': '' })
  symlinkSync('order', join(root, 'out/cq/prod/link'))
  execFileSync('mkfifo', [join(root, 'out/cq/fifo')])
  const before = treeIn(root)
  const failure = await write(root, { 'cq/prod/order/new.yaml': '' }).catch((error) => error)
  expect(failure).toBeInstanceOf(EnvironmentFailure)
  expect(failure.message.split('\n').slice(1)).toEqual([
    'out/README.md',
    'out/cq/fifo',
    'out/cq/prod/link',
    'out/cq/prod/order/notes/a.txt',
  ])
  expect(treeIn(root)).toEqual(before)
})

test.each([
  ['a link', (path: string) => symlinkSync('/etc/passwd', path)],
  ['a FIFO', (path: string) => execFileSync('mkfifo', [path])],
  ['a folder of others', (path: string) => writeFiles(path, { 'a.txt': '' })],
])('%s in the place of a wanted file is named', async (_, make) => {
  const root = temporaryFolder()
  await write(root, { 'cq/prod/order/service.yaml': 'b: 1' })
  make(join(root, 'out/cq/prod/order/deployment.yaml'))
  const before = treeIn(root)
  const scope = () => false
  await expect(write(root, two, { scope })).rejects.toThrow('out/cq/prod/order/deployment.yaml')
  expect(treeIn(root)).toEqual(before)
})

test.each(['out', 'out/cq', 'out/cq/prod', 'out/cq/prod/order'])(
  'nothing is written through a link at %s',
  async (path) => {
    const [root, elsewhere] = [temporaryFolder(), temporaryFolder()]
    mkdirSync(join(root, path, '..'), { recursive: true })
    symlinkSync(elsewhere, join(root, path))
    const before = treeIn(root)
    await expect(write(root, two)).rejects.toThrow(EnvironmentFailure)
    await expect(write(root, two, { scope: () => false })).rejects.toThrow(path)
    await expect(checkOutput(root, rendered(two), { header })).rejects.toThrow(path)
    expect([treeIn(elsewhere), treeIn(root)]).toEqual([{}, before])
  },
)

test('a link in the place of the state folder is not followed', async () => {
  const [root, elsewhere] = [temporaryFolder(), temporaryFolder()]
  symlinkSync(elsewhere, join(root, '.sahaba'))
  await expect(write(root, two)).rejects.toThrow('.sahaba is no folder')
  expect(treeIn(elsewhere)).toEqual({})
})

test('files and folders of ours may change places', async () => {
  const root = temporaryFolder()
  await write(root, { 'cq/prod/order/a': 'file', 'cq/prod/order/b/c.yaml': 'folder' })
  await write(root, { 'cq/prod/order/a/c.yaml': 'folder', 'cq/prod/order/b': 'file' })
  expect(treeIn(join(root, 'out/cq/prod/order'))).toEqual({
    'a/': '',
    'a/c.yaml': ours('folder'),
    b: ours('file'),
  })
})

test('outside of the scope nothing is removed, nor anything foreign minded', async () => {
  const root = temporaryFolder()
  await write(root, {
    ...two,
    'cq/prod/stock/a.yaml': '',
    'cq/test/order/a.yaml': '',
    '_fleet/a/b.conf': '',
  })
  writeFiles(root, { 'out/README.md': 'mine', 'out/cq/prod/stock/mine.txt': '' })
  const scope = (target: string) => target.endsWith('/order')
  const result = await write(root, { 'cq/prod/order/deployment.yaml': 'a: 2' }, { scope })
  expect(result).toEqual({
    written: ['cq/prod/order/deployment.yaml'],
    repaired: [],
    removed: ['cq/prod/order/service.yaml', 'cq/test/order/a.yaml'],
    unchanged: 0,
  })
  expect(namesIn(join(root, 'out'))).toEqual([
    'README.md',
    '_fleet/a/b.conf',
    'cq/prod/order/deployment.yaml',
    'cq/prod/stock/a.yaml',
    'cq/prod/stock/mine.txt',
  ])
  expect(treeIn(root)).not.toHaveProperty(['out/cq/test/'])
})

test.each([undefined, ['order']])('projects in the scope may be named: %s', async (projects) => {
  const root = temporaryFolder()
  await write(root, { ...two, 'sh/prod/order/a.yaml': 'a', 'sh/prod/web/b.yaml': 'b' })
  const scope = (target: string) => target.endsWith('/order')
  const options = { scope, ...(projects && { projects }) }
  const result = await write(root, { 'hz/test/order/a.yaml': 'a', ...two }, options)
  expect(result).toEqual({
    written: ['hz/test/order/a.yaml'],
    repaired: [],
    removed: ['sh/prod/order/a.yaml'],
    unchanged: 2,
  })
  expect(namesIn(root)).toEqual([
    'out/cq/prod/order/deployment.yaml',
    'out/cq/prod/order/service.yaml',
    'out/hz/test/order/a.yaml',
    'out/sh/prod/web/b.yaml',
  ])
  writeFiles(root, { 'out/cq/prod/order/mine.txt': '', 'out/cq/prod/web/mine.txt': '' })
  await expect(write(root, two, options)).rejects.toThrow('out/cq/prod/order/mine.txt')
})

test('in the scope what is foreign is minded', async () => {
  const root = temporaryFolder()
  await write(root, two)
  writeFiles(root, { 'out/cq/prod/order/mine.txt': '' })
  const scope = (target: string) => target === 'cq/prod/order'
  await expect(write(root, two, { scope })).rejects.toThrow('out/cq/prod/order/mine.txt')
})

test('checking tells the same and writes nothing', async () => {
  const root = temporaryFolder()
  await write(root, { ...two, 'cq/prod/order/old.yaml': '' })
  const before = treeIn(root)
  const wanted = rendered({
    ...two,
    'cq/prod/order/service.yaml': 'b: 2',
    'cq/prod/new/a.yaml': '',
  })
  const expected = await checkOutput(root, wanted, { header })
  expect(treeIn(root)).toEqual(before)
  expect(expected.written).toEqual(['cq/prod/new/a.yaml', 'cq/prod/order/service.yaml'])
  expect(expected.removed).toEqual(['cq/prod/order/old.yaml'])
  expect(await writeOutput(root, wanted, { header })).toEqual(expected)
  writeFiles(root, { 'out/mine.txt': '' })
  await expect(checkOutput(root, wanted, { header })).rejects.toThrow(EnvironmentFailure)
})

test('modes do not depend on the umask', async () => {
  const root = temporaryFolder()
  const modeOf = (path: string) => lstatSync(join(root, path)).mode & 0o777
  const bundle = join(temporaryFolder(), 'write.mjs')
  const { build } = await import('esbuild')
  await build({
    stdin: {
      contents: `import { writeOutput } from './src/io/write-output.ts'
        process.umask(0o077)
        await writeOutput(process.argv[2], [
          { path: 'cq/prod/order/a.yaml', text: '# Rendered' },
          { path: 'cq/prod/order/b.yaml', text: '# Rendered' + process.argv[3] },
        ], { header: '# Rendered' })`,
      resolveDir: process.cwd(),
    },
    outfile: bundle,
    bundle: true,
    format: 'esm',
    platform: 'node',
  })
  for (const text of ['1', '2']) {
    execFileSync(process.execPath, [bundle, root, text])
    const paths = ['out', 'out/cq', 'out/cq/prod/order', 'out/cq/prod/order/a.yaml']
    expect(paths.map(modeOf)).toEqual([0o755, 0o755, 0o755, 0o644])
    expect(modeOf('out/cq/prod/order/b.yaml')).toBe(0o644)
  }
})

test('modes of what is unchanged are left alone', async () => {
  const root = temporaryFolder()
  await write(root, two)
  chmodSync(join(root, 'out/cq/prod/order/service.yaml'), 0o664)
  expect((await write(root, two)).written).toEqual([])
})

test('inputs are verified after all is staged, and before anything is changed', async () => {
  const root = temporaryFolder()
  await write(root, two)
  const before = treeIn(root)
  const verifyInputs = () => {
    expect(namesIn(join(root, '.sahaba/stage'))).toHaveLength(1)
    expect(namesIn(root).filter((path) => path.startsWith('out/'))).toHaveLength(2)
    throw new EnvironmentFailure('changed')
  }
  const wanted = { ...two, 'cq/prod/order/service.yaml': 'b: 2' }
  await expect(write(root, wanted, { verifyInputs })).rejects.toThrow('changed')
  expect(treeIn(root)).toEqual(before)
})

test('a render that fails half-way changes nothing', async () => {
  const root = temporaryFolder()
  await write(root, two)
  const before = treeIn(root)
  const wanted: Iterable<OutputFile> = {
    *[Symbol.iterator]() {
      yield* rendered({ 'cq/prod/order/deployment.yaml': 'a: 2' })
      throw new Error('failed half-way')
    },
  }
  await expect(writeOutput(root, wanted, { header })).rejects.toThrow('failed half-way')
  expect(treeIn(root)).toEqual(before)
})

test('what another process wrote while we compared is compared again', async () => {
  const root = temporaryFolder()
  await write(root, two)
  await new Promise((resolve) => setTimeout(resolve, 30))
  let passes = 0
  const wanted: Iterable<OutputFile> = {
    *[Symbol.iterator]() {
      passes += 1
      yield* rendered({ 'cq/prod/order/deployment.yaml': 'a: 1' })
      if (passes === 1) {
        mkdirSync(join(root, '.sahaba'))
        writeFiles(root, { 'out/cq/prod/order/deployment.yaml': ours('a: by another') })
        rmdirSync(join(root, '.sahaba'))
      }
      yield* rendered({ 'cq/prod/order/service.yaml': 'b: 2' })
    },
  }
  const result = await writeOutput(root, wanted, { header })
  expect(passes).toBe(2)
  expect(result.written).toHaveLength(2)
  expect(readFileSync(join(root, 'out/cq/prod/order/deployment.yaml'), 'utf8')).toBe(ours('a: 1'))
})

test('what is wanted is gone through once where nobody else writes', async () => {
  const root = temporaryFolder()
  await new Promise((resolve) => setTimeout(resolve, 30))
  let passes = 0
  const wanted: Iterable<OutputFile> = {
    *[Symbol.iterator]() {
      passes += 1
      yield* rendered(two)
    },
  }
  await writeOutput(root, wanted, { header })
  expect(passes).toBe(1)
})

test('what can be gone through only once is refused', async () => {
  const root = temporaryFolder()
  const once = rendered(two)[Symbol.iterator]()
  await expect(writeOutput(root, once, { header })).rejects.toThrow('only once')
})

test.each([
  ...['', '/a', 'a/', 'a//b', '.', '..', '../a', 'a/../b', 'a/./b', 'a/..', './a', 'a\\b', 'a\0b'],
  ...['a\nb', 'a/\u001b[31m', '/', '//'],
])('%j is no path of ours', async (path) => {
  const root = temporaryFolder()
  await expect(writeOutput(root, [{ path, text: header }], { header })).rejects.toThrow(
    'not a path below out/',
  )
  expect(treeIn(root)).toEqual({})
})

test.each([
  ['a/b/c/x.yaml', 'a/b/c/X.yaml'],
  ['a/b/c/x.yaml', 'A/b/c/y.yaml'],
  ['a/b/c/x.yaml', 'a/b/c/x.yaml'],
  ['a/b/c', 'a/b/c/x.yaml'],
  ['a/b/c/x.yaml', 'a/b/c'],
  ['a/b/C/x.yaml', 'a/b/c'],
])('%s and %s cannot both be', async (one, other) => {
  const root = temporaryFolder()
  const wanted = [one, other].map((path) => ({ path, text: header }))
  await expect(writeOutput(root, wanted, { header })).rejects.toThrow('is to hold both')
  expect(treeIn(root)).toEqual({})
})

test('names that mean something to JavaScript are names', async () => {
  const root = temporaryFolder()
  const files = {
    'cq/prod/constructor/a.yaml': '',
    '__proto__/x/y/z.yaml': '',
    'a/b/c/toString': '',
  }
  await writeOutput(root, rendered(files), { header })
  expect((await write(root, files)).unchanged).toBe(rendered(files).length)
})
