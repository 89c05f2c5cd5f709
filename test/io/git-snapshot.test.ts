import { chmodSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { EnvironmentFailure } from '../../src/io/failure.ts'
import { readRevision } from '../../src/io/git-snapshot.ts'
import { readWorkingTree } from '../../src/io/working-tree.ts'
import { stateOf } from '../../src/source/state.ts'
import { commitAll, repositoryWith, runGit } from './git-fixture.ts'
import { temporaryFolder, writeFiles } from './temporary.ts'

const files = {
  'policies/fleet.yaml': 'version: 1\n',
  'policies/README.md': '#',
  'projects/order/project.yaml': 'cpu: 1\n\n',
  'projects/order/pipeline/prod.yaml': 'image: a',
  'projects/copy/project.yaml': 'cpu: 1\n\n',
  'projects/empty/project.yaml': '',
  'schemas/user.schema.json': '{}',
  'out/cq/prod/order/deployment.yaml': '',
  'out/cq/prod/_shared/a.yaml': '',
  'out/_fleet/nginx/cq/a.conf': '',
  'out/cq/prod/file.yaml': '',
  'other/a.yaml': '',
}

async function both(root: string) {
  const revision = await readRevision(root, 'HEAD')
  const tree = readWorkingTree(root)
  return { revision, tree }
}

test('a revision is read as its checkout would be', async () => {
  const { revision, tree } = await both(repositoryWith(files))
  expect([...revision.files]).toEqual([...tree.files])
  expect([...revision.files.keys()]).toEqual([...tree.files.keys()])
  expect([...revision.rendered]).toEqual(['cq/prod/order'])
  expect([...tree.rendered]).toEqual(['cq/prod/order'])
  expect(revision.obstacles).toEqual([])
})

test.each(['sha1', 'sha256'])(
  'projects are left unread as in a checkout; ids are %s',
  async (format) => {
    const root = temporaryFolder(files)
    runGit(root, 'init', '-q', '-b', 'main', `--object-format=${format}`)
    commitAll(root)
    const isRead = (project: string) => project === 'order'
    const revision = await readRevision(root, 'HEAD', { isRead })
    const tree = readWorkingTree(root, undefined, { isRead })
    expect([...revision.files]).toEqual([...tree.files])
    expect(revision.unread).toEqual(['copy', 'empty'])
    expect(tree.unread).toEqual(revision.unread)
    const options = { isRead, withState: true }
    expect(stateOf(await readRevision(root, 'HEAD', options))).toBe(stateOf(readWorkingTree(root)))
  },
)

test('an older revision is read although the tree has moved on', async () => {
  const root = repositoryWith(files)
  writeFiles(root, { 'projects/order/project.yaml': 'cpu: 2\n', 'projects/new/project.yaml': '' })
  commitAll(root)
  const { files: old } = await readRevision(root, 'HEAD~1')
  expect(Buffer.from(old.get('projects/order/project.yaml') ?? []).toString()).toBe('cpu: 1\n\n')
  expect(old.has('projects/new/project.yaml')).toBe(false)
})

test('bytes are kept as they are, whatever attributes say', async () => {
  const bytes = Buffer.from([0xff, 0x00, 0x0d, 0x0a, 0x0d, 0x0a])
  const root = repositoryWith({ ...files, '.gitattributes': '* text eol=crlf ident\n' })
  const path = 'projects/order/project.yaml'
  writeFileSync(join(root, path), bytes)
  const id = runGit(root, 'hash-object', '-w', '--no-filters', path)
  runGit(root, 'update-index', '--cacheinfo', `100644,${id},${path}`)
  runGit(root, 'commit', '-q', '-m', 'x')
  const { files: read } = await readRevision(root, 'HEAD')
  expect(Buffer.from(read.get(path) ?? [])).toEqual(bytes)
})

test('the root may be a folder of the work tree, whatever its name', async () => {
  const top = repositoryWith(
    Object.fromEntries(
      Object.entries(files).map(([path, text]) => [`-d/:(top)/ü *\n/${path}`, text]),
    ),
  )
  writeFiles(top, { 'projects/outside/project.yaml': '' })
  commitAll(top)
  const { revision, tree } = await both(join(top, '-d/:(top)/ü *\n'))
  expect([...revision.files]).toEqual([...tree.files])
  expect([...revision.rendered]).toEqual(['cq/prod/order'])
})

test('links, submodules, large files and folders with names of files are obstacles', async () => {
  const root = repositoryWith(files)
  symlinkSync('/etc/passwd', join(root, 'projects/order/linked.yaml'))
  symlinkSync('order', join(root, 'projects/linked'))
  symlinkSync('README', join(root, 'projects/README.md'))
  mkdirSync(join(root, 'projects/order/folder.yaml'))
  writeFiles(root, {
    'projects/order/folder.yaml/a.yaml': '',
    'projects/order/large.yaml': '#'.repeat(256 * 1024 + 1),
  })
  const id = commitAll(root)
  runGit(root, 'update-index', '--add', '--cacheinfo', `160000,${id},projects/sub`)
  runGit(root, 'commit', '-q', '-m', 'x')
  writeFiles(root, { 'projects/sub/.git': '' })
  const { revision, tree } = await both(root)
  expect(revision.obstacles).toEqual(tree.obstacles)
  expect(revision.obstacles.map(({ path }) => path)).toEqual([
    'projects/linked',
    'projects/order/folder.yaml',
    'projects/order/large.yaml',
    'projects/order/linked.yaml',
    'projects/sub',
  ])
  expect([...revision.files]).toEqual([...tree.files])
})

test('a whole folder that is a link is an obstacle', async () => {
  const root = repositoryWith({ 'policies/fleet.yaml': '', 'elsewhere/a.yaml': '' })
  symlinkSync('elsewhere', join(root, 'projects'))
  commitAll(root)
  const { revision, tree } = await both(root)
  expect(revision.obstacles).toEqual(tree.obstacles)
  expect(revision.obstacles.map(({ path }) => path)).toEqual(['projects'])
})

test('a line break or bytes in a name do not confuse it', async () => {
  const root = repositoryWith({ ...files, 'projects/a\nb\tc/project.yaml': 'a: 1' })
  writeFileSync(
    Buffer.concat([
      Buffer.from(join(root, 'projects/order/')),
      Buffer.from([0xff]),
      Buffer.from('.yaml'),
    ]),
    '',
  )
  commitAll(root)
  const { revision, tree } = await both(root)
  expect(revision.files.has('projects/a\nb\tc/project.yaml')).toBe(true)
  expect([...revision.files]).toEqual([...tree.files])
  expect(revision.obstacles).toEqual(tree.obstacles)
})

test('an empty tree is an empty snapshot', async () => {
  const root = repositoryWith({ 'other.txt': '' })
  const { files: none, rendered, obstacles } = await readRevision(root, 'HEAD')
  expect([none.size, rendered.size, obstacles.length]).toEqual([0, 0, 0])
})

test('more than one batch of blobs is read', async () => {
  const large = Array.from({ length: 120 }, (_, index): [string, string] => [
    `projects/p${index}/project.yaml`,
    `# ${index}\n`.padEnd(250 * 1024, '.'),
  ])
  const { revision, tree } = await both(repositoryWith(Object.fromEntries(large)))
  expect(revision.files.size).toBe(120)
  for (const [path, bytes] of tree.files) {
    expect(Buffer.compare(revision.files.get(path) ?? new Uint8Array(), bytes)).toBe(0)
  }
})

/** A repository that asks Git, in every way we know of, to run a program that leaves a marker. */
const hostile: Readonly<Record<string, (root: string, program: string) => void>> = {
  fsmonitor: (root, program) => runGit(root, 'config', 'core.fsmonitor', program),
  hooks: (root, program) => {
    mkdirSync(join(root, 'hooks'))
    for (const name of ['post-checkout', 'post-index-change', 'reference-transaction']) {
      symlinkSync(program, join(root, 'hooks', name))
    }
    runGit(root, 'config', 'core.hooksPath', join(root, 'hooks'))
  },
  drivers: (root, program) => {
    writeFiles(root, { '.gitattributes': '* filter=evil diff=evil merge=evil\n' })
    runGit(root, 'config', 'filter.evil.smudge', program)
    runGit(root, 'config', 'filter.evil.process', program)
    runGit(root, 'config', 'diff.evil.textconv', program)
    runGit(root, 'config', 'diff.external', program)
  },
  programs: (root, program) => {
    for (const key of ['core.pager', 'core.editor', 'core.sshCommand', 'core.gitProxy']) {
      runGit(root, 'config', key, program)
    }
    runGit(root, 'config', 'alias.ls-tree', `!${program}`)
    runGit(root, 'config', 'pager.ls-tree', program)
    runGit(root, 'config', 'credential.helper', program)
    runGit(root, 'config', 'trace2.eventTarget', join(root, 'trace'))
    runGit(root, 'config', 'gpg.program', program)
  },
}

test.each(Object.keys(hostile))('a repository with hostile %s runs nothing', async (kind) => {
  const root = repositoryWith(files)
  const { program, marker } = trap()
  hostile[kind]?.(root, program)
  const { files: read } = await readRevision(root, 'HEAD')
  expect(read.size).toBe(6)
  expect(existsSync(marker)).toBe(false)
})

test('the trap of these tests does snap', () => {
  const root = repositoryWith(files)
  const { program, marker } = trap()
  hostile.fsmonitor?.(root, program)
  runGit(root, 'status')
  expect(existsSync(marker)).toBe(true)
})

test('a bare repository that is hidden in the files runs nothing', async () => {
  const { program, marker } = trap()
  const top = repositoryWith({})
  const root = join(top, 'sub')
  mkdirSync(root)
  runGit(root, 'init', '-q', '--bare')
  runGit(root, 'config', 'core.fsmonitor', program)
  runGit(root, 'config', 'core.worktree', root)
  writeFiles(root, { 'policies/fleet.yaml': 'version: 1\n', 'objects/keep': '', 'refs/keep': '' })
  commitAll(top)
  const { files: read } = await readRevision(root, 'HEAD')
  expect([...read.keys()]).toEqual(['policies/fleet.yaml'])
  expect(existsSync(marker)).toBe(false)
})

test('a partial clone fetches nothing and says what is missing', async () => {
  const { program, marker } = trap()
  const origin = repositoryWith(files)
  runGit(origin, 'config', 'uploadpack.allowFilter', 'true')
  const folder = temporaryFolder()
  runGit(folder, 'clone', '-q', '--no-checkout', '--filter=blob:none', `file://${origin}`, 'work')
  const clone = join(folder, 'work')
  runGit(clone, 'config', 'remote.origin.uploadpack', program)
  await expect(readRevision(clone, 'HEAD')).rejects.toThrow(EnvironmentFailure)
  await expect(readRevision(clone, 'HEAD')).rejects.toThrow('nothing is fetched')
  expect(existsSync(marker)).toBe(false)
})

test('replaced objects are not what was committed', async () => {
  const root = repositoryWith(files)
  const [id, other] = [
    runGit(root, 'rev-parse', 'HEAD:projects/order/project.yaml'),
    runGit(root, 'rev-parse', 'HEAD:projects/empty/project.yaml'),
  ]
  runGit(root, 'replace', id, other)
  const { files: read } = await readRevision(root, 'HEAD')
  expect(read.get('projects/order/project.yaml')?.length).toBe(8)
})

function trap() {
  const folder = temporaryFolder()
  const marker = join(folder, 'marker')
  const program = join(folder, 'program')
  writeFileSync(program, `#!/bin/sh\necho run > ${marker}\n`)
  chmodSync(program, 0o755)
  return { program, marker }
}
