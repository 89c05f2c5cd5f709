import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeSandbox, type Sandbox } from './sandbox.ts'
import { makeSmallFleet } from './small-fleet.ts'

let sandbox: Sandbox
let empty: Sandbox
beforeAll(() => {
  sandbox = makeSmallFleet()
  empty = makeSandbox()
})
afterAll(() => {
  sandbox.remove()
  empty.remove()
})

describe('exit status', () => {
  test.each([
    [[]],
    [['frobnicate']],
    [['render', '--frobnicate']],
    [['render', 'order']],
    [['list', '--format', 'xml']],
    [['render', '--rev', 'HEAD']],
    [['validate', '--project']],
    [['explain']],
    [['explain', 'order']],
    [['explain', 'cq/test/nobody']],
    [['explain', 'sh/test/order']],
    [['explain', 'cq/test/order', 'deploymnt.yaml']],
    [['explain', 'cq/test/order', 'deployment.yaml', 'spec']],
    [['explain', 'cq/test/order', 'deployment.yaml', '/spec/replica']],
    [['explain', 'out/cq/test/order/deployment.yaml:999']],
    [['new', 'shop', '--set', 'owner']],
  ])('4 for wrong use: %j', (args) => {
    const { code, stdout, stderr } = sandbox.sahaba(args)
    expect({ code, stdout }).toEqual({ code: 4, stdout: '' })
    expect(stderr).not.toBe('')
    expect(stderr).not.toMatch(/^ +at /m)
  })

  test('4 where no repository is, with three ways out', () => {
    const { code, stderr } = empty.sahaba(['render'])
    expect(code).toBe(4)
    expect(stderr).toMatch(/^error: no policies\/fleet\.yaml in .* or a folder above it\n/)
    expect(stderr).toContain('begin one with "sahaba init"')
  })

  test('5 where the folder of -C is missing', () => {
    expect(empty.sahaba(['-C', 'nowhere', 'render']).code).toBe(5)
  })

  test('3 for refused input, from every command that compiles', () => {
    const broken = makeSmallFleet({ 'projects/order/project.yaml': 'owner: trade\ncpu: fast\n' })
    for (const args of [
      ['validate'],
      ['render'],
      ['render', '--check'],
      ['list'],
      ['explain', 'cq/test/order'],
    ]) {
      expect(broken.sahaba(args).code).toBe(3)
    }
    const { code, stdout } = broken.sahaba(['validate', '--format', 'json'])
    expect(code).toBe(3)
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: { id: string; line: number }[] }
    expect(diagnostics).toMatchObject([
      { id: 'bad-quantity', path: 'projects/order/project.yaml', line: 2, column: 6, text: 'fast' },
    ])
    broken.remove()
  })

  test('0 for where a field comes from, be what is rendered right or wrong', () => {
    const policy =
      'defaults: {replicas: 1}\nrules: [{id: many, expression: object.spec.replicas > 9, message: few}]\n'
    const broken = makeSmallFleet({ 'policies/base/policy.yaml': policy })
    expect(broken.sahaba(['validate']).code).toBe(3)
    const run = broken.sahaba(['explain', 'cq/test/order', 'deployment.yaml', '/spec/replicas'])
    expect(run.code).toBe(0)
    expect(run.stdout).toContain('/spec/replicas = 1')
    broken.remove()
  })

  test('0 for help and version, on standard output', () => {
    for (const args of [
      ['--help'],
      ['help', 'render'],
      ['render', '--help'],
      ['-V'],
      ['--version'],
    ]) {
      const { code, stdout, stderr } = empty.sahaba(args)
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      expect(stdout).not.toBe('')
    }
  })

  test('warnings alone are no failure', () => {
    const waiting = makeSmallFleet({
      'projects/order/project.yaml':
        'owner: trade\nruntime: java8\ncpu: 1\nmemory: 1Gi\nenvironments: {test: , prod: }\n',
    })
    const { code, stdout } = waiting.sahaba(['validate'])
    expect(code).toBe(0)
    expect(stdout).toContain('warning[pending]')
    expect(stdout).toContain('1 project, 3 targets (2 not released yet)')
    waiting.remove()
  })
})
