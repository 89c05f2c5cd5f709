import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Sandbox } from '../commands/sandbox.ts'
import { makeSmallFleet } from '../commands/small-fleet.ts'
import { expectRefused, expectWellBehaved, measured } from './measured.ts'

// T22 and T23: whatever is printed, nobody else decides what a terminal or a CI system makes of it.

const hostile =
  '\u001b[2J\u001b]8;;http://evil.example\u0007x\u009b31m\u202e\r\n::error::x ##vso[task.x]y'
const formats = ['pretty', 'json', 'sarif', 'github', 'junit']

let sandbox: Sandbox
beforeAll(() => {
  sandbox = makeSmallFleet()
  sandbox.bash('git init -q && git add -A && git commit -qm x')
})
afterAll(() => sandbox.remove())

describe('on the command line', () => {
  test.each([
    [4, [hostile]],
    [4, ['render', `--${hostile}`]],
    [4, ['render', '--format', hostile]],
    [4, ['validate', '--project', hostile]],
    [4, ['explain', hostile]],
    [4, ['explain', `cq/test/order${hostile}`]],
    [4, ['explain', 'cq/test/order', hostile]],
    [4, ['explain', 'cq/test/order', 'deployment.yaml', `/${hostile}`]],
    [4, ['new', hostile]],
    [4, ['new', 'shop', '--set', hostile]],
    [4, ['render', '-p', 'order', '-e', 'test', '--pipeline', `/nowhere/${hostile}`]],
    [5, ['validate', '--rev', hostile]],
    [5, ['-C', `/nowhere/${hostile}`, 'validate']],
  ])('%i for %j', (code, args) => {
    const run = measured(sandbox, args)
    expect(run.code).toBe(code)
    expectWellBehaved(run)
  })
})

describe('in files', () => {
  const line = '"::add-mask::x" # ##vso[task.setvariable variable=a]b ##[add-mask]c'
  const files: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    'a value': {
      'projects/order/project.yaml': `owner: trade\nruntime: ${JSON.stringify(hostile)}\n`,
    },
    'a key': { 'projects/order/project.yaml': `${JSON.stringify(hostile)}: x\n` },
    'raw in the text': { 'projects/order/project.yaml': `# ${hostile}\nowner: trade\n` },
    'a value that is shown': {
      'projects/order/project.yaml': `owner: trade\nruntime: ${line}\nenvironments: {test: }\n`,
    },
    'a name': { [`projects/x${hostile.replaceAll('/', '')}/project.yaml`]: 'owner: trade\n' },
    'a stray file': { [`projects/order/${hostile.replaceAll('/', '')}.yaml`]: 'a: 1\n' },
    'a layer': { [`policies/${hostile.replaceAll('/', '')}/policy.yaml`]: 'a: 1\n' },
    'a block of text': {
      'projects/order/project.yaml': 'owner: trade\ntags: |\n  ::error::x\n  ##[error]y\n',
    },
  }

  test.each(Object.keys(files))('%s', (kind) => {
    const broken = makeSmallFleet(files[kind])
    try {
      if (kind !== 'a layer') expectRefused(broken)
      for (const format of formats) {
        const run = measured(broken, ['validate', '--format', format])
        expectWellBehaved(run)
        expect(run.stdout).not.toBe('')
      }
    } finally {
      broken.remove()
    }
  })
})

test('values of honest files are shown as they are', () => {
  const image = 'image: registry.example.com/order:1\n'
  const fleet = makeSmallFleet({
    'projects/order/pipeline/test.yaml': `${image}domains: ["订单 é 🙂"]\n`,
  })
  const { stdout } = measured(fleet, ['list'])
  expect(stdout).toContain('registry.example.com/order:1')
  fleet.remove()
})
