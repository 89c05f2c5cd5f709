import { createHmac } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Run, Sandbox } from './sandbox.ts'
import { makeSmallFleet, projectFiles } from './small-fleet.ts'

let sandbox: Sandbox
beforeEach(() => {
  sandbox = makeSmallFleet({ ...projectFiles('cart'), ...projectFiles('stock') })
})
afterEach(() => sandbox.remove())

const output = 'out/cq/test/cart/deployment.yaml'
const input = 'projects/cart/project.yaml'
const at = (path: string) => join(sandbox.folder, path)
const read = (path: string) => readFileSync(at(path), 'utf8')
const key = 'a key that is long enough'
const render = (...args: string[]) => {
  return sandbox.sahaba(['render', ...args], { env: { SAHABA_CACHE_KEY: key } })
}

/** What a run said, without how long it took. */
function said({ code, stdout, stderr }: Run): string {
  return `${code} ${stdout}${stderr}`.replace(/\d+\.\d\d s/, '')
}

/** Whether a run compiled anything, told by a stage of its timing. */
function compiled({ stderr }: Run): boolean {
  return stderr.includes('resolve')
}

describe('what earlier runs found out', () => {
  test('is used: nothing is compiled where nothing changed', () => {
    const first = render('--timing')
    expect(compiled(first)).toBe(true)
    const again = render('--timing')
    expect(compiled(again)).toBe(false)
    expect(again.stdout).toMatch(/^7 targets, 0 files written, 7 unchanged, 0 removed/)
    expect(sandbox.bash('git init -q && git add -A && git status --short').stdout).not.toContain(
      '.sahaba',
    )
  })

  test.each(['render', 'validate'])('is not used where %s tells of each target', (command) => {
    render()
    const given = [command, '--format', 'junit']
    const known = sandbox.sahaba(given, { env: { SAHABA_CACHE_KEY: key } }).stdout
    expect(known.match(/<testcase /g)).toHaveLength(7)
    expect(known).toBe(sandbox.sahaba([...given, '--no-cache']).stdout)
  })

  test('is told like what was just found out', () => {
    render()
    sandbox.write({ 'projects/stock/project.yaml': 'owner: nobody\nenvironments: {test: }\n' })
    sandbox.write({ [input]: `${read(input)}cpu: "100"\n` })
    expect(said(render())).toBe(said(render('--no-cache')))
    expect(said(sandbox.sahaba(['validate']))).toBe(
      said(sandbox.sahaba(['validate', '--no-cache'])),
    )
  })

  test('does not hide a change of out/, though size and times are as they were', async () => {
    render()
    render()
    // So that the file is old enough to be known by its looks.
    await sleep(100)
    render()
    const { atime, mtime } = statSync(at(output))
    const was = read(output)
    writeFileSync(at(output), was.replace('replicas: 1', 'replicas: 9'))
    utimesSync(at(output), atime, mtime)
    expect(read(output)).not.toBe(was)
    const check = render('--check')
    expect(check.code).toBe(2)
    expect(check.stdout).toContain(`${output}: line`)
    expect(render().stdout).toContain('1 file written')
    expect(read(output)).toBe(was)
  })

  test('brings back what is missing in out/, and takes away what is too much', () => {
    render()
    const was = read(output)
    rmSync(at('out/cq/test/cart'), { recursive: true })
    sandbox.write({ 'out/cq/test/gone/service.yaml': was })
    expect(render('--check').code).toBe(2)
    expect(render().stdout).toMatch(/1 file written, 6 unchanged, 1 removed/)
    expect(read(output)).toBe(was)
    expect(existsSync(at('out/cq/test/gone'))).toBe(false)
  })

  test('of one project does not count when its files change, of the others it does', () => {
    render()
    sandbox.write({ [input]: read(input).replace('cpu: 1', 'cpu: 2') })
    const run = render('--format', 'json')
    expect(JSON.parse(run.stdout).targets).toBe(7)
    expect(compiled(render('--timing'))).toBe(false)
    expect(render('--check', '--no-cache').code).toBe(0)
  })

  test('by validate serves render, and the other way round', () => {
    expect(sandbox.sahaba(['validate']).stdout).toBe('3 projects, 7 targets: nothing is wrong\n')
    expect(sandbox.sahaba(['render']).stdout).toContain('7 files written')
    expect(sandbox.sahaba(['validate']).stdout).toBe('3 projects, 7 targets: nothing is wrong\n')
    expect(sandbox.sahaba(['render', '--check']).code).toBe(0)
  })

  test('is proved right by --verify', () => {
    render()
    sandbox.write({ [input]: `${read(input)}# more\n` })
    const run = render('--verify')
    expect(said(run)).toMatch(/^0 7 targets, 0 files written/)
  })
})

