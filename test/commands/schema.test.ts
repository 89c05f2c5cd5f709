import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Sandbox } from './sandbox.ts'
import { makeSmallFleet } from './small-fleet.ts'

let sandbox: Sandbox
beforeAll(() => {
  sandbox = makeSmallFleet()
})
afterAll(() => sandbox.remove())

describe('schema', () => {
  test('--check fails with 2 until they are written, and after a change of what they follow from', () => {
    const stale = sandbox.sahaba(['schema', '--check'])
    expect(stale.code).toBe(2)
    expect(stale.stdout).toContain('schemas/project.schema.json is out of date\n')

    const written = sandbox.sahaba(['schema'])
    expect(written.code).toBe(0)
    expect(written.stdout).toContain('wrote schemas/project.schema.json\n')
    expect(sandbox.sahaba(['schema']).stdout).toBe('the derived schemas are up to date\n')
    expect(sandbox.sahaba(['schema', '--check']).code).toBe(0)
    expect(sandbox.sahaba(['validate']).code).toBe(0)

    const path = join(sandbox.folder, 'schemas/user.schema.json')
    writeFileSync(path, readFileSync(path, 'utf8').replace('"tags"', '"labels"'))
    expect(sandbox.sahaba(['schema', '--check']).code).toBe(2)
  })
})

describe('complete', () => {
  test.each(['bash', 'zsh', 'fish', 'powershell'])('writes a script for %s', (shell) => {
    const { code, stdout } = sandbox.sahaba(['complete', shell])
    expect(code).toBe(0)
    expect(stdout).toContain('sahaba')
  })

  test('proposes commands and options', () => {
    const { stdout } = sandbox.bash('sahaba complete -- re')
    expect(stdout).toContain('render')
    expect(sandbox.bash('sahaba complete -- render --').stdout).toContain('--check')
  })
})
