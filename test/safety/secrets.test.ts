import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Sandbox } from '../commands/sandbox.ts'
import { makeSmallFleet } from '../commands/small-fleet.ts'
import { readFiles, textOf } from '../support/files.ts'
import { measured } from './measured.ts'
import { outcomeOf } from './outcome.ts'

// T28: a secret is in nothing that is printed, by whatever way it came in.

const alphabet = [...'abcdefghkmnpqrstuvwxyzABCDEFGHKLMNPQRSTUVWXYZ23456789']
const random = fc
  .array(fc.constantFrom(...alphabet), { minLength: 16, maxLength: 60 })
  .map((letters) => `k7X-${letters.join('')}`)
const token = fc
  .array(fc.constantFrom(...alphabet), { minLength: 36, maxLength: 36 })
  .map((letters) => `gh${'p'}_${letters.join('')}`)

const head = 'owner: trade\nruntime: java8\ncpu: 1\nmemory: 1Gi\n'
const tail = 'environments: {test: }\n'
const project = (more: string) => ({ 'projects/order/project.yaml': `${head}${more}${tail}` })
const template = (more: string) => ({
  'policies/base/map.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: order}\n${more}`,
})

/** Places of a secret: well-formed, broken, of the wrong type, in a comment, in what is unknown. */
const places: Readonly<Record<string, (secret: string) => Record<string, string>>> = {
  'a variable': (secret) => project(`env: {DB_PASSWORD: ${secret}}\n`),
  quotes: (secret) => project(`env: {"DB_PASSWORD": "${secret}", A: '${secret}'}\n`),
  'an escape': (secret) => project(`env: {DB_PASSWORD: "\\x6b${secret.slice(1)}"}\n`),
  'a comment': (secret) => project(`# DB_PASSWORD=${secret}\n`),
  'a line that is no YAML': (secret) => project(`env: {DB_PASSWORD: "${secret}, A: [x}\n`),
  'a tag': (secret) => project(`env: {DB_PASSWORD: !secret ${secret}}\n`),
  'a conflict': (secret) => project(`<<<<<<< HEAD\nDB_PASSWORD: ${secret}\n=======\n>>>>>>> x\n`),
  'a duplicate': (secret) => project(`env: {DB_PASSWORD: x, DB_PASSWORD: ${secret}}\n`),
  'an unknown field': (secret) => project(`password: ${secret}\nspel: 1\n`),
  'a value that is too large': (secret) => project(`port: 99999\nenv: {API_KEY: ${secret}}\n`),
  'a wrong type': (secret) => project(`replicas: {token: ${secret}}\n`),
  'a runtime': (secret) => project(`credentials: [${secret}]\n`),
  'the pipeline': (secret) => ({
    'projects/order/pipeline/test.yaml': `image: "https://robot:${secret}@registry.example.com/x"\n`,
  }),
  'a template': (secret) => template(`data:\n  a.properties: |\n    db.password=${secret}\n`),
  'pairs of name and value': (secret) => template(`data: {value: ${secret}, name: DB_PASSWORD}\n`),
  'an expression': (secret) => template(`data: {token: "\${'${secret}' + user.nobody}"}\n`),
  'values of a policy': (secret) => ({
    'policies/base/policy.yaml': `defaults: {replicas: 1}\nvalues: {db: {password: ${secret}}}\n`,
  }),
  'limits of a policy': (secret) => ({
    'policies/base/policy.yaml': `defaults: {replicas: 1}\nlimits: {properties: {owner: {const: x, message: "token=${secret}"}}}\n`,
  }),
  'the fleet': (secret) => ({
    'policies/fleet.yaml': `version: 1\nteams: {trade: {contacts: ["https://a:${secret}@chat.example.com"]}}\n`,
  }),
}

/** Long enough a part of a secret to be of use to somebody. */
const telling = (secret: string) => secret.slice(4, 16)

describe('a secret is refused and never printed, in any format', () => {
  test.each(Object.keys(places))('in %s', (place) => {
    fc.assert(
      fc.property(fc.oneof(random, token), (secret) => {
        const files = places[place]?.(secret) ?? {}
        const { errors, rendered, printed } = outcomeOf({ threat: 28, what: place, files })
        expect(errors.length).toBeGreaterThan(0)
        expect(rendered).toEqual([])
        for (const text of printed) expect(text).not.toContain(telling(secret))
      }),
      { numRuns: 10 },
    )
  })
})

