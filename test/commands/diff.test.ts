import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import type { Run, Sandbox } from './sandbox.ts'
import { makeSmallFleet, projectFiles } from './small-fleet.ts'

let sandbox: Sandbox
afterEach(() => sandbox.remove())

const project = 'projects/order/project.yaml'
const two = `perl -pi -e 's/cpu: 1/cpu: 2\\nreplicas: 2/' ${project}`

/** The small fleet with its `out/`, as the only commit of main. */
function committed(files: Readonly<Record<string, string>> = {}): void {
  sandbox = makeSmallFleet(files)
  bash('sahaba render && git init -q -b main && git add -A && git commit -qm "the fleet"')
}

function bash(script: string): void {
  const { code, stdout, stderr } = sandbox.bash(`set -e; ${script}`)
  expect({ code, said: code === 0 ? '' : stdout + stderr }).toEqual({ code: 0, said: '' })
}

function diff(...args: readonly string[]): Run {
  return sandbox.sahaba(['diff', ...args])
}

/** The first line of a review, without ids of commits, and whether something changes. */
function compared(...args: readonly string[]): string {
  const { code, stdout, stderr } = diff(...args)
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  const [title = '', reach = ''] = stdout.split('\n')
  const changes = reach.startsWith('Nothing changes') ? 'nothing' : reach.slice(0, 14)
  return `${title.replace(/\b[0-9a-f]{9}\b/g, 'ID')}: ${changes}`
}

describe('what is compared', () => {
  test('on the default branch: what is not committed', () => {
    committed()
    expect(compared()).toBe('main (ID) → the working tree: nothing')
    bash(two)
    expect(compared()).toBe('main (ID) → the working tree: 1 of 1 target ')
  })

  test('on another branch: all since it left the default branch', () => {
    committed()
    bash(`git checkout -qb work; ${two}; git commit -qam two`)
    bash('git checkout -q main; git commit -q --allow-empty -m later; git checkout -q work')
    const fork = 'ID, where main was left'
    expect(compared()).toBe(`${fork} → the working tree: 1 of 1 target `)
    expect(compared('...')).toBe(`${fork} → the working tree: 1 of 1 target `)
    expect(compared('...work')).toBe(`${fork} → work (ID): 1 of 1 target `)
    expect(compared('main...work')).toBe(`${fork} → work (ID): 1 of 1 target `)
    expect(compared('main..work')).toBe('main (ID) → work (ID): 1 of 1 target ')
    expect(compared('main', 'work')).toBe('main (ID) → work (ID): 1 of 1 target ')
    expect(compared('work')).toBe('work (ID) → the working tree: nothing')
    bash('git checkout -q --detach')
    expect(compared()).toBe(`${fork} → the working tree: 1 of 1 target `)
  })

  test('what the remote calls its default branch, whatever its name', () => {
    committed()
    bash('git branch -m trunk; git clone -q . ../clone')
    expect(compared('-C', '../clone')).toBe('origin/trunk (ID) → the working tree: nothing')
  })

  test('a fleet in a folder of its repository', () => {
    sandbox = makeSmallFleet()
    bash('mkdir f; mv policies projects schemas f 2>/dev/null || mv policies projects f')
    bash(`git init -q -b main; git add -A; git commit -qm one; cd f; ${two}`)
    expect(compared('-C', 'f')).toBe('main (ID) → the working tree: 1 of 1 target ')
    bash('git commit -qam "two of it"')
    const { stdout } = diff('-C', 'f/projects', 'HEAD~1', '--detail', 'targets')
    expect(stdout).toMatch(/last edited by [0-9a-f]{9} Test: two of it/)
  })
})

