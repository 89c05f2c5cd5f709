import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Sandbox } from './sandbox.ts'
import { makeSmallFleet, projectFiles } from './small-fleet.ts'

const project = 'projects/cart/project.yaml'
const pipeline = 'projects/cart/pipeline/prod.yaml'
const first = projectFiles('cart')

let sandbox: Sandbox
beforeEach(() => {
  sandbox = makeSmallFleet(first)
  commit('Begin', {}, 1)
})
afterEach(() => sandbox.remove())

/** Commits all there is, at so many minutes past nine in Shanghai on a day in March. */
function commit(subject: string, files: Readonly<Record<string, string>>, minute: number): void {
  sandbox.write(files)
  const date = `2027-03-31T09:${String(minute).padStart(2, '0')}:00+08:00`
  const env = {
    GIT_COMMITTER_DATE: date,
    GIT_AUTHOR_DATE: '2001-01-01T00:00:00Z',
    SUBJECT: subject,
  }
  const { code, stderr } = sandbox.bash(
    'git init -q && git add -A && git commit -q --allow-empty -m "$SUBJECT"',
    { env },
  )
  expect(stderr).toBe('')
  expect(code).toBe(0)
}

function historyOf(...args: readonly string[]): string {
  const { code, stdout, stderr } = sandbox.sahaba(['history', ...args])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return stdout.replace(/^[0-9a-f]{9} /gm, '<id> ')
}

describe('history', () => {
  test('tells of each commit what it did, with the policies of its time', () => {
    commit('Release', { [pipeline]: 'image: registry.example.com/cart:2\n' }, 2)
    commit('Elsewhere', { 'projects/order/project.yaml': '# other\n' }, 3)
    commit('Policy', { 'policies/base/policy.yaml': 'defaults: {replicas: 2}\n' }, 4)
    const text = (first[project] ?? '').replace('prod: ', 'prod: {replicas: 5}')
    commit('More', { [project]: text }, 5)
    expect(historyOf('cart')).toBe(`<id>  2027-03-31T01:05:00Z  Test: More
  low: scale; +6 pods  (edits prod)
  test (cq)      cpu 1  memory 1Gi  replicas 2  registry.example.com/cart:1
  prod (cq, sh)  cpu 1  memory 1Gi  replicas 5  registry.example.com/cart:2

<id>  2027-03-31T01:02:00Z  Test: Release
  medium: restart of 2 pods  (edits prod)
  test (cq)      cpu 1  memory 1Gi  replicas 1  registry.example.com/cart:1
  prod (cq, sh)  cpu 1  memory 1Gi  replicas 1  registry.example.com/cart:2

<id>  2027-03-31T01:01:00Z  Test: Begin
  low: created; +3 pods  (edits all environments)
  test (cq)      cpu 1  memory 1Gi  replicas 1  registry.example.com/cart:1
  prod (cq, sh)  cpu 1  memory 1Gi  replicas 1  registry.example.com/cart:1
`)
  })

  test('looks at the environments and regions that are asked for, and goes back so many steps', () => {
    commit(
      'Test',
      { 'projects/cart/pipeline/test.yaml': 'image: registry.example.com/cart:2\n' },
      2,
    )
    commit('Prod', { [pipeline]: 'image: registry.example.com/cart:2\n' }, 3)
    commit('Comment', { [project]: `# mine\n${first[project]}` }, 4)
    const subjects = (...args: readonly string[]) => {
      return [...historyOf('cart', ...args).matchAll(/Test: (\w+)/g)].map(([, subject]) => subject)
    }
    expect(subjects()).toEqual(['Comment', 'Prod', 'Test', 'Begin'])
    expect(subjects('-e', 'prod')).toEqual(['Comment', 'Prod', 'Begin'])
    expect(subjects('-e', 'test', '--steps', '2')).toEqual(['Comment', 'Test'])
    expect(historyOf('cart', '-e', 'prod', '-r', 'sh', '--steps', '2')).toMatch(
      /Comment\n {2}nothing changes [^\n]+\n {2}prod \(sh\) [^\n]+\n\n[^\n]+Prod\n {2}medium: restart of 1 pod /,
    )
  })

  test('says which commit does not compile, and what followed', () => {
    commit('Break', { [project]: `${first[project]}replcas: 2\n` }, 2)
    commit('Mend', { [project]: `${first[project]}replicas: 2\n` }, 3)
    const text = historyOf('cart', '--steps', '2')
    expect(text).toContain('Mend\n  the one before does not compile: unknown field "replcas"')
    expect(text).toContain('Break\n  does not compile: unknown field "replcas"')
  })

  test('of a project that is gone, to its end', () => {
    sandbox.bash('git rm -rq projects/cart')
    commit('Remove', {}, 2)
    expect(historyOf('cart', '--steps', '1')).toMatch(
      /Remove\n {2}high: removed; −3 pods [^\n]+\n$/,
    )
  })

  test('of a release in the same commit as a policy, with that policy', () => {
    const files = {
      [pipeline]: 'image: registry.example.com/cart:2\n',
      'policies/base/policy.yaml': 'defaults: {replicas: 4}\n',
    }
    commit('Both', files, 2)
    expect(historyOf('cart', '--steps', '1')).toContain('high: restart of 2 pods; +9 pods')
  })

  test('as JSON', () => {
    commit('Release', { [pipeline]: 'image: registry.example.com/cart:2\n' }, 2)
    const { stdout } = sandbox.sahaba(['history', 'cart', '--format', 'json', '--steps', '1'])
    const id = sandbox.bash('git rev-parse HEAD').stdout.trim()
    const size = { cpu: '1', memory: '1Gi', replicas: 1 }
    expect(JSON.parse(stdout)).toEqual([
      {
        ...{ id, date: '2027-03-31T01:02:00Z', author: 'Test', subject: 'Release' },
        environments: ['prod'],
        states: [
          { environment: 'test', regions: ['cq'], image: 'registry.example.com/cart:1', ...size },
          {
            environment: 'prod',
            regions: ['cq', 'sh'],
            image: 'registry.example.com/cart:2',
            ...size,
          },
        ],
        effect: 'medium: restart of 2 pods',
        ...{ risk: 'medium', meaning: 'restart', pods: 2, workloadsOnEachNode: 0, compiles: true },
        sentence: expect.stringMatching(/\.$/),
      },
    ])
  })

  test('shows what people wrote so that it does no harm', () => {
    commit(
      '\u001b[2JRelease \u202e evil ghp_0123456789abcdefghijABCDEFGHIJ012345',
      { [pipeline]: 'image: r.io/cart:2\n' },
      2,
    )
    for (const format of ['table', 'json']) {
      const { stdout } = sandbox.sahaba(['history', 'cart', '--format', format])
      expect(stdout).not.toMatch(/[\u001b\u202e]|ghp_0123/)
      expect(stdout).toContain('Release ')
    }
  })

  test('of a fleet in a folder of the Git repository, from any folder', () => {
    sandbox.bash('rm -rf .git && mkdir one && mv policies projects schemas one')
    commit('Moved', {}, 2)
    const { code, stdout } = sandbox.sahaba(['-C', 'one/projects/cart', 'history', 'cart'])
    expect(code).toBe(0)
    expect(stdout).toContain('Moved\n  low: created; +3 pods')
  })
})

