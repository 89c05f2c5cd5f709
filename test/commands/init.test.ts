import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { makeSandbox, repositoryRoot, type Sandbox } from './sandbox.ts'

let sandbox: Sandbox
afterEach(() => sandbox.remove())

describe('init', () => {
  test('makes a repository that validates and renders; a second render writes nothing', () => {
    sandbox = makeSandbox()
    const made = sandbox.sahaba(['init'])
    expect(made).toMatchObject({ code: 0, stderr: '' })
    expect(made.stdout).toMatch(/^wrote \d+ files: policies, schemas, projects\/shop-web\n/)

    const validated = sandbox.sahaba(['validate'])
    expect(validated).toMatchObject({ code: 0, stderr: '' })
    expect(validated.stdout).toBe('1 project, 2 targets: nothing is wrong\n')

    const first = sandbox.sahaba(['render'])
    expect(first).toMatchObject({ code: 0, stderr: '' })
    expect(first.stdout).toMatch(/^2 targets, [1-9]\d* files written, 0 unchanged, 0 removed, /)
    const second = sandbox.sahaba(['render'])
    expect(second).toMatchObject({ code: 0, stderr: '' })
    expect(second.stdout).toMatch(/^2 targets, 0 files written, [1-9]\d* unchanged, 0 removed, /)
    expect(sandbox.sahaba(['render', '--check']).code).toBe(0)
    expect(sandbox.sahaba(['schema', '--check']).code).toBe(0)
  })

  test('says to editors which schema is for which file, as this repository does', () => {
    sandbox = makeSandbox()
    sandbox.sahaba(['init'])
    const path = '.vscode/settings.json'
    const settings = readFileSync(join(sandbox.folder, path), 'utf8')
    expect(settings).toBe(readFileSync(join(repositoryRoot, path), 'utf8'))
    const schemas = (JSON.parse(settings) as Record<string, object>)['yaml.schemas'] ?? {}
    expect(Object.values(schemas)).toEqual([
      'policies/fleet.yaml',
      'policies/**/policy.yaml',
      'projects/*/project.yaml',
      'projects/*/pipeline/*.yaml',
    ])
    for (const schema of Object.keys(schemas)) {
      expect(existsSync(join(sandbox.folder, schema)), schema).toBe(true)
    }
  })

  test('has pull requests reviewed, by the workflows as they are to be copied', () => {
    sandbox = makeSandbox()
    sandbox.sahaba(['init'])
    for (const name of ['review.yaml', 'comment.yaml']) {
      const text = readFileSync(join(sandbox.folder, '.github/workflows', name), 'utf8')
      expect(text).toBe(readFileSync(join(repositoryRoot, 'docs/ci/github', name), 'utf8'))
    }
    expect(sandbox.sahaba(['codeowners']).stdout).toBe('wrote .github/CODEOWNERS\n')
    expect(sandbox.sahaba(['codeowners', '--check']).code).toBe(0)
  })

  test('makes the folder it is given, and says how to go there', () => {
    sandbox = makeSandbox()
    const { code, stdout } = sandbox.sahaba(['init', 'deep/fleet'])
    expect(code).toBe(0)
    expect(stdout).toContain('\n  cd deep/fleet\n')
    expect(sandbox.sahaba(['-C', 'deep/fleet', 'validate']).code).toBe(0)
  })

  test('runs as if started in the folder of -C', () => {
    sandbox = makeSandbox({ 'there/README.md': 'mine\n' })
    expect(sandbox.sahaba(['-C', 'there', 'init']).code).toBe(0)
    expect(existsSync(join(sandbox.folder, 'there/policies/fleet.yaml'))).toBe(true)
    expect(existsSync(join(sandbox.folder, 'policies'))).toBe(false)
  })

  test('refuses where a repository is already', () => {
    sandbox = makeSandbox({ 'policies/fleet.yaml': 'version: 1\n' })
    const { code, stdout, stderr } = sandbox.sahaba(['init'])
    expect({ code, stdout }).toEqual({ code: 4, stdout: '' })
    expect(stderr).toBe('error: this folder is a Sahaba repository already\n')
    expect(sandbox.sahaba(['init', '.']).code).toBe(4)
  })

  test('writes nothing at all over a file that is in the way', () => {
    sandbox = makeSandbox({ 'schemas/user.schema.json': '{}' })
    const { code, stderr } = sandbox.sahaba(['init'])
    expect(code).toBe(4)
    expect(stderr).toContain('schemas/user.schema.json exists already')
    expect(existsSync(join(sandbox.folder, 'policies'))).toBe(false)
  })
})

describe('new', () => {
  test('writes a project.yaml that the schema knows, with the values it was given', () => {
    sandbox = makeSandbox()
    sandbox.sahaba(['init'])
    const args = ['new', 'checkout', '--set', 'owner=shop', '--set', 'runtime=node20']
    const { code, stdout } = sandbox.sahaba([...args, '--set', 'description=Paying'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^wrote projects\/checkout\/project\.yaml\n/)
    const text = readFileSync(join(sandbox.folder, 'projects/checkout/project.yaml'), 'utf8')
    expect(text).toContain('\nowner: shop\n')
    expect(text).toContain('\nruntime: node20\n')

    const { stdout: listed } = sandbox.sahaba(['list', '--project', 'checkout'])
    expect(listed).toContain('pending')
    expect(sandbox.sahaba([...args]).stderr).toContain('exists already')
  })

  test.each(['Checkout', '1st', 'a_b', '../x', 'x'.repeat(64), ''])(
    'refuses the name "%s"',
    (name) => {
      sandbox = makeSandbox({ 'policies/fleet.yaml': 'version: 1\n' })
      const { code, stderr } = sandbox.sahaba(['new', name])
      expect(code).toBe(4)
      expect(stderr).toContain(`"${name}" is no name for a project`)
      expect(existsSync(join(sandbox.folder, 'projects'))).toBe(false)
    },
  )
})
