import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Sandbox } from '../commands/sandbox.ts'
import { makeSmallFleet } from '../commands/small-fleet.ts'
import { expectRefused, expectWellBehaved, measured, treeOf } from './measured.ts'

const target = 'owner: secret-of-another-file\n'
let sandbox: Sandbox
const at = (path: string) => join(sandbox.folder, path)
beforeEach(() => {
  sandbox = makeSmallFleet({ 'elsewhere.txt': target })
  sandbox.sahaba(['render'])
})
afterEach(() => sandbox.remove())

function replaced(path: string): string {
  rmSync(at(path), { recursive: true })
  return at(path)
}

describe('T6 what is no regular file is refused, and not read', () => {
  const project = 'projects/order/project.yaml'
  const ways: Readonly<Record<string, () => unknown>> = {
    'a link to a file': () => symlinkSync(at('elsewhere.txt'), replaced(project)),
    'a link out of the repository': () => symlinkSync('/etc/passwd', replaced(project)),
    'a link to a device': () => symlinkSync('/dev/zero', replaced(project)),
    'a link to itself': () => symlinkSync('project.yaml', replaced(project)),
    'a folder that is a link': () => symlinkSync('..', replaced('projects/order')),
    'all projects in a link': () => symlinkSync('policies', replaced('projects')),
    'a pipe': () => execFileSync('mkfifo', [replaced(project)]),
    'a folder with the name of a file': () => mkdirSync(replaced(project)),
  }

  test.each(Object.keys(ways))('%s', (way) => {
    ways[way]?.()
    const { stderr } = expectRefused(sandbox)
    expect(stderr).toMatch(
      /error\[unreadable-file\]: projects\S* (?:is a symbolic link|is no regular file|is a folder)/,
    )
    expect(stderr).not.toContain('secret-of-another-file')
    expect(stderr).not.toContain('root:')
  })

  test('a socket', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(replaced(project), resolve))
    expect(expectRefused(sandbox).stderr).toContain('is no regular file')
    await new Promise((resolve) => server.close(resolve))
  })

  test('regular files are read', () => {
    expect(measured(sandbox, ['render', '--check']).code).toBe(0)
  })
})

describe('T6 nothing is written through a link', () => {
  const outside = () => at('outside')

  test.each(['out', 'out/cq', 'out/cq/test/order'])('%s is one', (path) => {
    mkdirSync(outside())
    symlinkSync(outside(), replaced(path))
    const run = measured(sandbox, ['render'])
    expectWellBehaved(run)
    expect(run.code).toBe(5)
    expect(run.stderr).toContain(path)
    expect(treeOf(outside())).toEqual({})
  })

  test('a rendered file is one', () => {
    symlinkSync(at('elsewhere.txt'), replaced('out/cq/test/order/deployment.yaml'))
    const run = measured(sandbox, ['render'])
    expectWellBehaved(run)
    expect(treeOf(sandbox.folder)['elsewhere.txt']).toBe(target)
  })
})
