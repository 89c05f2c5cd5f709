import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Sandbox } from '../commands/sandbox.ts'
import { makeSmallFleet } from '../commands/small-fleet.ts'
import { expectRefused, expectWellBehaved, type MeasuredRun, measured, treeOf } from './measured.ts'

let sandbox: Sandbox
beforeEach(() => {
  sandbox = makeSmallFleet()
  git('git init -q -b main && git add -A && git commit -qm x')
})
afterEach(() => sandbox.remove())

function git(script: string): void {
  const { code, stderr } = sandbox.bash(`set -e; ${script}`)
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' })
}

const project = 'projects/order/project.yaml'

function bash(script: string): string {
  return sandbox.bash(script).stdout.trim()
}

/** Fails as a matter of the environment, with everything as it was and a sentence that helps. */
function expectUnreadable(args: readonly string[], words: string): MeasuredRun {
  const before = treeOf(sandbox.folder)
  const run = measured(sandbox, args)
  expect(run.code).toBe(5)
  expect(run.stdout).toBe('')
  expect(run.stderr).toContain(words)
  expect(run.stderr).toMatch(/^error: [^\n]+\n( {2}= help: [^\n]+\n)?$/)
  expect(treeOf(sandbox.folder)).toEqual(before)
  expectWellBehaved(run)
  return run
}

describe('T25 what is no plain name of a commit is refused', () => {
  test.each([
    ...['--output=pwned', '--upload-pack=touch pwned', '-O', 'main..HEAD', 'HEAD^{/x}', ':/x'],
    ...['HEAD:policies', 'a b', '', '$(touch pwned)', 'x\u001b[31m', 'a'.repeat(100_000)],
  ])('%j', (name) => {
    expectUnreadable(['validate', `--rev=${name}`], 'does not name a commit')
  })

  test.each(['HEAD^{tree}', 'absent', '0'.repeat(40)])('%s is no commit', (name) => {
    expectUnreadable(['list', '--rev', name], `there is no commit "${name}"`)
  })

  test.each(['HEAD', 'main', 'refs/heads/main', 'HEAD~0'])('%s is one', (name) => {
    expect(measured(sandbox, ['validate', '--rev', name]).code).toBe(0)
  })
})

describe('T26 what a repository configures is never run', () => {
  const trap =
    'printf "#!/bin/sh\\ntouch $PWD/../marker\\n" > ../trap; chmod +x ../trap; T=$PWD/../trap'
  const ways: Readonly<Record<string, string>> = {
    'a file system monitor': 'git config core.fsmonitor $T',
    hooks:
      'mkdir h; for n in post-checkout post-index-change reference-transaction; do cp $T h/$n; done; git config core.hooksPath h',
    'filters and drivers':
      'printf "* filter=e diff=e merge=e\\n" > .gitattributes; git config filter.e.smudge $T; git config filter.e.process $T; git config diff.e.textconv $T; git config diff.external $T',
    'programs and aliases':
      'for k in core.pager core.sshCommand credential.helper alias.ls-tree alias.cat-file alias.rev-parse gpg.program; do git config $k "$T"; done',
    'an include from elsewhere':
      'printf "[core]\\nfsmonitor = $T\\n" > ../evil; git config include.path $PWD/../evil',
    'a bare repository among the files':
      'git init -q --bare policies/x.git; git -C policies/x.git config core.fsmonitor $T; git add -A; git commit -qm y',
    'a git in the folder': 'cp $T git; mkdir -p node_modules/.bin; cp $T node_modules/.bin/git',
  }

  test.each(Object.keys(ways))('%s', (way) => {
    git(`${trap}; ${ways[way]}`)
    const head = bash('git rev-parse HEAD')
    bash(`echo '# x' >> ${project}; git add -A; git config log.showSignature true`)
    const commit = `$(printf 'tree %s\\nparent %s\\nauthor a <a@b> 1 +0000\\ncommitter a <a@b> 1 +0000\\ngpgsig -----BEGIN PGP SIGNATURE-----\\n \\n x\\n -----END PGP SIGNATURE-----\\n\\nx\\n' $(git write-tree) ${head} | git hash-object -t commit -w --stdin)`
    const signed = bash(`git update-ref refs/heads/signed ${commit}; git rev-parse signed`)
    bash('rm -f ../marker')
    for (const args of [
      ['validate', '--rev', 'HEAD'],
      ['diff', head],
      ['diff', head, signed],
      ['history', 'order'],
    ]) {
      const run = measured(sandbox, args)
      expectWellBehaved(run)
      expect(run.code).toBe(0)
      expect(existsSync(join(sandbox.folder, '../marker'))).toBe(false)
    }
  })

  test('the trap does snap', () => {
    git(`${trap}; ${ways['a file system monitor']}; git status -s > /dev/null`)
    expect(existsSync(join(sandbox.folder, '../marker'))).toBe(true)
  })

  test('nothing is fetched into a partial clone', () => {
    git(`${trap}; git config uploadpack.allowFilter true; cd ..
      git clone -q --no-checkout --filter=blob:none file://$PWD/fleet work
      git -C work config remote.origin.uploadpack $T; cp -r fleet/policies work/`)
    expectUnreadable(['-C', '../work', 'validate', '--rev', 'HEAD'], 'nothing is fetched')
    expect(existsSync(join(sandbox.folder, '../marker'))).toBe(false)
  })

  test('variables that lead Git elsewhere are not passed on', () => {
    const env = { GIT_DIR: '/nowhere', GIT_TRACE: join(sandbox.folder, '../marker') }
    const run = measured(sandbox, ['validate', '--rev', 'HEAD'], { env })
    expect(run.code).toBe(0)
    expect(existsSync(join(sandbox.folder, '../marker'))).toBe(false)
  })
})