describe('what earlier runs found out about the project that is named', () => {
  const named = (...args: string[]) => render('--project', 'cart', ...args)

  test('is used: it is not compiled where it is as it was', () => {
    render()
    const run = named('--timing')
    expect(compiled(run)).toBe(false)
    expect(run.stdout).toMatch(/^3 targets, 0 files written, 3 unchanged, 0 removed/)
    expect(said(run).split('start')[0]).toBe(said(named('--no-cache')))
    const validated = sandbox.sahaba(['validate', '-p', 'cart'], {
      env: { SAHABA_CACHE_KEY: key },
    })
    expect(validated.stdout).toBe('1 project, 3 targets: nothing is wrong\n')
  })

  test('is not used where it, a policy or a schema has changed, or several are named', () => {
    render()
    expect(compiled(named('--timing', '--project', 'stock'))).toBe(true)
    expect(compiled(named('--timing', '--environment', 'test'))).toBe(true)
    expect(compiled(named('--timing', '--no-cache'))).toBe(true)
    const policy = 'policies/base/deployment.yaml'
    for (const path of [input, policy, 'policies/fleet.yaml']) {
      const was = read(path)
      sandbox.write({ [path]: `${was}# more\n` })
      expect(compiled(named('--timing'))).toBe(true)
      sandbox.write({ [path]: was })
      expect(compiled(named('--timing'))).toBe(false)
    }
  })

  test('does not hide what others changed in out/, and leaves their projects alone', () => {
    render()
    const was = read(output)
    sandbox.write({
      [output]: was.replace('replicas: 1', 'replicas: 9'),
      'out/cq/test/stock/deployment.yaml': was,
      'out/sh/test/cart/deployment.yaml': was,
    })
    const check = named('--check')
    expect(check.code).toBe(2)
    expect(check.stdout).toContain(`${output}: line`)
    expect(check.stdout).not.toContain('stock')
    expect(named().stdout).toMatch(/1 file written, 2 unchanged, 1 removed/)
    expect(read(output)).toBe(was)
  })

  test('is not used where something was said of what all share', () => {
    sandbox.write({ 'policies/runtimes/go/policy.yaml': 'description: Go.\n' })
    expect(render().stderr).toContain('warning')
    expect(compiled(named('--timing'))).toBe(true)
    rmSync(at('policies/runtimes'), { recursive: true })
    render()
    expect(compiled(named('--timing'))).toBe(false)
  })
})

test('what is proved has to be used', () => {
  const run = render('--verify', '--project', 'cart')
  expect(run.code).toBe(4)
  expect(run.stderr).toContain('--verify is about what is kept between runs')
})

describe('the cache', () => {
  test('is left alone with --no-cache, and may be deleted', () => {
    render('--no-cache')
    expect(existsSync(at('.sahaba'))).toBe(false)
    render()
    rmSync(at('.sahaba'), { recursive: true })
    expect(render().stdout).toContain('7 unchanged')
  })

  test('counts for nothing if somebody else wrote it', () => {
    render()
    const was = read(output)
    lie(key)
    // Whoever knows the key is believed; that is what it is for.
    expect(render('--check').stdout).toContain('to write')
    lie('another key that is long enough')
    expect(render('--check').code).toBe(0)
    expect(render('--verify').code).toBe(0)
    expect(read(output)).toBe(was)
  })

  test('that tells lies is found out by --verify', () => {
    render()
    lie(key)
    const run = render('--verify')
    expect(run.code).toBe(70)
    expect(run.stderr).toContain('what is known from earlier runs is wrong')
  })

  test.each(['cut off', 'empty', 'no JSON'])('counts for nothing where it is %s', (how) => {
    render()
    for (const name of readdirSync(at('.sahaba/cache'))) {
      const path = at(`.sahaba/cache/${name}`)
      const text = readFileSync(path, 'utf8')
      writeFileSync(path, how === 'cut off' ? text.slice(0, 300) : how === 'empty' ? '' : '{')
    }
    expect(said(render())).toBe(said(render('--no-cache')))
  })

  test('is not written through a link', () => {
    mkdirSync(at('.sahaba'))
    mkdirSync(at('elsewhere'))
    symlinkSync(at('elsewhere'), at('.sahaba/cache'))
    expect(render().code).toBe(0)
    expect(readdirSync(at('elsewhere'))).toEqual([])
  })

  /** Says in the cache, sealed with a key, that a file of out/ is to hold something else. */
  function lie(by: string): void {
    const name = 'index-1-of-1'
    const path = at(`.sahaba/cache/${name}`)
    const text = readFileSync(path, 'utf8')
    const drawer = JSON.parse(text.slice(text.indexOf('\n')))
    for (const [, { files }] of drawer.projects) files[0][1] = 'something else'
    const content = JSON.stringify(drawer)
    const mark = createHmac('sha256', by).update(`${name}\n`).update(content).digest('hex')
    writeFileSync(path, `${mark}\n${content}`)
  }
})