const secret = 'kX7-vLq2_fRw9aT4bGz8hNp3'

describe('no command prints one', () => {
  const commands: readonly (readonly string[])[] = [
    ...['pretty', 'json', 'sarif', 'github', 'junit'].map((format) => [
      'validate',
      '--format',
      format,
    ]),
    ...['pretty', 'json', 'sarif', 'github', 'junit'].map((format) => [
      'render',
      '--format',
      format,
    ]),
    ...['table', 'json', 'csv'].map((format) => ['list', '--format', format]),
    ['render', '--check'],
    ['explain', 'cq/test/order'],
    ['explain', 'cq/test/order', 'deployment.yaml', '/spec/replicas', '--format', 'json'],
    ['schema'],
    ['schema', '--check'],
    ['validate', '--rev', 'HEAD'],
  ]

  test('that lies in a file', () => {
    const sandbox = makeSmallFleet(places['a value that is too large']?.(secret))
    sandbox.bash('git init -q && git add -A && git commit -qm x')
    for (const command of commands) {
      const { stdout, stderr } = sandbox.sahaba(command)
      expect(stdout + stderr, command.join(' ')).not.toContain(telling(secret))
    }
    sandbox.remove()
  })

  test.each(['an escape', 'a line that is no YAML', 'pairs of name and value', 'the fleet'])(
    'that lies in %s',
    (place) => {
      const sandbox = makeSmallFleet(places[place]?.(secret))
      for (const command of [['validate'], ['render', '--check', '--format', 'json'], ['list']]) {
        const { stdout, stderr } = sandbox.sahaba(command)
        expect(stdout + stderr, command.join(' ')).not.toContain(telling(secret))
      }
      sandbox.remove()
    },
  )

  test('that is named on the command line', () => {
    const sandbox = makeSmallFleet()
    for (const command of [
      ['validate', '--rev', `token=${secret}`],
      ['validate', '--project', `password=${secret}`],
      ['explain', `https://a:${secret}@x/y/z`],
      ['new', `token=${secret}`],
      [`--password=${secret}`],
    ]) {
      const { code, stdout, stderr } = sandbox.sahaba(command)
      expect(code).toBeGreaterThan(3)
      expect(stdout + stderr).not.toContain(telling(secret))
    }
    sandbox.remove()
  })

  test('that somebody wrote into out/', () => {
    const sandbox = makeSmallFleet()
    sandbox.sahaba(['render'])
    sandbox.bash(
      `sed -i 's/^ *image:.*/          env:\\n            - name: DB_PASSWORD\\n              value: ${secret}/' out/cq/test/order/deployment.yaml`,
    )
    const { code, stdout, stderr } = sandbox.sahaba(['render', '--check'])
    expect(code).toBe(2)
    expect(stdout).toContain('out/cq/test/order/deployment.yaml: line')
    expect(stdout + stderr).not.toContain(telling(secret))
    sandbox.remove()
  })
})

describe('no variable of the environment is read into an output', () => {
  let sandbox: Sandbox
  beforeAll(() => {
    sandbox = makeSmallFleet()
    sandbox.bash('git init -q && git add -A && git commit -qm x')
  })
  afterAll(() => sandbox.remove())

  test('whatever it is called', () => {
    const canary = 'canary-5fe2'
    const names = ['LOG_LEVEL', 'USER', 'LOGNAME', 'HOSTNAME', 'TZ', 'LANG', 'GIT_AUTHOR_NAME']
      .concat(['GITHUB_TOKEN', 'CI_JOB_TOKEN', 'npm_config_x', 'SAHABA_X', 'KUBECONFIG', 'EDITOR'])
      .concat(['COLUMNS', 'TERM', 'user', 'policy'])
    const env = Object.fromEntries(names.map((name) => [name, canary]))
    for (const command of [
      ['render'],
      ['validate', '--format', 'json'],
      ['list'],
      ['explain', 'cq/test/order'],
      ['validate', '--rev', 'HEAD'],
      ['validate', '--rev', 'absent'],
      ['frobnicate'],
      ['schema'],
    ]) {
      const { stdout, stderr } = measured(sandbox, command, { env })
      expect(stdout + stderr).not.toContain(canary)
    }
    const texts = [...readFiles(sandbox.folder)].map(([, bytes]) => textOf(bytes))
    expect(texts.filter((text) => text.includes(canary))).toEqual([])
  })
})
