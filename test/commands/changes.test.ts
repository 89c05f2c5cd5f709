import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Sandbox } from './sandbox.ts'
import { makeSmallFleet, projectFiles } from './small-fleet.ts'

let sandbox: Sandbox
beforeEach(() => {
  sandbox = makeSmallFleet({ ...projectFiles('cart'), ...projectFiles('shop') })
  const { code, stderr } = sandbox.bash('git init -q -b main && git add -A && git commit -qm fleet')
  if (code !== 0) throw new Error(stderr)
})
afterEach(() => sandbox.remove())

const cart = 'projects/cart/project.yaml'
const read = (path: string) => readFileSync(join(sandbox.folder, path), 'utf8')
const git = (line: string) => sandbox.bash(`git ${line}`).stdout

describe('set', () => {
  test('writes one value and shows first what it does', () => {
    const before = read(cart)
    const { code, stdout } = sandbox.sahaba(['set', 'cart', 'cpu=500m'])
    expect(code).toBe(0)
    expect(read(cart)).toBe(before.replace('cpu: 1', 'cpu: 500m'))
    expect(stdout).toContain('projects/cart/project.yaml:3 cpu 1 → 500m')
    expect(stdout).toMatch(/\nwrote projects\/cart\/project.yaml\n$/)
  })

  test('writes at the level of an environment, from any folder of the repository', () => {
    const { code } = sandbox.bash('cd projects/cart && sahaba set cart@prod replicas=3')
    expect(code).toBe(0)
    expect(read(cart)).toContain('environments: {test: , prod: {replicas: 3}}')
  })

  test('--dry-run shows it and writes nothing', () => {
    const before = read(cart)
    const { stdout } = sandbox.sahaba(['set', 'cart', 'cpu=2', '--dry-run'])
    expect(stdout).toMatch(/cpu 1 → 2[\s\S]*nothing was written: this was a dry run\n$/)
    expect(read(cart)).toBe(before)
    expect(sandbox.sahaba(['set', 'cart', 'cpu=1']).stdout).toBe(
      'nothing to change: the files say so already\n',
    )
  })

  test('knows fields, levels and projects by name', () => {
    const said = (...args: string[]) => {
      const { code, stderr } = sandbox.sahaba(args)
      return [code, stderr.split('\n')[0]]
    }
    expect(said('set', 'cart', 'replcas=3')).toEqual([
      4,
      'error: there is no field "replcas"; did you mean "replicas"?',
    ])
    expect(said('set', 'crt', 'cpu=1')).toEqual([
      4,
      'error: no project is called "crt"; did you mean "cart"?',
    ])
    expect(said('set', 'cart@prd', 'cpu=1')).toEqual([
      4,
      'error: no environment is called "prd"; did you mean "prod"?',
    ])
    expect(said('set', 'cart', 'replicas=')).toEqual([4, 'error: replicas is given no value'])
    expect(said('set', 'cart', 'cpu')).toEqual([4, 'error: "cpu" is no KEY=VALUE'])
  })

  test('a value that the schema refuses is told at its place, and nothing is written', () => {
    const before = read(cart)
    const { code, stderr } = sandbox.sahaba(['set', 'cart', 'replicas=many'])
    expect(code).toBe(3)
    expect(stderr).toContain('projects/cart/project.yaml')
    expect(stderr).toMatch(/nothing was written\n$/)
    expect(read(cart)).toBe(before)
  })

  test('a first level for a region would end the others, so it is refused', () => {
    const { code, stderr } = sandbox.sahaba(['set', 'cart@prod/cq', 'cpu=2'])
    expect(code).toBe(4)
    expect(stderr).toContain('with a level for')
  })

  test('what was wrong before does not stand in the way', () => {
    sandbox.write({ 'projects/shop/project.yaml': 'owner: trade\nruntime: node20\nbad: 1\n' })
    const { code, stdout } = sandbox.sahaba(['set', 'cart', 'cpu=2'])
    expect({ code, stdout }).toMatchObject({ code: 0 })
    expect(stdout).toContain('cpu 1 → 2')
    expect(read(cart)).toContain('cpu: 2')
  })

  test('a file with an alias at the place is refused with the reason', () => {
    sandbox.write({
      [cart]:
        'owner: trade\nruntime: node20\ncpu: &one 1\nmemory: 1Gi\nreplicas: *one\nenvironments: {test: }\n',
    })
    const { code, stderr } = sandbox.sahaba(['set', 'cart', 'replicas=2'])
    expect([code, stderr]).toEqual([
      3,
      'error: projects/cart/project.yaml:5:1: the value of "replicas" is an alias: it is written elsewhere\n' +
        '  = help: write the value out\nnothing was written\n',
    ])
  })
})