describe('what there is to say where nothing can be compared', () => {
  test.each([
    ['without Git', 'true', [], 5, 'is in no Git repository'],
    ['without a commit', 'git init -q -b main', [], 5, 'nothing is committed on this branch yet'],
    [
      'without a default branch',
      'git branch -m x',
      [],
      5,
      'what to compare with: there is none of',
    ],
    ['a slip', '', ['mian'], 5, 'help: did you mean "main"?'],
    ['a path', '', [project], 5, 'that is a path, and a revision is wanted'],
    ['an unknown name', '', ['main', 'elsewhere'], 5, 'there is no commit "elsewhere"'],
    ['too many dots', '', ['a....b'], 5, 'does not name a commit'],
    ['two heads', '', ['main..main', 'main'], 4, 'names both sides already'],
    ['three revisions', '', ['a', 'b', 'c'], 4, 'too many arguments'],
    ['an unknown option', '', ['--staged'], 4, "unknown option '--staged'"],
    ['an unknown format', '', ['--format', 'xml'], 4, 'Allowed choices are pretty, markdown'],
    ['an unknown risk', '', ['--fail-on', 'none'], 4, 'Allowed choices are low, medium, high'],
    ['an unknown project', '', ['-p', 'ordr'], 4, 'did you mean "order"?'],
    ['an unknown region', '', ['-r', 'mars'], 4, 'no region is called "mars"'],
    ['an unknown owner', '', ['--committed', '-o', 'x'], 4, 'no owner is called "x"'],
  ])('%s', (_, script, args, code, words) => {
    if (script === '' || script.startsWith('git branch')) committed()
    else sandbox = makeSmallFleet()
    bash(script || 'true')
    const run = diff(...args)
    expect({ code: run.code, stdout: run.stdout }).toEqual({ code, stdout: '' })
    expect(run.stderr).toContain(words)
  })

  test('a shallow clone that does not reach back', () => {
    committed()
    bash(`git checkout -qb work; ${two}; git commit -qam two`)
    bash('git clone -q --depth 1 --no-single-branch file://$PWD ../shallow')
    const { code, stderr } = diff('-C', '../shallow', 'origin/main...')
    expect(code).toBe(5)
    expect(stderr).toContain('fetch-depth: 0')
    expect(diff('-C', '../shallow', 'origin/main').code).toBe(0)
  })

  test('a head that does not compile, a base, and both', () => {
    committed()
    const broken = `perl -pi -e 's/java8/java9/' ${project}`
    bash(broken)
    const head = diff()
    expect(head.code).toBe(3)
    expect(head.stdout).toBe('')
    expect(head.stderr).toMatch(
      /^main \(\w+\) compiles: 1 target rendered\n\nerror\[missing-layer\]/,
    )
    expect(head.stderr).toContain('the working tree does not compile, so nothing can')
    bash('git commit -qam broken; git revert --no-edit HEAD > /dev/null')
    const base = diff('HEAD~1')
    expect(base.code).toBe(3)
    expect(base.stderr).toMatch(
      /HEAD~1 \(\w+\) does not compile[\s\S]*the working tree compiles: 1 target rendered\n$/,
    )
    bash(broken)
    expect(diff('HEAD~1').stderr.match(/does not compile/g)).toHaveLength(2)
    const json = JSON.parse(diff('HEAD', '--format', 'json').stdout)
    expect([json.base.compiles, json.head.compiles]).toEqual([true, false])
    expect(json.head.diagnostics[0].path).toBe(project)
    const { stdout } = diff('HEAD', '--format', 'markdown')
    expect(stdout).toContain(
      '**Nothing can be compared: the working tree is refused, with 1 error.**',
    )
    expect(stdout).toContain(`- \`${project}:2:10\`: unknown runtime`)
  })

  test('a head that is refused by rules alone is told all the same', () => {
    committed({
      'policies/base/policy.yaml':
        'defaults: {replicas: 1}\nrules:\n  - id: one-only\n    match: {kind: Deployment}\n    expression: object.spec.replicas == 1\n    message: one is enough\n',
    })
    bash(two)
    const { code, stdout, stderr } = diff()
    expect(code).toBe(3)
    expect(stderr).toContain('one is enough')
    expect(stderr).toContain('the working tree is refused')
    expect(stdout).toContain('! The new state is refused, with 1 error: this is what it would do.')
    expect(stdout).toContain('Deployment spec.replicas 1 → 2')
  })
})

describe('the selection', () => {
  test('a project that one side has', () => {
    committed()
    sandbox.write(projectFiles('shop'))
    bash(two)
    const { stdout } = diff('--project', 'shop')
    expect(stdout).toContain('! Only a part of the fleet was compared: --project shop.')
    expect(stdout).toContain('objects 3 created.')
    expect(stdout).toContain(`${'projects/shop/project.yaml'} added  (trade)`)
    expect(stdout).not.toContain(project)
    bash('git add -A; git commit -qm shop; git rm -rqf projects/shop')
    expect(diff('HEAD', '-p', 'shop').stdout).toContain('objects 3 removed.')
    expect(diff('HEAD', '-p', 'order').stdout).toContain('Nothing changes for any cluster')
    expect(diff('HEAD', '-r', 'sh').stdout).toMatch(
      /^1 of \d+ targets? changes?: objects 1 removed/m,
    )
    expect(diff('HEAD', '-o', 'trade', '-e', 'prod').stdout).toContain('objects 2 removed.')
  })
})

