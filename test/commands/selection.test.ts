import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Sandbox } from './sandbox.ts'
import { makeSmallFleet, projectFiles } from './small-fleet.ts'

let sandbox: Sandbox
beforeAll(() => {
  sandbox = makeSmallFleet({ ...projectFiles('order-api'), ...projectFiles('order-web') })
})
afterAll(() => sandbox.remove())

function targets(...args: string[]): string[] {
  const { code, stdout } = sandbox.sahaba(['list', '--format', 'json', ...args])
  expect(code).toBe(0)
  return (JSON.parse(stdout) as { target: string }[]).map(({ target }) => target)
}

describe('selection', () => {
  test('takes globs, and several patterns of one kind as alternatives', () => {
    expect(targets('--project', 'order-*', '-e', 'test')).toEqual([
      'cq/test/order-api',
      'cq/test/order-web',
    ])
    expect(targets('-p', '*-api', '-p', 'order', '--environment', 't*')).toEqual([
      'cq/test/order',
      'cq/test/order-api',
    ])
    expect(targets('--region', 's*', '--owner', 'tr*')).toEqual([
      'sh/prod/order-api',
      'sh/prod/order-web',
    ])
  })

  test('a name that fits nothing is wrong use, with a proposal', () => {
    for (const [args, message] of [
      [['-p', 'order-ap'], 'no project is called "order-ap"; did you mean "order-api"?'],
      [['-e', 'tset'], 'no environment is called "tset"; did you mean "test"?'],
      [['-r', 'bj*'], 'no region is called "bj*"'],
      [['-o', 'trde'], 'no owner is called "trde"; did you mean "trade"?'],
    ] as const) {
      const { code, stdout, stderr } = sandbox.sahaba(['validate', ...args])
      expect({ code, stdout }).toEqual({ code: 4, stdout: '' })
      expect(stderr).toMatch(`error: ${message}`)
    }
  })

  test('-C runs as if started there, or anywhere below the root', () => {
    const { stdout } = sandbox.bash('cd / && sahaba -C "$OLDPWD/policies/base" list --format csv')
    expect(stdout.split('\r\n')).toHaveLength(9)
  })
})

describe('--pipeline', () => {
  const released = 'image: registry.example.com/order-api:2\n'
  const image = () => {
    const path = join(sandbox.folder, 'out/cq/test/order-api/deployment.yaml')
    return /image: (.*)/.exec(readFileSync(path, 'utf8'))?.[1]
  }

  test('- reads standard input and lays it over what is committed', () => {
    const args = ['render', '-p', 'order-api', '-e', 'test', '--pipeline', '-']
    const { code, stdout } = sandbox.sahaba(args, { input: released })
    expect(code).toBe(0)
    expect(stdout).toMatch(/^1 target, 1 file written, /)
    expect(image()).toBe('registry.example.com/order-api:2')
  })

  test('takes a file', () => {
    sandbox.write({ 'build.yaml': released.replace(':2', ':3') })
    const args = ['render', '-p', 'order-api', '-e', 'test', '--pipeline', 'build.yaml']
    expect(sandbox.sahaba(args).code).toBe(0)
    expect(image()).toBe('registry.example.com/order-api:3')
  })

  test('a mistake in it is refused and named', () => {
    const args = ['validate', '-p', 'order-api', '-e', 'test', '--pipeline', '-']
    const { code, stdout } = sandbox.sahaba(args, { input: 'imag: x\n' })
    expect(code).toBe(3)
    expect(stdout).toContain('--> (standard input):1:1')
  })

  test('is wrong use for more than one project and environment, or without the file', () => {
    expect(sandbox.sahaba(['render', '--pipeline', '-']).code).toBe(4)
    expect(sandbox.sahaba(['render', '-p', 'order*', '-e', 'test', '--pipeline', '-']).code).toBe(4)
    const args = ['render', '-p', 'order', '-e', 'test', '--pipeline', 'nowhere.yaml']
    const { code, stderr } = sandbox.sahaba(args)
    expect(code).toBe(4)
    expect(stderr).toContain('cannot read nowhere.yaml')
  })
})
