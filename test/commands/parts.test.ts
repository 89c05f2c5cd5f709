import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { few } from '../../src/commands/compile-files.ts'
import { exitCode } from '../../src/commands/exit-code.ts'
import { type Files, readFiles } from '../support/files.ts'
import type { Run, Sandbox } from './sandbox.ts'
import { makeSmallFleet, projectFiles } from './small-fleet.ts'

// So many projects that they are let go of one by one, in each part too.
const names = Array.from({ length: 2 * few + 40 }, (_, index) => `api-${index}`)
let sandbox: Sandbox
let whole: Files
const out = () => join(sandbox.folder, 'out')
const forget = () => {
  for (const path of ['out', '.sahaba', 'summary']) {
    rmSync(join(sandbox.folder, path), { recursive: true, force: true })
  }
}
const render = (...args: string[]): Run => sandbox.sahaba(['render', '--no-cache', ...args])

beforeAll(() => {
  sandbox = makeSmallFleet(Object.assign({}, ...names.map(projectFiles)))
  expect(render().code).toBe(0)
  whole = readFiles(out())
})
afterAll(() => sandbox.remove())

test('all parts together write what one run writes, and their summaries are of the whole', () => {
  forget()
  for (const part of ['1', '2']) {
    const { code } = render('--shard', `${part}/2`, '--summary', `part-${part}.json`)
    expect(code).toBe(0)
  }
  expect(readFiles(out())).toEqual(whole)
  expect(render('--check', '--shard', '1/2').code).toBe(0)
  const { code, stdout } = sandbox.sahaba(['merge-shards', 'part-1.json', 'part-2.json'])
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: '2 parts, 1,321 targets: nothing is wrong between them\n',
  })
})

test('a part that is out of date says in which files', () => {
  sandbox.write({ 'out/cq/test/api-7/deployment.yaml': '# mine\n' })
  const { code, stdout } = render('--check', '--shard', '1/1')
  expect(code).toBe(exitCode.differences)
  expect(stdout).toContain('out/cq/test/api-7/deployment.yaml: ')
  expect(render('--shard', '1/1').code).toBe(0)
  expect(readFiles(out())).toEqual(whole)
})

test('a selection by owner removes nothing of projects that it does not know', () => {
  const kept = 'out/cq/test/gone/deployment.yaml'
  sandbox.write({ [kept]: readFileSync(join(out(), 'cq/test/api-7/deployment.yaml'), 'utf8') })
  const { code, stdout } = render('--owner', 'trade')
  expect({ code, isThere: existsSync(join(sandbox.folder, kept)) }).toEqual({
    code: 0,
    isThere: true,
  })
  expect(stdout).toMatch(/ 0 files written, [\d,]+ unchanged, 0 removed/)
})

test('where something is wrong with one project, nothing is written and nothing summed up', () => {
  forget()
  const path = 'projects/api-99/project.yaml'
  sandbox.write({ [path]: `${projectFiles('api-99')[path]}replcas: 2\n` })
  const { code, stderr } = render('--shard', '1/1', '--summary', 'summary')
  expect(code).toBe(exitCode.refused)
  expect(stderr).toContain('unknown field "replcas"')
  expect(stderr).toMatch(/nothing was written\n$/)
  for (const each of ['out', '.sahaba/stage', 'summary']) {
    expect(existsSync(join(sandbox.folder, each)), each).toBe(false)
  }
  const { diagnostics } = JSON.parse(render('--shard', '1/1', '--format', 'json').stdout)
  expect(diagnostics).toHaveLength(1)
  const { code: again, stdout } = sandbox.sahaba(['validate', '--no-cache'])
  expect({ again, stdout: stdout.split('\n')[0] }).toEqual({
    again: exitCode.refused,
    stdout: stderr.split('\n').find((line) => line.startsWith('error')),
  })
})