test('unset takes a value away, scale sets replicas', () => {
  expect(sandbox.sahaba(['scale', 'cart', '4', '-e', 'prod']).code).toBe(0)
  expect(read(cart)).toContain('prod: {replicas: 4}')
  expect(sandbox.sahaba(['unset', 'cart@prod', 'replicas']).code).toBe(0)
  expect(read(cart)).toContain('prod: {}')
})

describe('release', () => {
  const path = 'projects/cart/pipeline/prod.yaml'

  test('edits the pipeline data of a project and leaves the rest of the file', () => {
    sandbox.write({ [path]: '# built by hand\nimage: "registry.example.com/cart:1" # here\n' })
    const image = 'registry.example.com/cart:2'
    expect(sandbox.sahaba(['release', 'cart', '-e', 'prod', '--image', image]).code).toBe(0)
    expect(read(path)).toBe('# built by hand\nimage: "registry.example.com/cart:2" # here\n')
  })

  test('makes the file of a project that was not released yet', () => {
    sandbox.bash(`git rm -q ${path} && git commit -qm gone`)
    const args = ['release', 'cart', '-e', 'prod', '--image', 'registry.example.com/cart:1']
    const { stdout } = sandbox.sahaba([...args, '--commit'])
    expect(read(path)).toMatch(/image: registry\.example\.com\/cart:1\n$/)
    expect(stdout).toMatch(/wrote .*prod\.yaml\ncommitted [0-9a-f]{9} on main\n$/)
    expect(git('status --short')).toBe('')
  })

  test('takes many from standard input, as JSON lines or YAML, and writes all or none', () => {
    const line = (project: string, image: string) =>
      `${JSON.stringify({ project, environment: 'prod', image })}\n`
    const good =
      line('cart', 'registry.example.com/cart:5') + line('shop', 'registry.example.com/shop:5')
    const { code, stdout } = sandbox.sahaba(['release', '--from-stdin'], { input: good })
    expect([code, stdout.split('\n').at(-2)]).toEqual([0, 'wrote 2 files'])
    const yaml = 'project: cart\nenvironment: prod\nimage: registry.example.com/cart:6\n---\n'
    const bad = `${yaml}project: shop\nenvironment: prod\nimage: "Not An Image"\n`
    const refused = sandbox.sahaba(['release', '--from-stdin'], { input: bad })
    expect([refused.code, refused.stderr.split('\n')[0]]).toEqual([
      4,
      'error: "Not An Image" is no reference to an image',
    ])
    expect(read(path)).toContain('cart:5')
    expect(sandbox.sahaba(['release', '--from-stdin'], { input: yaml }).code).toBe(0)
    expect(read(path)).toContain('cart:6')
  })

  test('two at once for different projects both arrive, each in a commit of its own', async () => {
    const one = (project: string) =>
      sandbox.start(
        ['release', project, '-e', 'prod', '--image', `registry.example.com/${project}:9`].concat(
          '--commit',
        ),
      )
    git('config user.name Test')
    git('config user.email test@example.com')
    const results = await Promise.all([one('cart'), one('shop')])
    expect(results.map(({ code, stderr }) => [code, stderr])).toEqual([
      [0, ''],
      [0, ''],
    ])
    expect(git('log --format=%s -3').split('\n').sort().slice(1)).toEqual([
      'fleet',
      'release cart in prod: registry.example.com/cart:9',
      'release shop in prod: registry.example.com/shop:9',
    ])
    expect(git('status --short')).toBe('')
  })
})

describe('promote', () => {
  test('--plan lists what would be copied; without it that is copied', () => {
    sandbox.write({ 'projects/cart/pipeline/test.yaml': 'image: registry.example.com/cart:7\n' })
    const args = ['promote', '--all', '--from', 'test', '--to', 'prod']
    expect(sandbox.sahaba([...args, '--plan']).stdout).toBe(
      'PROJECT  REGION  FIELD  PROD                         BECOMES\n' +
        'cart     all     image  registry.example.com/cart:1  registry.example.com/cart:7\n',
    )
    expect(sandbox.sahaba(args).code).toBe(0)
    expect(read('projects/cart/pipeline/prod.yaml')).toBe('image: registry.example.com/cart:7\n')
    expect(sandbox.sahaba([...args, '--plan']).stdout).toBe('prod runs what test does already\n')
  })

  test('an image keeps the registry of its place, and a region what it has of its own', () => {
    sandbox.write({
      'projects/cart/pipeline/test.yaml': 'image: test.example.com/x/cart:7\n',
      'projects/cart/pipeline/prod.yaml':
        'image: one.example.com/x/cart:1\nregions:\n  cq: {image: two.example.com/x/cart:1}\n',
    })
    const { code, stderr } = sandbox.sahaba(['promote', 'cart', '--from', 'test', '--to', 'prod'])
    expect([code, stderr]).toEqual([0, ''])
    expect(read('projects/cart/pipeline/prod.yaml')).toBe(
      'image: one.example.com/x/cart:7\nregions:\n  cq: {image: two.example.com/x/cart:7}\n',
    )
  })
})