describe('refused is', () => {
  test.each([
    [['crat'], 'no project is called "crat"; did you mean "cart"?'],
    [['../policies'], 'no project is called "../policies"'],
    [['*'], 'no project is called "*"'],
    [['cart', '-e', 'prd'], 'no environment is called "prd"; did you mean "prod"?'],
    [['cart', '-r', 'hs'], 'no region is called "hs"'],
    [['cart', '--steps', '0'], '"0" is no number of commits'],
    [['cart', '--steps', '1e3'], '"1e3" is no number of commits'],
  ])('%j', (args, words) => {
    const { code, stdout, stderr } = sandbox.sahaba(['history', ...args])
    expect({ code, stdout }).toEqual({ code: 4, stdout: '' })
    expect(stderr).toContain(`error: ${words}`)
  })

  test('a project that is in no commit, and a folder without history', () => {
    sandbox.write(projectFiles('fresh'))
    const refused = (words: string) => {
      const { code, stdout, stderr } = sandbox.sahaba(['history', 'fresh'])
      expect({ code, stdout }).toEqual({ code: 5, stdout: '' })
      expect(stderr).toContain(words)
    }
    refused('error: fresh is in no commit yet\n')
    sandbox.bash('rm -rf .git && git init -q')
    refused('nothing is committed on this branch yet')
    sandbox.bash('rm -rf .git')
    refused('is in no Git repository')
  })

  test('what a shallow clone does not hold, and said where it ends', () => {
    commit('Release', { [pipeline]: 'image: registry.example.com/cart:2\n' }, 2)
    const { code } = sandbox.bash(
      'mkdir ../all && cp -r . ../all/ && git clone -q --depth 1 "file://$PWD" shallow && git clone -q --depth 2 "file://$PWD" two',
    )
    expect(code).toBe(0)
    const none = sandbox.sahaba(['-C', 'shallow', 'history', 'cart'])
    expect(none).toMatchObject({ code: 5, stdout: '' })
    expect(none.stderr).toContain('this shallow clone does not hold the history of cart')
    expect(none.stderr).toContain('--unshallow')
    const two = sandbox.sahaba(['-C', 'two', 'history', 'cart'])
    expect(two.code).toBe(0)
    expect(two.stdout).toContain('Release\n  medium: restart of 2 pods')
    expect(two.stdout).not.toContain('Begin')
    expect(two.stderr).toContain('does not hold the history of older commits')
  })
})
