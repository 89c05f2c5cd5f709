import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { EnvironmentFailure } from '../../src/io/failure.ts'
import { readWorkingTree } from '../../src/io/working-tree.ts'
import { stateOf } from '../../src/source/state.ts'
import { isSuperUser, temporaryFolder, writeFiles } from './temporary.ts'

const minimal = {
  'policies/fleet.yaml': 'version: 1\n',
  'projects/order/project.yaml': 'cpu: 1\n',
  'projects/order/pipeline/prod.yaml': 'image: a\n',
}

const problemsIn = (root: string) =>
  readWorkingTree(root).obstacles.map(({ path, problem }) => `${path} ${problem}`)

test('the three folders are read, sorted by code unit, and nothing else', () => {
  const root = temporaryFolder({
    ...minimal,
    'schemas/user.schema.json': '{}',
    'projects/order/README.md': '#',
    'projects/order-b/project.yaml': '',
    'projects/order/old.yml': 'a: 1',
    'policies/CODEOWNERS': '',
    'out/cq/prod/order/deployment.yaml': '',
    'other/file.yaml': '',
    'file.yaml': '',
  })
  const { files, obstacles } = readWorkingTree(root)
  expect([...files.keys()]).toEqual([
    'policies/fleet.yaml',
    'projects/order-b/project.yaml',
    'projects/order/old.yml',
    'projects/order/pipeline/prod.yaml',
    'projects/order/project.yaml',
    'schemas/user.schema.json',
  ])
  expect(Buffer.from(files.get('projects/order/project.yaml') ?? []).toString()).toBe('cpu: 1\n')
  expect(obstacles).toEqual([])
})

test('bytes are kept as they are', () => {
  const root = temporaryFolder(minimal)
  const bytes = Buffer.from([0xef, 0xbb, 0xbf, 0xff, 0x00, 0x0d, 0x0a])
  writeFileSync(join(root, 'projects/order/project.yaml'), bytes)
  const { files } = readWorkingTree(root)
  expect(Buffer.from(files.get('projects/order/project.yaml') ?? [])).toEqual(bytes)
})

test('a link is never followed', () => {
  const root = temporaryFolder(minimal)
  const outside = temporaryFolder({ 'project.yaml': 'secret: 1' })
  symlinkSync(outside, join(root, 'projects/linked'))
  symlinkSync(join(outside, 'project.yaml'), join(root, 'projects/order/linked.yaml'))
  symlinkSync('absent', join(root, 'projects/order/broken.yaml'))
  symlinkSync('.', join(root, 'projects/loop'))
  symlinkSync('README', join(root, 'projects/order/README.md'))
  expect(problemsIn(root)).toEqual([
    'projects/linked is a symbolic link; only regular files and folders are read',
    'projects/loop is a symbolic link; only regular files and folders are read',
    'projects/order/broken.yaml is a symbolic link; only regular files and folders are read',
    'projects/order/linked.yaml is a symbolic link; only regular files and folders are read',
  ])
  expect(readWorkingTree(root).files.size).toBe(3)
})

test('a whole folder that is a link, or a file, is named', () => {
  const root = temporaryFolder({ 'policies/fleet.yaml': '', schemas: '' })
  symlinkSync('/', join(root, 'projects'))
  expect(problemsIn(root)).toEqual([
    'projects is a symbolic link; only regular files and folders are read',
    'schemas is no folder',
  ])
})

test('what is no regular file is named, and nobody waits for it', async () => {
  const root = temporaryFolder(minimal)
  execFileSync('mkfifo', [join(root, 'projects/order/fifo.yaml'), join(root, 'projects/fifo')])
  mkdirSync(join(root, 'projects/order/folder.yaml'))
  writeFiles(root, { 'projects/order/folder.yaml/inner.yaml': '' })
  const server = createServer().listen(join(root, 'projects/order/socket.yaml'))
  await new Promise((resolve) => server.once('listening', resolve))
  expect(problemsIn(root)).toEqual([
    'projects/order/fifo.yaml is no regular file',
    'projects/order/folder.yaml is a folder, but has the name of a file',
    'projects/order/socket.yaml is no regular file',
  ])
  server.close()
})

test('a file may have 256 kB and not a byte more', () => {
  const root = temporaryFolder(minimal)
  writeFileSync(join(root, 'projects/order/project.yaml'), Buffer.alloc(256 * 1024, '#'))
  expect(problemsIn(root)).toEqual([])
  writeFileSync(join(root, 'projects/order/project.yaml'), Buffer.alloc(256 * 1024 + 1, '#'))
  expect(problemsIn(root)).toEqual(['projects/order/project.yaml is larger than 256 kB'])
})

test('a repository within the repository is named, and not read', () => {
  const root = temporaryFolder({
    ...minimal,
    'projects/sub/.git': 'gitdir: x',
    'projects/sub/a.yaml': '',
  })
  expect(problemsIn(root)).toEqual([
    'projects/sub is a Git repository of its own (a submodule); its files are not read',
  ])
})

test('a name that is not UTF-8 is named', () => {
  const root = temporaryFolder(minimal)
  const path = Buffer.concat([
    Buffer.from(join(root, 'projects/order/')),
    Buffer.from([0xff]),
    Buffer.from('.yaml'),
  ])
  writeFileSync(path, '')
  expect(problemsIn(root)).toEqual(['projects/order/\ufffd.yaml has a name that is not UTF-8'])
})

