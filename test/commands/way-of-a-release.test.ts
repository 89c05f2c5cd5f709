import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeReferenceFleet, type Sandbox } from './sandbox.ts'

// From a build that is finished to its rollback: each step is one commit, whose review is as expected.

let sandbox: Sandbox
beforeAll(() => {
  sandbox = makeReferenceFleet()
}, 60_000)
afterAll(() => sandbox.remove())

const git = (line: string) => sandbox.bash(`git ${line}`).stdout
const image = (registry: string, tag: string) =>
  `registry.${registry}.example.com/trade/order-api:${tag}`
const pipeline = 'projects/order-api/pipeline'

/** Runs a command with --commit; what its review says first, and which files its commit holds. */
function step(args: readonly string[]) {
  const { code, stdout, stderr } = sandbox.sahaba([...args, '--commit', '--detail', 'summary'])
  if (code !== 0) throw new Error(`${args.join(' ')}: ${stdout}${stderr}`)
  const [, reach, risks] = stdout.split('\n')
  const [subject, , ...files] = git('show --format=%s --name-only').trim().split('\n')
  const left = git('status --short')
  return { reach, risks, subject, files, left }
}

describe('the way of a release', () => {
  test('a build is finished: it is released in test', () => {
    const built = image('cq', '2.5.0-abc')
    const args = [
      'release',
      'order-api',
      '-e',
      'test',
      '--image',
      built,
      '--build',
      'commit=abcdef01',
    ]
    expect(step([...args, '--build', 'number=900'])).toEqual({
      reach: '1 of 38 targets changes: objects 1 changed. 1 pod restarts.',
      risks: '2 decisions, by risk: 1 medium, 1 low.',
      subject: `release order-api in test: ${built}`,
      files: [`${pipeline}/test.yaml`],
      left: '',
    })
  })

  test('its commit, seen by diff, is what was shown', () => {
    const { stdout } = sandbox.sahaba(['diff', 'HEAD~1', 'HEAD', '--detail', 'summary'])
    expect(stdout.split('\n').slice(1, 3)).toEqual([
      '1 of 38 targets changes: objects 1 changed. 1 pod restarts.',
      '2 decisions, by risk: 1 medium, 1 low.',
    ])
  })

  test('it is promoted to prod, from the registry of each region', () => {
    expect(
      step(['promote', 'order-api', '--from', 'test', '--to', 'prod', '--only', 'image']),
    ).toEqual({
      reach: '2 of 38 targets change: objects 2 changed. 8 pods restart.',
      risks: '2 decisions, by risk: 2 medium.',
      subject: 'promote order-api from test to prod: image',
      files: [`${pipeline}/prod.yaml`],
      left: '',
    })
    const text = git(`show HEAD:${pipeline}/prod.yaml`)
    expect(text).toContain(`\nimage: ${image('sh', '2.5.0-abc')}\n`)
    expect(text).toContain(`\n    image: ${image('cq', '2.5.0-abc')}\n`)
  })

  test('the next one is tried out as a canary, in one region', () => {
    const next = image('cq', '2.6.0-rc1')
    expect(
      step(['canary', 'start', 'order-api', '-e', 'prod', '-r', 'cq', '--image', next]),
    ).toEqual({
      reach: '1 of 38 targets changes: objects 1 created.',
      risks: '1 decision, by risk: 1 low.',
      subject: `canary start order-api in cq/prod: ${next}`,
      files: [`${pipeline}/prod.yaml`],
      left: '',
    })
    const more = step(['canary', 'weight', 'order-api', '-e', 'prod', '-r', 'cq', '--weight', '50'])
    expect(more.reach).toBe('1 of 38 targets changes: objects 1 changed.')
  })

  test('it is finished: the canary goes and its image is what runs, in one commit', () => {
    expect(step(['canary', 'finish', 'order-api', '-e', 'prod', '-r', 'cq'])).toEqual({
      reach: '1 of 38 targets changes: objects 1 changed, 1 removed. 4 pods restart.',
      risks: '2 decisions, by risk: 1 high, 1 medium.',
      subject: 'canary finish order-api in cq/prod',
      files: [`${pipeline}/prod.yaml`],
      left: '',
    })
  })

  test('it is rolled back to what ran before the canary, byte for byte', () => {
    const { reach, subject } = step(['rollback', 'order-api', '-e', 'prod', '--steps', '3'])
    expect(reach).toBe('1 of 38 targets changes: objects 1 changed. 4 pods restart.')
    expect(subject).toMatch(/^roll back order-api in prod to [0-9a-f]{9}: /)
    expect(git(`diff HEAD~4 -- projects`)).toBe('')
  })

  test('history tells all of it, the youngest first', () => {
    const { stdout } = sandbox.sahaba(['history', 'order-api', '-e', 'prod', '--format', 'json'])
    const entries = JSON.parse(stdout) as { subject: string; pods: number }[]
    expect(entries.map(({ subject, pods }) => [subject.split(/ order-api/)[0], pods])).toEqual([
      ['roll back', 4],
      ['canary finish', 4],
      ['canary weight', 0],
      ['canary start', 0],
      ['promote', 8],
      ['the fleet', 0],
    ])
  })
})

test('what cannot be done is told', () => {
  const said = (...args: string[]) => {
    const { code, stderr } = sandbox.sahaba(args)
    return `${code} ${stderr.split('\n')[0]}`
  }
  expect(said('canary', 'abort', 'cms', '-e', 'prod')).toBe('4 error: cms has no canary in prod')
  expect(said('canary', 'start', 'cms', '-e', 'prod')).toBe(
    '4 error: say which image the canary runs: --image REFERENCE',
  )
  expect(said('rollback', 'cms', '-e', 'prod')).toBe(
    '5 error: the history of projects/cms/pipeline/prod.yaml knows no other state',
  )
  expect(said('rollback', 'cms', '-e', 'prod', '--to', 'nowhere')).toMatch(
    /^5 error: there is no commit "nowhere"/,
  )
  expect(said('history', 'cmss')).toBe('4 error: no project is called "cmss"; did you mean "cms"?')
})
