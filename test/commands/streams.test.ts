import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Sandbox } from './sandbox.ts'
import { makeSmallFleet, projectFiles } from './small-fleet.ts'

const size = 150
let sandbox: Sandbox
let large: Sandbox
beforeAll(() => {
  sandbox = makeSmallFleet()
  const projects = Array.from({ length: size }, (_, index) => projectFiles(`project-${index}`))
  large = makeSmallFleet(Object.assign({}, ...projects))
})
afterAll(() => {
  sandbox.remove()
  large.remove()
})

describe('standard output', () => {
  test('arrives whole through a pipe, however large', () => {
    const { stdout } = large.bash('sahaba list --format json | (sleep 1; cat)')
    expect(stdout.length).toBeGreaterThan(65_536)
    expect(JSON.parse(stdout)).toHaveLength(3 * size + 1)
  })

  test('arrives whole through a pipe, also 10 MB to a reader who dawdles', () => {
    const fields = Array.from({ length: 4_500 }, (_, index) => `x${index}: 1\n`)
    const projects = Array.from({ length: 6 }, (_, index) => `projects/wrong-${index}/project.yaml`)
    const wrong = makeSmallFleet(
      Object.fromEntries(projects.map((path) => [path, `owner: trade\n${fields.join('')}`])),
    )
    const { stdout } = wrong.bash('sahaba validate --format json | (sleep 2; cat)')
    wrong.remove()
    expect(stdout.length).toBeGreaterThan(10_000_000)
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: readonly { id: string }[] }
    expect(diagnostics.filter(({ id }) => id === 'unknown-field')).toHaveLength(6 * 4_500)
  })

  // Node then opens /dev/null in its place: that cannot be told from one who asked for that.
  test('that is closed makes no stack trace', () => {
    const { code, stdout, stderr } = sandbox.bash('sahaba list >&-')
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '', stderr: '' })
    expect(sandbox.bash('sahaba list 2>&-').stdout).toMatch(/^TARGET /)
    expect(sandbox.bash('sahaba frobnicate 2>&-').code).toBe(4)
    expect(sandbox.bash('sahaba list <&- >&- 2>&-').code).toBe(0)
  })

  // Only Linux has a file that is always full.
  test
    .skipIf(!existsSync('/dev/full'))
    .each([
      'list',
      'validate',
      'render',
      'render --check',
      'explain cq/test/order deployment.yaml',
      'help render',
      '--version',
    ])('to a full disk is no success: %s', (command) => {
    const { code, stderr } = sandbox.bash(`sahaba ${command} > /dev/full`)
    expect(stderr).toMatch(/^error: cannot write the output: /m)
    expect(stderr).not.toMatch(/^ +at /m)
    expect(code).toBe(5)
  })

  test.each(['list --format json', 'validate', 'help render', 'complete bash', '--version'])(
    'to a reader who has gone away is no failure: %s',
    (command) => {
      const { stderr } = sandbox.bash(
        `{ sleep 0.2; sahaba ${command}; echo "ended with $?" >&2; } | true`,
      )
      expect(stderr).toBe('ended with 0\n')
    },
  )

  test('to a reader who stops after the first line is no failure', () => {
    const { stdout, stderr } = large.bash('{ sahaba list; echo "ended with $?" >&2; } | head -1')
    expect(stdout).toMatch(/^TARGET /)
    expect(stderr).toBe('ended with 0\n')
  })
})

describe('colours', () => {
  const startOfColor = '\x1b'

  test('are not used in a pipe', () => {
    expect(sandbox.sahaba(['list']).stdout).not.toContain(startOfColor)
  })

  test('are used where they are asked for, and NO_COLOR is stronger', () => {
    const args = ['list']
    expect(sandbox.sahaba(args, { env: { FORCE_COLOR: '1' } }).stdout).toContain(startOfColor)
    const env = { FORCE_COLOR: '1', NO_COLOR: '1' }
    expect(sandbox.sahaba(args, { env }).stdout).not.toContain(startOfColor)
  })
})

const hasScript = spawnSync('script', ['-qec', 'true', '/dev/null']).status === 0

describe.skipIf(!hasScript)('on a terminal', () => {
  const startOfColor = '\x1b'
  const onTerminal = (command: string, env: Readonly<Record<string, string>> = {}) => {
    const { stdout } = large.bash(`script -qec '${command}' /dev/null`, { env })
    return stdout.replaceAll('\r\n', '\n')
  }

  test('there are colours', () => {
    expect(onTerminal('sahaba list', { TERM: 'xterm' })).toContain(startOfColor)
  })

  test.each([{ NO_COLOR: '1', CI: '1', TERM: 'xterm' }, { TERM: 'dumb' }])(
    'but %j is as into a pipe',
    (env) => {
      const { stdout } = large.bash('sahaba list 2>&1')
      expect(onTerminal('sahaba list', env)).toBe(stdout)
    },
  )

  test('of 20 columns nothing is cut or folded', () => {
    const wide = onTerminal('stty cols 200; sahaba list', { TERM: 'dumb' })
    expect(onTerminal('stty cols 20; sahaba list', { TERM: 'dumb' })).toBe(wide)
  })

  test('nobody is asked anything', () => {
    expect(onTerminal('sahaba new checkout </dev/tty; echo "ended with $?"')).toContain(
      'ended with',
    )
  })
})
