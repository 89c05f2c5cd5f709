import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { commandsIn } from '../report/github-runner.ts'
import { readXml } from '../report/read-xml.ts'
import { sarifMistakes } from '../report/sarif-schema.ts'
import { makeSandbox, type Sandbox } from './sandbox.ts'
import { makeSmallFleet, projectFiles } from './small-fleet.ts'

const wrong = { 'projects/order/project.yaml': 'owner: trade\nruntime: java8\nreplcas: 3\n' }

let sandbox: Sandbox
beforeEach(() => {
  sandbox = makeSmallFleet({ ...projectFiles('shop'), ...wrong })
})
afterEach(() => sandbox.remove())

describe('--format', () => {
  test.each(['validate', 'render'])('sarif of %s is valid and alone on standard output', (name) => {
    const { code, stdout } = sandbox.sahaba([name, '--format', 'sarif'])
    expect(code).toBe(3)
    const log = JSON.parse(stdout) as { runs: [{ results: { ruleId: string }[] }] }
    expect(sarifMistakes(log)).toEqual([])
    expect(log.runs[0].results.map(({ ruleId }) => ruleId)).toEqual(['unknown-field'])
  })

  test.each(['validate', 'render'])('junit of %s is alone on standard output', (name) => {
    const { code, stdout } = sandbox.sahaba([name, '--format', 'junit'])
    expect(code).toBe(3)
    expect(readXml(stdout).attributes).toMatchObject({ failures: '1', tests: '4' })
  })

  test.each(['validate', 'render'])('github of %s annotates the file', (name) => {
    const { code, stdout, stderr } = sandbox.sahaba([name, '--format', 'github'])
    expect({ code, stderr }).toEqual({ code: 3, stderr: '' })
    const [command, ...more] = commandsIn(stdout)
    expect(more).toEqual([])
    expect(command).toMatchObject({
      name: 'error',
      properties: { file: 'projects/order/project.yaml', line: '3', title: 'unknown-field' },
    })
    expect(stdout).toContain('\nerror[unknown-field]: ')
  })

  test('github names files from the root of the Git repository', () => {
    const outer = makeSandbox()
    outer.bash(`git init -q && cp -r '${sandbox.folder}' fleet`)
    const { stdout } = outer.sahaba(['-C', 'fleet', 'validate', '--format', 'github'])
    expect(commandsIn(stdout)[0]?.properties.file).toBe('fleet/projects/order/project.yaml')
    outer.remove()
  })

  test('render writes in every format, and says so beside the report', () => {
    sandbox.bash('rm -r projects/order')
    const sarif = sandbox.sahaba(['render', '--format', 'sarif'])
    expect(sarif.stderr).toMatch(/^3 targets, 3 files written, /)
    expect(JSON.parse(sarif.stdout)).toMatchObject({ runs: [{ results: [] }] })
    const github = sandbox.sahaba(['render', '--format', 'github'])
    expect(github.stdout).toMatch(/^3 targets, 0 files written, 3 unchanged, /)
  })

  test('render --check --format github annotates what is out of date', () => {
    sandbox.bash('rm -r projects/order')
    const { code, stdout } = sandbox.sahaba(['render', '--check', '--format', 'github'])
    expect(code).toBe(2)
    expect(commandsIn(stdout)).toEqual([
      {
        name: 'error',
        properties: { title: 'out/ is out of date' },
        message: 'run sahaba render and commit out/',
      },
    ])
    expect(stdout).toContain('\nout/cq/prod/shop/deployment.yaml: is not there\n')
  })
})
