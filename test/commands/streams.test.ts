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
