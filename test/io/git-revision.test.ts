import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { EnvironmentFailure } from '../../src/io/failure.ts'
import { mergeBase, resolveRevision } from '../../src/io/git-revision.ts'
import { commitAll, repositoryWith, runGit } from './git-fixture.ts'
import { temporaryFolder, writeFiles } from './temporary.ts'

const files = { 'policies/fleet.yaml': 'version: 1\n' }

async function failureOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (reason) => reason,
  )
  expect(error).toBeInstanceOf(EnvironmentFailure)
  return `${error.message} | ${error.help}`
}

test('a branch, a tag, an id and what is written after them name a commit', async () => {
  const root = repositoryWith(files)
  const first = runGit(root, 'rev-parse', 'HEAD')
  runGit(root, 'tag', '-a', 'v1.0', '-m', 'x')
  const second = commitAll(root)
  runGit(root, 'branch', '功能/fix-#12')
  for (const name of [
    'HEAD',
    'main',
    '@',
    second,
    second.slice(0, 10),
    '功能/fix-#12',
    'HEAD@{0}',
  ]) {
    expect(await resolveRevision(root, name)).toBe(second)
  }
  for (const name of ['HEAD~1', 'main^', 'v1.0', 'v1.0^{}', 'refs/tags/v1.0', 'HEAD~1^0']) {
    expect(await resolveRevision(root, name)).toBe(first)
  }
})

test.each([
  ...['--output=pwned', '-O', '--upload-pack=touch pwned', '--help', '-', '--', '-h'],
  ...['main..HEAD', 'main...HEAD', '^main', 'main^!', ':/x', 'HEAD^{/x}', ':policies', '!main'],
  ...['HEAD:policies', 'HEAD:policies/fleet.yaml', ':0:policies/fleet.yaml', 'a b', 'a\nb', 'a\0b'],
  ...['', '$(touch pwned)', '`touch pwned`', ';touch pwned', 'a|b', 'a?b', 'a*', 'a[b', 'a\\b'],
  ...['\u001b[31m', '\u202emain', 'a'.repeat(10_000), '\ufeffmain'],
])('%j is refused before Git sees it', async (name) => {
  const root = repositoryWith(files)
  expect(await failureOf(resolveRevision(root, name))).toContain('does not name a commit')
  expect(readdirSync(root).sort()).toEqual(['.git', 'policies'])
})

test.each(['HEAD^{tree}', 'HEAD^{blob}', 'HEAD~5', 'absent', '0'.repeat(40), 'v1.0^{tree}'])(
  '%j is no commit',
  async (name) => {
    const root = repositoryWith(files)
    expect(await failureOf(resolveRevision(root, name))).toContain(`there is no commit "${name}"`)
  },
)

test('the branch that only the remote has is proposed', async () => {
  const origin = repositoryWith(files)
  runGit(origin, 'branch', 'release')
  const clone = temporaryFolder()
  runGit(clone, 'clone', '-q', origin, 'work')
  const failure = await failureOf(resolveRevision(join(clone, 'work'), 'release'))
  expect(failure).toBe('there is no commit "release" | did you mean "origin/release"?')
})

test('outside of Git, and where nothing is committed, it is said what to do', async () => {
  const root = temporaryFolder(files)
  expect(await failureOf(resolveRevision(root, 'HEAD'))).toContain('is in no Git repository')
  runGit(root, 'init', '-q', '-b', 'main')
  const failure = await failureOf(resolveRevision(root, 'HEAD'))
  expect(failure).toContain('nothing is committed on this branch yet | commit first')
})

test('a broken repository is named', async () => {
  const root = temporaryFolder({ ...files, '.git/config': '' })
  expect(await failureOf(resolveRevision(root, 'HEAD'))).toContain('Git does not read')
})

test('a bare repository is named', async () => {
  const root = repositoryWith(files)
  runGit(root, 'config', 'core.bare', 'true')
  expect(await failureOf(resolveRevision(root, 'absent'))).toContain('is a bare Git repository')
})

test('a detached HEAD is as good as a branch', async () => {
  const root = repositoryWith(files)
  runGit(root, 'checkout', '-q', '--detach')
  expect(await resolveRevision(root, 'HEAD')).toBe(runGit(root, 'rev-parse', 'main'))
})

test('a shallow clone is told to fetch the rest', async () => {
  const origin = repositoryWith(files)
  const first = runGit(origin, 'rev-parse', 'HEAD')
  commitAll(origin)
  const folder = temporaryFolder()
  runGit(folder, 'clone', '-q', '--depth', '1', `file://${origin}`, 'work')
  const clone = join(folder, 'work')
  expect(await failureOf(resolveRevision(clone, first))).toContain('fetch-depth: 0')
  expect(await failureOf(resolveRevision(clone, 'HEAD~1'))).toContain('shallow clone')
})

test('a linked work tree is a repository', async () => {
  const root = repositoryWith(files)
  const folder = temporaryFolder()
  runGit(root, 'worktree', 'add', '-q', join(folder, 'linked'))
  expect(await resolveRevision(join(folder, 'linked'), 'HEAD')).toBe(
    runGit(root, 'rev-parse', 'main'),
  )
})

test('the merge base is where two branches parted', async () => {
  const root = repositoryWith(files)
  const base = runGit(root, 'rev-parse', 'HEAD')
  runGit(root, 'checkout', '-q', '-b', 'feature')
  commitAll(root)
  runGit(root, 'checkout', '-q', 'main')
  writeFiles(root, { 'policies/a.yaml': '' })
  commitAll(root)
  expect(await mergeBase(root, 'main', 'feature')).toBe(base)
  runGit(root, 'checkout', '-q', '--orphan', 'other')
  commitAll(root)
  expect(await failureOf(mergeBase(root, 'main', 'other'))).toContain('no commit in common')
})

test('variables of a hook or a CI job do not lead Git elsewhere', async () => {
  const [root, other] = [repositoryWith(files), repositoryWith({ 'policies/b.yaml': '' })]
  const trace = join(temporaryFolder(), 'trace')
  const variables = { GIT_DIR: join(other, '.git'), GIT_WORK_TREE: other, GIT_TRACE: trace }
  Object.assign(process.env, variables)
  try {
    expect(await resolveRevision(root, 'HEAD')).toBe(runGit(root, 'rev-parse', 'HEAD'))
    expect(existsSync(trace)).toBe(false)
  } finally {
    for (const name of Object.keys(variables)) delete process.env[name]
  }
})

test('a git that lies in the repository is not run', async () => {
  const root = repositoryWith(files)
  const marker = join(temporaryFolder(), 'marker')
  writeFiles(root, { 'node_modules/.bin/git': `#!/bin/sh\ntouch ${marker}\n` })
  runGit(root, 'update-index', '--add', 'node_modules/.bin/git')
  writeFileSync(join(root, 'git'), `#!/bin/sh\ntouch ${marker}\n`, { mode: 0o755 })
  const { PATH } = process.env
  process.env.PATH = `:.:${root}:${join(root, 'node_modules/.bin')}:${PATH}`
  try {
    expect(await resolveRevision(root, 'HEAD')).toMatch(/^[0-9a-f]{40}$/)
    expect(existsSync(marker)).toBe(false)
  } finally {
    process.env.PATH = PATH
  }
})

test('without Git it is said that Git is missing', async () => {
  const root = repositoryWith(files)
  const { PATH } = process.env
  process.env.PATH = '/nonexistent'
  try {
    expect(await failureOf(resolveRevision(root, 'HEAD'))).toContain('git was not found')
  } finally {
    process.env.PATH = PATH
  }
})
