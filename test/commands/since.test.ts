import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Sandbox } from './sandbox.ts'
import { makeSmallFleet, projectFiles } from './small-fleet.ts'

const rule = `rules:
  - id: two-replicas
    match: {kind: Deployment}
    expression: object.spec.replicas >= 2
    message: "\${object.metadata.name} has \${string(object.spec.replicas)}"
    blame: /spec/replicas
`
const two =
  'owner: trade\nruntime: node20\ncpu: 1\nmemory: 1Gi\nreplicas: 2\nenvironments: {test: }\n'

let sandbox: Sandbox
beforeEach(() => {
  // `order` has one replica by default, `cart` has two.
  sandbox = makeSmallFleet({ ...projectFiles('cart'), 'projects/cart/project.yaml': two })
  sandbox.bash(
    'rm projects/cart/pipeline/prod.yaml; git init -q && git add -A && git commit -qm one',
  )
})
afterEach(() => sandbox.remove())

describe('--since', () => {
  test('counts what a revision did not have, judged by the rules of today', () => {
    sandbox.write({ 'policies/base/policy.yaml': `defaults: {replicas: 1}\n${rule}` })
    expect(sandbox.sahaba(['validate']).code).toBe(3)
    const { code, stdout } = sandbox.sahaba(['validate', '--since', 'HEAD'])
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout:
        '1 error that HEAD has too is not counted; sahaba validate shows it\n' +
        '2 projects, 2 targets: nothing new is wrong\n',
    })
  })

  test('stops the next one who breaks a new rule', () => {
    sandbox.write({
      'policies/base/policy.yaml': `defaults: {replicas: 1}\n${rule}`,
      'projects/cart/project.yaml': two.replace('replicas: 2', 'replicas: 0'),
    })
    const { code, stdout } = sandbox.sahaba(['validate', '--since', 'HEAD'])
    expect(code).toBe(3)
    expect(stdout).toContain('error[rule: two-replicas]: cart has 0\n')
    expect(stdout).not.toContain('order has 1')
    expect(stdout).toContain('1 error that HEAD has too is not counted')
  })

  test('judges what was there by limits that are new', () => {
    sandbox.write({
      'policies/base/policy.yaml':
        'defaults: {replicas: 1}\nlimits: {properties: {replicas: {minimum: 2}}}\n',
    })
    expect(sandbox.sahaba(['validate']).code).toBe(3)
    expect(sandbox.sahaba(['validate', '--since', 'HEAD']).code).toBe(0)
  })

  test('does not excuse what a template does from now on', () => {
    const template = sandbox.bash('cat policies/base/deployment.yaml').stdout
    const privileged = `${template}          securityContext: {privileged: true}\n`
    sandbox.write({ 'policies/base/deployment.yaml': privileged })
    const { code, stdout } = sandbox.sahaba(['validate', '--since', 'HEAD'])
    expect(code).toBe(3)
    expect(stdout).toContain('error[unsafe-manifest: privileged]')
  })

  test('counts only the targets that a finding reaches anew', () => {
    sandbox.write({ 'policies/base/policy.yaml': `defaults: {replicas: 1}\n${rule}` })
    sandbox.bash('git commit -qam two')
    const one = two.replace('replicas: 2\n', '')
    sandbox.write({ 'projects/cart/project.yaml': one })
    const { code, stdout } = sandbox.sahaba(['validate', '--since', 'HEAD'])
    expect(code).toBe(3)
    expect(stdout).toContain('   = affects cq/test/cart\n')
  })

  test('works with every format', () => {
    sandbox.write({ 'policies/base/policy.yaml': `defaults: {replicas: 1}\n${rule}` })
    const json = sandbox.sahaba(['validate', '--since', 'HEAD', '--format', 'json'])
    expect(JSON.parse(json.stdout)).toMatchObject({ diagnostics: [] })
    const sarif = sandbox.sahaba(['validate', '--since', 'HEAD', '--format', 'sarif'])
    expect(JSON.parse(sarif.stdout).runs[0].results).toEqual([])
  })
})

describe('--policy-rev', () => {
  test('does not let a change judge itself', () => {
    sandbox.write({ 'policies/base/policy.yaml': `defaults: {replicas: 1}\n${rule}` })
    sandbox.bash('git commit -qam two')
    sandbox.write({ 'policies/base/policy.yaml': 'defaults: {replicas: 1}\n' })
    expect(sandbox.sahaba(['validate']).code).toBe(0)
    const { code, stdout, stderr } = sandbox.sahaba(['validate', '--policy-rev', 'HEAD'])
    expect(code).toBe(3)
    expect(stdout).toContain('error[rule: two-replicas]: order has 1')
    expect(stderr).toBe(
      'sahaba: policies and schemas are those of HEAD: 1 file that differs here does not count\n',
    )
  })

  test('counts layers that were added or removed, and takes the projects as they are', () => {
    sandbox.bash('rm -r policies/environment/prod')
    sandbox.write({ 'projects/cart/project.yaml': two.replace('cpu: 1', 'cpu: 3') })
    const { code, stdout, stderr } = sandbox.sahaba(['render', '--policy-rev', 'HEAD'])
    expect({ code, stdout }).toMatchObject({ code: 0 })
    expect(stderr).toContain('1 file that differs here does not count')
    expect(sandbox.sahaba(['list', '--format', 'csv']).stdout).toContain('cq/test/cart,trade,2,3')
  })
})