describe('a commit', () => {
  const args = ['set', 'cart', 'cpu=2', '--commit']

  test('holds the edited files and nothing else; what is staged stays staged, hooks do not run', () => {
    sandbox.write({
      'notes.txt': 'mine\n',
      '.git/hooks/pre-commit': '#!/bin/sh\ntouch ran\nexit 1\n',
    })
    sandbox.bash('chmod +x .git/hooks/pre-commit && git add notes.txt')
    appendFileSync(join(sandbox.folder, 'projects/shop/project.yaml'), '# mine\n')
    expect(sandbox.sahaba(args).code).toBe(0)
    expect(git('show --format=%an%n%B --stat')).toContain('projects/cart/project.yaml | 2 +-')
    expect(git('log -1 --format=%B')).toContain('- projects/cart/project.yaml: cpu 2')
    expect(git('status --short')).toBe('A  notes.txt\n M projects/shop/project.yaml\n')
    expect(existsSync(join(sandbox.folder, 'ran'))).toBe(false)
  })

  test('runs no hook and no filter that the repository configures', () => {
    const hooks = ['pre-commit', 'reference-transaction', 'post-index-change', 'post-commit']
    const files = hooks.map((name) => [`.git/hooks/${name}`, `#!/bin/sh\ntouch "$PWD/ran"\n`])
    sandbox.write({ ...Object.fromEntries(files), '.git/info/attributes': '*.yaml filter=mine\n' })
    sandbox.bash('chmod +x .git/hooks/* && git config filter.mine.clean "touch ran; cat"')
    expect(sandbox.sahaba(args).code).toBe(0)
    expect(existsSync(join(sandbox.folder, 'ran'))).toBe(false)
    expect(git('show HEAD:projects/cart/project.yaml')).toBe(read(cart))
  })

  test('with --render holds what the project renders as well, and nothing of other projects', () => {
    sandbox.bash('sahaba render && git add -A && git commit -qm rendered')
    sandbox.write({
      'projects/shop/project.yaml': `${read('projects/shop/project.yaml')}replicas: 7\n`,
    })
    const { stdout } = sandbox.sahaba(['set', 'cart', 'replicas=5', '--render', '--commit'])
    expect(stdout).toMatch(/\nwrote projects\/cart\/project.yaml and 3 files of out\/\n/)
    expect(git('show --format= --name-only')).toBe(
      ['cq/prod', 'cq/test', 'sh/prod']
        .map((cluster) => `out/${cluster}/cart/deployment.yaml\n`)
        .concat('projects/cart/project.yaml\n')
        .join(''),
    )
    expect(git('status --short')).toBe(' M projects/shop/project.yaml\n')
  })

  test('is refused where the file has changes that are not committed', () => {
    appendFileSync(join(sandbox.folder, cart), '# mine\n')
    const before = read(cart)
    const { code, stderr } = sandbox.sahaba(args)
    expect([code, stderr.split('\n')[0]]).toEqual([
      5,
      'error: projects/cart/project.yaml has changes that are not committed',
    ])
    expect(read(cart)).toBe(before)
  })

  test('on a new branch leaves the working tree as it is', () => {
    const before = read(cart)
    const { stdout } = sandbox.sahaba(['set', 'cart', 'cpu=2', '--branch', 'more', '-m', 'More'])
    expect(stdout).toMatch(/committed projects\/cart\/project\.yaml as [0-9a-f]{9} on more\n$/)
    expect(read(cart)).toBe(before)
    expect(git('show more:projects/cart/project.yaml')).toBe(before.replace('cpu: 1', 'cpu: 2'))
    expect(git('log -1 --format=%B more').trim()).toBe('More')
    expect(sandbox.sahaba(['set', 'cart', 'cpu=2', '--branch', 'more']).code).toBe(4)
  })
})

test('--format json tells files, commit and review', () => {
  const { code, stdout } = sandbox.sahaba([
    'set',
    'cart',
    'replicas=5',
    '--commit',
    '--format',
    'json',
  ])
  const told = JSON.parse(stdout)
  expect(code).toBe(0)
  expect(told).toMatchObject({
    version: 1,
    files: [{ path: cart, created: false }],
    written: true,
    branch: 'main',
    diagnostics: [],
  })
  expect(told.commit).toBe(git('rev-parse HEAD').trim())
  expect(told.review.decisions).toHaveLength(1)
})

test('--fail-on writes nothing where a decision is that dangerous', () => {
  const before = read(cart)
  const { code, stdout } = sandbox.sahaba(['set', 'cart', 'replicas=5', '--fail-on', 'low'])
  expect([code, stdout.split('\n').at(-2)]).toEqual([
    2,
    'nothing was written: there are decisions of low risk',
  ])
  expect(read(cart)).toBe(before)
})
