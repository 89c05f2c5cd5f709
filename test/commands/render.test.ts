import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import type { Sandbox } from './sandbox.ts'
import { makeSmallFleet, projectFiles } from './small-fleet.ts'

let sandbox: Sandbox
afterEach(() => sandbox.remove())

const file = 'out/cq/test/order/deployment.yaml'
const place = () => join(sandbox.folder, file)

describe('render', () => {
  test('writes once; the second time nothing is touched', () => {
    sandbox = makeSmallFleet()
    expect(sandbox.sahaba(['render']).stdout).toMatch(/^1 target, 1 file written, 0 unchanged, /)
    const before = statSync(place())
    expect(sandbox.sahaba(['render']).stdout).toMatch(/^1 target, 0 files written, 1 unchanged, /)
    expect(statSync(place()).mtimeMs).toBe(before.mtimeMs)
    expect(readdirSync(join(sandbox.folder, '.sahaba')).sort()).toEqual(['.gitignore', 'cache'])
  })

  test('--check fails with 2 after a hand edit and writes nothing; render mends it', () => {
    sandbox = makeSmallFleet()
    sandbox.sahaba(['render'])
    const rendered = readFileSync(place(), 'utf8')
    expect(sandbox.sahaba(['render', '--check']).code).toBe(0)
    const edited = rendered.replace('replicas: 1', 'replicas: 9')
    writeFileSync(place(), edited)

    const { code, stdout } = sandbox.sahaba(['render', '--check'])
    expect(code).toBe(2)
    expect(stdout).toContain(`${file}: line 7: "replicas: 9", should be "replicas: 1"\n`)
    expect(readFileSync(place(), 'utf8')).toBe(edited)
    expect(sandbox.sahaba(['render']).code).toBe(0)
    expect(readFileSync(place(), 'utf8')).toBe(rendered)
  })

  test('--check fails with 2 where out/ is missing', () => {
    sandbox = makeSmallFleet()
    expect(sandbox.sahaba(['render', '--check']).code).toBe(2)
    expect(existsSync(join(sandbox.folder, 'out'))).toBe(false)
  })

  test('refused input leaves out/ as it is', () => {
    sandbox = makeSmallFleet()
    sandbox.sahaba(['render'])
    const rendered = readFileSync(place(), 'utf8')
    sandbox.write({
      ...projectFiles('good'),
      'projects/order/project.yaml': 'owner: trade\nreplcas: 3\n',
    })
    const { code, stdout, stderr } = sandbox.sahaba(['render'])
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' })
    expect(stderr).toContain('error[unknown-field]: unknown field "replcas"')
    expect(stderr).toContain('\nnothing was written\n')
    expect(readFileSync(place(), 'utf8')).toBe(rendered)
    expect(existsSync(join(sandbox.folder, 'out/cq/test/good'))).toBe(false)
  })

  test('removes what a removed project left, and only in the selection', () => {
    sandbox = makeSmallFleet({ ...projectFiles('one'), ...projectFiles('two') })
    sandbox.sahaba(['render'])
    for (const name of ['one', 'two']) {
      rmSync(join(sandbox.folder, 'projects', name), { recursive: true })
    }
    expect(sandbox.sahaba(['render', '--project', 'order']).stdout).toContain(' 0 removed')
    expect(existsSync(join(sandbox.folder, 'out/cq/prod/one'))).toBe(true)
    expect(sandbox.sahaba(['render']).stdout).toContain(' 6 removed')
    expect(existsSync(join(sandbox.folder, 'out/cq/prod'))).toBe(false)
  })

  test('a file of somebody else in out/ is refused with 5, named, and left alone', () => {
    sandbox = makeSmallFleet()
    sandbox.write({ 'out/README.md': 'mine\n' })
    const { code, stdout, stderr } = sandbox.sahaba(['render'])
    expect({ code, stdout }).toEqual({ code: 5, stdout: '' })
    expect(stderr).toMatch(
      /^error: out\/ holds what was not rendered; nothing was written:\n {2}out\/README\.md\n/,
    )
    expect(readFileSync(join(sandbox.folder, 'out/README.md'), 'utf8')).toBe('mine\n')
    expect(existsSync(place())).toBe(false)
    expect(sandbox.sahaba(['render', '--check']).code).toBe(5)
  })

  test('two at once both succeed, and leave one tree and no traces', async () => {
    const projects = Array.from({ length: 40 }, (_, index) => projectFiles(`p${index}`))
    sandbox = makeSmallFleet(Object.assign({}, ...projects))
    const runs = await Promise.all([1, 2].map(() => sandbox.start(['render'])))
    for (const { code, stdout } of runs) {
      expect(code).toBe(0)
      expect(stdout).toContain('121 targets')
    }
    expect(sandbox.sahaba(['render', '--check']).code).toBe(0)
    expect(readdirSync(join(sandbox.folder, '.sahaba')).sort()).toEqual(['.gitignore', 'cache'])
  })

  test('gives the same bytes and modes whatever the time zone, language and umask', () => {
    const trees = [
      { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: '', umask: '077' },
      { TZ: 'America/New_York', LANG: 'sv_SE.UTF-8', LC_ALL: 'sv_SE.UTF-8', umask: '002' },
      { TZ: 'UTC', LANG: 'C', LC_ALL: 'C', umask: '022' },
    ].map(({ umask, ...env }) => {
      sandbox = makeSmallFleet(projectFiles('istanbul'))
      expect(sandbox.bash(`umask ${umask}; sahaba render`, { env }).code).toBe(0)
      const tree = modesAndTexts(join(sandbox.folder, 'out'))
      sandbox.remove()
      return tree
    })
    expect(trees[0]).toHaveProperty('cq/prod', '755')
    const [header] = (trees[0]?.['cq/prod/istanbul/deployment.yaml'] ?? '').split('\n')
    expect(header).toMatch(/^644 # Rendered by sahaba /)
    expect(trees[1]).toEqual(trees[0])
    expect(trees[2]).toEqual(trees[0])
  })

  test('--format json says what was written', () => {
    sandbox = makeSmallFleet()
    const { code, stdout } = sandbox.sahaba(['render', '--format', 'json'])
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toEqual({
      targets: 1,
      written: ['cq/test/order/deployment.yaml'],
      unchanged: 0,
      removed: [],
      diagnostics: [],
    })
  })

  test('--timing prints a line for each stage on standard error', () => {
    sandbox = makeSmallFleet()
    const { stdout, stderr } = sandbox.sahaba(['render', '--timing'])
    expect(stdout.trimEnd().split('\n')).toHaveLength(1)
    expect(stderr).toMatch(/^total +\d+ ms +100 %$/m)
  })
})

/** Path → mode, and for files their text. */
function modesAndTexts(folder: string): Readonly<Record<string, string>> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
  return Object.fromEntries(
    paths.map((path) => {
      const stats = statSync(join(folder, path))
      const mode = (stats.mode & 0o777).toString(8)
      return [path, stats.isFile() ? `${mode} ${readFileSync(join(folder, path), 'utf8')}` : mode]
    }),
  )
}
