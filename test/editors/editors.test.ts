import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeSandbox, type Sandbox } from '../commands/sandbox.ts'
import { type LanguageServer, startLanguageServer } from './language-server.ts'

// yaml-language-server is what VS Code and others check YAML with. It runs here in a repository as
// "sahaba init" makes it, with the settings that come with it.

let sandbox: Sandbox
let server: LanguageServer
beforeAll(async () => {
  sandbox = makeSandbox()
  expect(sandbox.sahaba(['init'])).toMatchObject({ code: 0 })
  server = await startLanguageServer(sandbox.folder)
}, 60_000)
afterAll(async () => {
  await server.stop()
  sandbox.remove()
})

const file = 'projects/shop-web/project.yaml'
const top = `description: What customers see
owner: shop
runtime: node20
cpu: 1
memory: 1Gi
replicas: 2
`

describe('an editor that runs yaml-language-server', () => {
  test('has nothing against the files of a new repository', async () => {
    const paths = sandbox.bash("find policies projects -name '*.yaml' | sort").stdout.trim()
    const checked = paths.split('\n').filter((path) => {
      return /(fleet|policy|project)\.yaml$|\/pipeline\//.test(path)
    })
    expect(checked.length).toBeGreaterThan(10)
    for (const path of checked) {
      const { stdout } = sandbox.bash(`cat ${path}`)
      expect(await server.problems(path, stdout), path).toEqual([])
    }
  })

  test.each([
    ['a misspelt field', 'replcas: 3', 7, 'replcas', 'Property replcas is not allowed.'],
    ['a wrong type', 'port: web', 7, 'web', 'Incorrect type. Expected one of integer, null.'],
    ['an unknown name', 'protocol: htp', 7, 'htp', /^Value is not accepted\. Valid values: "http"/],
    [
      'an environment there is not',
      'environments:\n  prd: {}',
      8,
      'prd',
      'Property prd is not allowed.',
    ],
    [
      'a value beyond the limit of an environment for this runtime',
      'environments:\n  test: {replicas: 2}\n  prod:\n    replicas: 60',
      10,
      '60',
      'Value is above the maximum of 50.',
    ],
    [
      'a number of cores beyond it',
      'environments:\n  prod: {cpu: 0.1}',
      8,
      '0.1',
      'Value is below the minimum of 0.5.',
    ],
    [
      'a value beyond the limit of a region, in the words of the platform team',
      'environments:\n  prod: {regions: {hz: {dubbo: true}}}',
      8,
      'true',
      'there is no ZooKeeper in hz',
    ],
  ])('marks %s in a project', async (_, line, number, text, message) => {
    const found = await server.problems(file, `${top}${line}\n`)
    const words = typeof message === 'string' ? message : expect.stringMatching(message)
    expect(found).toEqual([expect.objectContaining({ line: number, text, message: words })])
  })

  test('says whose limit it is', async () => {
    const [problem] = await server.problems(file, `${top}environments: {prod: {replicas: 60}}\n`)
    expect(problem?.source).toBe('yaml-schema: limits of environment/prod')
  })

  test('knows that a limit is another for another runtime', async () => {
    const prod = 'environments: {prod: {replicas: 1}}\n'
    expect(await server.problems(file, top + prod)).toHaveLength(1)
    const container = top.replace('node20', 'container')
    expect(await server.problems(file, container + prod)).toEqual([])
  })

  test('checks a file anywhere that names its schema in the first line', async () => {
    const line = '# yaml-language-server: $schema=../../schemas/project.schema.json\n'
    const found = await server.problems('drafts/web/draft.yaml', `${line}${top}replcas: 3\n`)
    expect(found.map(({ line, text }) => ({ line, text }))).toEqual([{ line: 8, text: 'replcas' }])
  })

  test.each([
    ['pipeline data', 'projects/shop-web/pipeline/prod.yaml', 'imag: a\n', 'imag'],
    ['a policy', 'policies/runtime/node20/policy.yaml', 'limts: {}\n', 'limts'],
    ['a default of a policy', 'policies/base/policy.yaml', 'defaults: {replcas: 1}\n', 'replcas'],
  ])('marks a misspelt field in %s', async (_, path, text, word) => {
    const found = await server.problems(path, text)
    expect(found).toContainEqual(
      expect.objectContaining({ line: 1, text: word, message: `Property ${word} is not allowed.` }),
    )
  })

  test('marks a version of Kubernetes that is a number, and says what to write', async () => {
    const fleet = sandbox.bash('cat policies/fleet.yaml').stdout
    const found = await server.problems('policies/fleet.yaml', fleet.replace('"1.22"', '1.22'))
    expect(found).toMatchObject([
      { text: '1.22', message: 'a version is two numbers in quotes: "1.31"' },
    ])
  })

  test('proposes the fields, each once', async () => {
    const proposed = await server.proposals(file, `${top}|`)
    expect(proposed).toEqual(expect.arrayContaining(['port', 'env', 'environments']))
    expect(proposed).not.toContain('replicas')
    expect(new Set(proposed).size).toBe(proposed.length)
  })

  test.each([
    ['the runtimes there are', 'runtime: |\n', ['java7', 'java8', 'node20', 'php74', 'container']],
    ['the teams there are', 'owner: |\n', ['trade', 'shop', 'platform']],
    ['the workloads there are', 'workload: |\n', ['deployment', 'cronjob', 'daemonset']],
    ['the environments', 'environments:\n  |\n', ['test', 'prod']],
    ['the regions', 'environments:\n  prod:\n    regions:\n      |\n', ['cq', 'sh', 'hz']],
    ['the fields of an environment', 'environments:\n  prod:\n    |\n', ['replicas', 'regions']],
  ])('proposes %s', async (_, text, names) => {
    const proposed = await server.proposals(file, text)
    expect(proposed).toEqual(expect.arrayContaining(names))
    expect(new Set(proposed).size).toBe(proposed.length)
  })

  test('proposes the keys of a policy', async () => {
    const proposed = await server.proposals('policies/base/policy.yaml', '|\n')
    expect(proposed).toEqual(expect.arrayContaining(['defaults', 'values', 'limits', 'variables']))
  })

  test('shows what a field means, and its bounds in each environment', async () => {
    const shown = await server.hover(file, `${top}environments:\n  prod:\n    |cpu: 2\n`)
    expect(shown).toContain('How many cores one replica may use at most')
    expect(shown).toContain('prod: 50m to 8 with runtime container or system; otherwise 500m to 8')
    expect(shown).toContain('test: 50m to 2 with runtime container or system; otherwise 100m to 2')
  })

  test('shows all runtimes, not those that a limit asks about', async () => {
    const shown = await server.hover(file, top.replace('runtime', '|runtime'))
    expect(shown.match(/^\* `(\w+)`$/gm)).toHaveLength(7)
  })
})