test.skipIf(isSuperUser)('a file that may not be read is named', () => {
  const root = temporaryFolder(minimal)
  chmodSync(join(root, 'projects/order/project.yaml'), 0)
  expect(problemsIn(root)).toEqual([
    'projects/order/project.yaml cannot be read: permission denied',
  ])
})

test('the rendered targets are the folders at depth three that hold a file', () => {
  const root = temporaryFolder({
    ...minimal,
    'out/cq/prod/order/deployment.yaml': '',
    'out/cq/prod/deep/inner/file.yaml': '',
    'out/cq/prod/_shared/a.yaml': '',
    'out/_fleet/nginx/cq/a.conf': '',
    'out/cq/prod/file.yaml': '',
  })
  mkdirSync(join(root, 'out/cq/prod/empty'))
  symlinkSync('order', join(root, 'out/cq/prod/linked'))
  const { rendered } = readWorkingTree(root)
  expect(['cq/prod/order', 'cq/prod/deep'].every((id) => rendered.has(id))).toBe(true)
  const others = ['empty', 'linked', 'absent', '_shared', 'file.yaml', '..', 'order/x']
  expect(others.some((name) => rendered.has(`cq/prod/${name}`))).toBe(false)
  expect([...readWorkingTree(root).rendered]).toEqual(['cq/prod/deep', 'cq/prod/order'])
})

test('an out/ that is missing or a link holds no targets', () => {
  const root = temporaryFolder(minimal)
  expect([...readWorkingTree(root).rendered]).toEqual([])
  const other = temporaryFolder({ 'cq/prod/order/deployment.yaml': '' })
  symlinkSync(other, join(root, 'out'))
  expect([...readWorkingTree(root).rendered]).toEqual([])
  expect(readWorkingTree(root).rendered.has('cq/prod/order')).toBe(false)
})

test('inputs that stayed the same are verified', () => {
  const root = temporaryFolder(minimal)
  const tree = readWorkingTree(root)
  writeFiles(root, { 'out/a.yaml': '', 'projects2/a.yaml': '' })
  tree.verify()
})

const project = 'projects/order/project.yaml'

test.each<[string, (root: string) => void]>([
  ['is longer', (root) => writeFiles(root, { [project]: 'cpu: 10\n' })],
  ['has other bytes of the same length', (root) => writeFiles(root, { [project]: 'cpu: 2\n' })],
  [
    'was replaced',
    (root) => {
      writeFiles(root, { 'new.yaml': 'cpu: 1\n' })
      renameSync(join(root, 'new.yaml'), join(root, project))
    },
  ],
  ['was removed', (root) => rmSync(join(root, project))],
  [
    'became a link',
    (root) => {
      renameSync(join(root, project), join(root, 'moved'))
      symlinkSync('../../moved', join(root, project))
    },
  ],
  ['has a new neighbour', (root) => writeFiles(root, { 'projects/order/pipeline/test.yaml': '' })],
  ['has a new project beside it', (root) => writeFiles(root, { 'projects/new/project.yaml': '' })],
  ['has a new folder of schemas', (root) => writeFiles(root, { 'schemas/user.schema.json': '' })],
])('an input that %s while it was compiled is noticed', (_, change) => {
  const root = temporaryFolder(minimal)
  const tree = readWorkingTree(root)
  change(root)
  expect(() => tree.verify()).toThrow(EnvironmentFailure)
  expect(() => tree.verify()).toThrow('was changed while it was being read')
})

test('old inputs are told by their times alone', async () => {
  const root = temporaryFolder(minimal)
  await new Promise((resolve) => setTimeout(resolve, 2100))
  const tree = readWorkingTree(root)
  tree.verify()
  utimesSync(join(root, project), 1, 1)
  expect(() => tree.verify()).toThrow(`${project} was changed`)
})

describe('with projects left unread', () => {
  const files = {
    ...minimal,
    'projects/order-b/project.yaml': 'cpu: 2\n',
    'projects/order-b/pipeline/prod.yaml': 'image: b\n',
    'projects/stray.yaml': 'a: 1\n',
    'schemas/user.schema.json': '{}',
  }
  const isRead = (project: string) => project === 'order'

  test('their names are known, and nothing of what is in them', () => {
    const root = temporaryFolder(files)
    symlinkSync('/etc/passwd', join(root, 'projects/order-b/link.yaml'))
    const { files: read, unread, obstacles } = readWorkingTree(root, undefined, { isRead })
    const others = Object.keys(files).filter((path) => !path.startsWith('projects/order-b/'))
    expect([...read.keys()]).toEqual(others.sort())
    expect({ unread, obstacles }).toEqual({ unread: ['order-b'], obstacles: [] })
  })

  test('only what was read must still be as it was', () => {
    const root = temporaryFolder(files)
    const { verify } = readWorkingTree(root, undefined, { isRead })
    writeFileSync(join(root, 'projects/order-b/project.yaml'), 'cpu: 3\n')
    verify()
    mkdirSync(join(root, 'projects/order-c'))
    expect(verify).toThrow('projects was changed')
  })

  test('the state is that of all files, whoever is read', () => {
    const root = temporaryFolder(files)
    const whole = stateOf(readWorkingTree(root))
    const part = () => stateOf(readWorkingTree(root, undefined, { isRead, withState: true }))
    expect(stateOf(readWorkingTree(root, undefined, { withState: true }))).toBe(whole)
    expect(part()).toBe(whole)
    writeFileSync(join(root, 'projects/order-b/project.yaml'), 'cpu: 3\n')
    expect(part()).not.toBe(whole)
    expect(part()).toBe(stateOf(readWorkingTree(root)))
  })
})