describe('--committed', () => {
  const manifest = 'out/cq/test/order/deployment.yaml'

  test('compares what lies in out/', () => {
    committed()
    expect(compared('--committed')).toBe('main (ID) → the working tree: nothing')
    bash(`perl -pi -e 's/replicas: 1/replicas: 3/' ${manifest}`)
    const { stdout } = diff('--committed')
    expect(stdout).toContain('Deployment spec.replicas 1 → 3')
    expect(diff().stdout).toContain('Nothing changes')
    expect(diff('--committed', '--format', 'diff').stdout).toContain(
      '-  replicas: 1\n+  replicas: 3\n',
    )
    expect(diff('--committed', '--format', 'html').stdout).toContain('replicas: 3')
    expect(diff('--committed', '-o', 'shop', '--exit-code').code).toBe(4)
  })

  test('says which side has no out/', () => {
    committed()
    bash('rm -r out')
    expect(diff('--committed').stdout).toContain('! The new state has no manifests in out/')
    bash('git rm -rq --cached out; git commit -qm none')
    expect(diff('HEAD~1', 'HEAD', '--committed').stdout).toContain('objects 1 removed')
    bash('sahaba render')
    expect(diff('HEAD', '--committed').stdout).toContain('! The old state has no manifests in out/')
    expect(diff('HEAD', 'HEAD', '--committed').stderr).toContain('neither side has manifests')
  })

  test('refuses what it cannot read, at its place', () => {
    committed()
    bash(`echo ' [: x' >> ${manifest}`)
    const { code, stderr } = diff('--committed')
    expect(code).toBe(3)
    expect(stderr).toContain(`--> ${manifest}:`)
    expect(stderr).toContain('the working tree cannot be read')
  })

  test.each([
    ['a link', `ln -sf /etc/passwd ${manifest}`, 'a syncer may read it: '],
    [
      'a file of another name',
      `cp ${manifest} out/cq/test/order/more.yml`,
      'a syncer may read it: ',
    ],
    [
      'a file in a folder below',
      `mkdir ${manifest}.d; cp ${manifest} ${manifest}.d/x.yaml`,
      'may read',
    ],
    [
      'a list',
      `printf 'kind: List\\nitems: []\\n' > out/cq/test/order/x.yaml`,
      'holds no object: ',
    ],
    ['one object twice', `cp ${manifest} out/cq/test/order/x.yaml`, 'more than once'],
  ])('says that it does not compare %s', (_, script, words) => {
    committed()
    bash(script)
    const { code, stdout } = diff('--committed', '--exit-code')
    expect(stdout).toContain(words)
    expect(code).toBe(2)
    expect(diff('--committed', '--fail-on', 'high').code).toBe(2)
    bash('git add -A; git commit -qm strange')
    expect(diff('HEAD~1', 'HEAD', '--committed').stdout).toContain(words)
  })

  test('an executable file is a file', () => {
    committed()
    bash(`chmod +x ${manifest}; git commit -qam x`)
    expect(diff('HEAD~1', 'HEAD', '--committed').stdout.split('\n')[2]).toBe('')
  })

  test('a file that moved is named', () => {
    committed()
    bash(`git mv ${manifest} out/cq/test/order/d.yaml`)
    expect(diff('--committed').stdout).toContain(
      'Written otherwise, but the same for the clusters: out/cq/test/order/d.yaml',
    )
  })
})

