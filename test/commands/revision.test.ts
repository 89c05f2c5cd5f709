import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Sandbox } from './sandbox.ts'
import { makeSmallFleet } from './small-fleet.ts'

let sandbox: Sandbox
beforeAll(() => {
  sandbox = makeSmallFleet()
})
afterAll(() => sandbox.remove())

describe('--rev', () => {
  test('is a matter of the environment where there is no Git repository', () => {
    const { code, stderr } = sandbox.sahaba(['list', '--rev', 'HEAD'])
    expect(code).toBe(5)
    expect(stderr).toMatch(/^error: .* is in no Git repository, so it has no revisions\n/)
  })

  test('reads a revision, not the working tree', () => {
    sandbox.bash('git init -q && git add -A && git commit -qm one && git tag v1')
    sandbox.bash("perl -pi -e 's/cpu: 1/cpu: 2/' projects/order/project.yaml")
    const csv = (...args: string[]) => sandbox.sahaba(['list', '--format', 'csv', ...args]).stdout
    expect(csv('--rev', 'v1')).toContain('cq/test/order,trade,1,1,1Gi,released,')
    expect(csv()).toContain('cq/test/order,trade,1,2,1Gi,released,')
    expect(sandbox.sahaba(['validate', '--rev', 'HEAD']).code).toBe(0)
    const question = ['cq/test/order', 'deployment.yaml', '/spec/replicas', '--rev', 'v1']
    expect(sandbox.sahaba(['explain', ...question]).stdout).toContain('/spec/replicas = 1')
  })

  test.each(['nowhere', '--output=x', 'HEAD~99', 'v1..HEAD', ''])('refuses "%s" with 5', (name) => {
    const { code, stdout, stderr } = sandbox.sahaba(['list', `--rev=${name}`])
    expect({ code, stdout }).toEqual({ code: 5, stdout: '' })
    expect(stderr).toMatch(/^error: /)
  })
})