describe('F14 where there is no such revision, a sentence says why', () => {
  test.each([
    ['no repository', 'rm -rf .git', 'is in no Git repository'],
    ['no commit yet', 'rm -rf .git; git init -q', 'nothing is committed on this branch yet'],
    [
      'no work tree',
      'git config core.bare true; git update-ref -d HEAD',
      'is a bare Git repository',
    ],
    ['a broken repository', 'echo > .git/HEAD', 'Git does not read'],
  ])('%s', (_, script, words) => {
    git(script)
    expectUnreadable(['validate', '--rev', 'HEAD'], words)
  })

  test('a shallow clone that does not reach so far', () => {
    git(`git commit -q --allow-empty -m y; cd ..; git clone -q --depth 1 file://$PWD/fleet shallow`)
    expectUnreadable(['-C', '../shallow', 'validate', '--rev', 'HEAD~1'], 'fetch-depth: 0')
    expect(measured(sandbox, ['-C', '../shallow', 'validate', '--rev', 'HEAD']).code).toBe(0)
  })

  test('a branch that only the remote has', () => {
    git('git branch release; cd ..; git clone -q fleet clone')
    expectUnreadable(
      ['-C', '../clone', 'validate', '--rev', 'release'],
      'did you mean "origin/release"?',
    )
  })

  test('a detached HEAD is as good as a branch', () => {
    git('git checkout -q --detach')
    expect(measured(sandbox, ['validate', '--rev', 'HEAD']).code).toBe(0)
  })
})

describe('F15 what a revision holds in place of a file is named', () => {
  const path = 'projects/order/project.yaml'
  const pointer = 'version https://git-lfs.github.com/spec/v1\\noid sha256:4d7a\\nsize 1\\n'

  test.each([
    ['a link', `ln -sf /etc/passwd ${path}`, 'is a symbolic link'],
    ['a pointer of Git LFS', `printf '${pointer}' > ${path}`, 'is a pointer of Git LFS'],
    [
      'a submodule',
      'git rm -rq --cached projects/order; git update-index --add --cacheinfo 160000,$(git rev-parse HEAD),projects/order',
      'a submodule',
    ],
  ])('%s', (_, script, words) => {
    git(
      `${script}; [ -L ${path} ] || [ -n "$(git ls-files -s projects/order | grep ^160000)" ] || git add -A; [ -L ${path} ] && git add -A; git commit -qm y; git checkout -q -f HEAD~1`,
    )
    const { stdout } = expectRefused(sandbox, ['validate', '--rev', 'main'])
    expect(stdout).toContain(words)
  })
})

test('F16 a merge conflict is called one', () => {
  sandbox.write({
    'projects/order/project.yaml':
      'owner: trade\n<<<<<<< HEAD\ncpu: 1\n=======\ncpu: 2\n>>>>>>> theirs\nmemory: 1Gi\n',
  })
  const { stderr } = expectRefused(sandbox)
  expect(stderr).toContain('error[merge-conflict]: a merge conflict marker: <<<<<<<')
  expect(stderr).toContain('--> projects/order/project.yaml:2:1')
  expect(stderr.match(/^error/gm)).toHaveLength(1)
})

test('F16 lines that only look like markers are text', () => {
  sandbox.write({
    'policies/base/policy.yaml': 'description: |\n  =======\ndefaults: {replicas: 1}\n',
  })
  expect(measured(sandbox, ['validate']).code).toBe(0)
})