describe('what it is shown as', () => {
  test('every format, for a file', () => {
    committed()
    bash(two)
    for (const format of ['pretty', 'markdown', 'html', 'json', 'diff']) {
      bash(`sahaba diff --format ${format} > ../x.${format} 2> ../errors; [ ! -s ../errors ]`)
    }
    bash(
      "python3 -m json.tool ../x.json > /dev/null 2>&1 || node -e \"JSON.parse(require('fs').readFileSync('../x.json'))\"",
    )
    bash('git checkout -q .; git apply --check ../x.diff; grep -q "<!doctype html>" ../x.html')
  })

  test('each measure of detail', () => {
    committed()
    bash(`${two}; git commit -qam "two of it"; printf '# x\\n' >> ${project}`)
    const lines = (detail: string) => diff('HEAD~1', '--detail', detail).stdout.split('\n')
    expect(lines('summary').filter((line) => line.startsWith('LOW'))).toHaveLength(1)
    expect(lines('summary').join('\n')).not.toContain('•')
    expect(lines('effects').join('\n')).toContain('• scale')
    expect(lines('targets')).toContain('             cq/test/order')
    // The file is not what was committed.
    expect(lines('targets').join('\n')).not.toContain('last edited by')
    bash('git checkout -q .')
    expect(lines('targets').join('\n')).toMatch(/last edited by [0-9a-f]{9} Test: two of it/)
    expect(diff('HEAD~1', 'HEAD', '--format', 'markdown').stdout).toContain('Test: two of it')
    const { decisions } = JSON.parse(diff('HEAD~1', 'HEAD', '--format', 'json').stdout)
    expect(decisions[0].edits[0].commit).toMatchObject({ author: 'Test', subject: 'two of it' })
  })

  test('lines of at most 120 columns, however long the values are', () => {
    const long = 'x-'.repeat(900)
    committed({
      ...projectFiles('shop'),
      'projects/shop/pipeline/test.yaml': `image: registry.example.com/shop:${'a'.repeat(80)}\n`,
    })
    sandbox.write({
      'projects/shop/pipeline/test.yaml': `image: registry.example.com/shop:${'b'.repeat(80)}\n`,
      'policies/base/policy.yaml': `defaults: {replicas: 2}\ndescription: ${long}\n`,
    })
    const { stdout } = diff('--detail', 'targets')
    expect(stdout).toContain('b'.repeat(30))
    expect(stdout.split('\n').filter((line) => [...line].length > 120)).toEqual([])
    const narrow = sandbox.sahaba(['diff', '--detail', 'targets'], { env: { COLUMNS: '20' } })
    expect(narrow.stdout).toBe(stdout)
  })

  test('colours where they are wanted', () => {
    committed()
    bash(two)
    const shown = (env: Record<string, string>) => sandbox.sahaba(['diff'], { env }).stdout
    expect(shown({})).not.toContain('\u001b')
    expect(shown({ FORCE_COLOR: '1' })).toContain('\u001b[')
    expect(shown({ FORCE_COLOR: '1', NO_COLOR: '1' })).not.toContain('\u001b')
    expect(shown({ FORCE_COLOR: '1' }).replace(/\u001b\[\d+m/g, '')).toBe(shown({}))
  })
})

test('the status says what was asked', () => {
  committed()
  expect(diff('--exit-code', '--fail-on', 'low').code).toBe(0)
  bash(two)
  expect(diff().code).toBe(0)
  expect(diff('--exit-code').code).toBe(2)
  expect(diff('--fail-on', 'low').code).toBe(2)
  expect(diff('--fail-on', 'high').code).toBe(0)
  bash('git checkout -q .; printf "# x\\n" >> projects/order/project.yaml')
  expect(diff('--exit-code').code).toBe(0)
})

describe('warnings on top', () => {
  test('what decides about checks and approvals is changed', () => {
    committed({
      '.github/workflows/check.yml': 'on: push\n',
      CODEOWNERS: '* @a\n',
      'package.json': '{}\n',
      'docs/readme.md': 'x\n',
    })
    expect(diff().stdout).not.toContain('!')
    bash('echo "* @b" > CODEOWNERS; rm package.json; echo x > Jenkinsfile; echo y > docs/readme.md')
    const words = 'is changed itself: CODEOWNERS, Jenkinsfile, package.json.'
    const warning = (...args: string[]) => diff(...args).stdout.replace(/\n {2}/g, ' ')
    expect(warning()).toContain(words)
    expect(warning('--committed')).toContain(words)
    bash('git add -A; git commit -qm x')
    expect(warning('HEAD~1', 'HEAD')).toContain(words)
    expect(diff('HEAD').stdout).not.toContain('!')
    bash('rm -r .github; ln -s /etc .github')
    expect(warning('HEAD')).toContain('is changed itself: .github, .github/workflows/check.yml.')
  })

  test('policies, schemas and admission policies are changed along with projects', () => {
    committed()
    sandbox.write({ 'policies/admission/x.yaml': '# nothing\n' })
    bash(`${two}; printf '\\n' >> schemas/user.schema.json`)
    expect(diff().stdout).toContain(
      '! Policies are changed along with projects: policies/admission/x.yaml, schemas/user.schema.json.',
    )
  })
})

test('a working tree with links and folders in odd places is compared all the same', () => {
  committed()
  mkdirSync(join(sandbox.folder, '.ci'))
  symlinkSync('/nowhere', join(sandbox.folder, '.ci/x'))
  expect(diff().stdout).toContain('is changed itself: .ci/x.')
})
