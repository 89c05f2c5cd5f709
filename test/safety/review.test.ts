import { rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import type { Sandbox } from '../commands/sandbox.ts'
import { makeSmallFleet, projectFiles } from '../commands/small-fleet.ts'
import { readMarkdown } from '../report/read-markdown.ts'
import { hostileTexts } from '../support/review.ts'
import { expectWellBehaved, measured } from './measured.ts'
import { expectHarmless } from './outcome.ts'

// T24, T28 and T30: a review gives no orders, hides nothing and gives no secret away.

let sandbox: Sandbox
afterEach(() => sandbox.remove())

const formats = ['pretty', 'markdown', 'html', 'json', 'diff']
const manifest = 'out/cq/test/order/deployment.yaml'

function bash(script: string): string {
  const { code, stdout, stderr } = sandbox.bash(`set -e; ${script}`)
  expect({ code, said: code === 0 ? '' : stdout + stderr }).toEqual({ code: 0, said: '' })
  return stdout
}

function commit(): void {
  bash('git init -q -b main 2>/dev/null; git add -A; git commit -q --allow-empty -m base')
}

function projectWith(env: Readonly<Record<string, string>>): Record<string, string> {
  const head = 'owner: trade\nruntime: java8\ncpu: 1\nmemory: 1Gi\nenvironments: {test: }\n'
  return { 'projects/order/project.yaml': `${head}env: ${JSON.stringify(env)}\n` }
}

function withEnv(env: string): Record<string, string> {
  const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: order}
spec:
  replicas: 1
  selector: {matchLabels: {app: order}}
  template:
    metadata: {labels: {app: order}}
    spec:
      containers:
        - name: app
          image: registry.example.com/order:1
          env:
            - $each: \${user.env}
              name: \${key}
              value: \${value}
`
  return { 'policies/base/deployment.yaml': deployment + env }
}

/** All that is printed of a comparison, in each format and measure. */
function printed(...args: readonly string[]): Record<string, string> {
  const shown = formats.map((format) => {
    const run = measured(sandbox, ['diff', ...args, '--format', format, '--detail', 'targets'])
    expect(run.stderr).toBe('')
    expectWellBehaved(run)
    return [format, run.stdout] as const
  })
  return Object.fromEntries(shown)
}

const allowedTags =
  /^<\/?(?:!doctype|html|head|meta|title|style|body|header|main|section|article|aside|nav|footer|div|span|p|h[1-6]|ul|ol|li|dl|dt|dd|table|thead|tbody|tr|th|td|caption|code|pre|b|strong|em|small|del|ins|details|summary|button|input|label|select|option|output|form|search|br|time|script|noscript|template|kbd|a|dialog|svg|g|rect|path|line|text)\b/

async function expectInert({ markdown = '', html = '', json = '', diff = '' }): Promise<void> {
  const nodes = await readMarkdown(markdown)
  expect(nodes.filter(({ type }) => /link|image|definition|footnote|^code$/i.test(type))).toEqual(
    [],
  )
  const tags = nodes.filter(({ type }) => type === 'html').map(({ value }) => value ?? '')
  expect(tags.join('\n').replace(/<code>[^<>]*<\/code>/g, '')).not.toMatch(
    /<(?!\/?(?:details|summary|b|br)>)/,
  )
  const spoken = nodes.filter(({ type }) => type === 'text' || type === 'word')
  for (const { value = '' } of spoken) expect(value).not.toMatch(/@|#\d|www\.|https?:|GH-\d/)

  const body = html.slice(0, html.indexOf('<script type="application/json"'))
  for (const [tag] of body.matchAll(/<[^>]*>/g)) expect(tag).toMatch(allowedTags)
  expect(html.match(/<script/g)).toHaveLength(3)
  expect(html).not.toMatch(/<img|<iframe|<object|<!--|javascript:"/)
  expect(JSON.parse(json).version).toBe(1)
  for (const line of diff.split('\n')) expect(line).toMatch(/^(?:[-+ @\\]|$)/)
}

describe('T24 what a review shows gives no orders', () => {
  // Text of inputs cannot hold control characters; those of Git can.
  const printable = hostileTexts.filter((text) => !/[\0-\x1f\u202e\u2028]/.test(text))

  test('in values and keys of projects, in who committed it, in the name of a branch', async () => {
    sandbox = makeSmallFleet({ ...withEnv(''), ...projectWith({ A: 'x' }) })
    commit()
    const values = printable.map((text, index) => [`V${index}`, text] as const)
    const more = { W: '::error::x', X: '##vso[task.x]y ##[add-mask]z', Y: '::add-mask::x' }
    sandbox.write(projectWith({ ...Object.fromEntries(values), ...more }))
    const author = '</code><img src=x> @all ##[error]x'
    const subject =
      "$(printf '::error::x \\033[2J\\033]8;;http://evil\\007 ![x](http://evil) `a @b')"
    bash(`git checkout -qb "fix-#1-@all"; git -c user.name="${author}" add -A
      GIT_AUTHOR_NAME="${author}" git commit -qm "${subject}"`)
    const outputs = printed('main', 'fix-#1-@all')
    await expectInert(outputs)
    for (const format of ['pretty', 'markdown', 'json', 'html']) {
      expect(outputs[format], format).toContain('::error::x \\')
    }
  })

  test('in out/ as somebody wrote it', async () => {
    sandbox = makeSmallFleet({ ...withEnv(''), ...projectWith({ A: 'x' }) })
    bash('sahaba render')
    commit()
    const lines = ['::error::x', '##[error]x', '@all </details><img src=x>', 'a: [x](http://evil)']
    const text = lines.map((line) => `    ${line}\n`).join('')
    sandbox.write({
      'out/cq/test/order/map.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: "x\\e[2J<b>@all"}\ndata:\n  a: |-\n${text}`,
    })
    const escaped = sandbox.sahaba(['diff', '--committed'])
    expectHarmless(escaped.stdout + escaped.stderr)
    sandbox.write({
      'out/cq/test/order/map.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: "x<b>@all"}\ndata:\n  a: |-\n${text}`,
    })
    await expectInert(printed('--committed'))
    commit()
    bash(`perl -pi -e 's/a: .x.*/another/' out/cq/test/order/map.yaml`)
    await expectInert(printed('--committed'))
  })

  test('where nothing can be compared', async () => {
    sandbox = makeSmallFleet()
    commit()
    sandbox.write({
      'projects/order/project.yaml':
        'owner: trade\nruntime: "</details>@all <img> ::error::x"\nenvironments: {test: }\n',
    })
    const { code, stdout, stderr } = sandbox.sahaba(['diff', '--format', 'markdown'])
    expect(code).toBe(3)
    expectHarmless(stdout + stderr)
    const nodes = await readMarkdown(stdout)
    expect(nodes.filter(({ type }) => /html|link|image/.test(type))).toEqual([])
  })
})

describe('T28 a review gives no secret away', () => {
  const token = `gh${'p'}_aB3dE6gH9kaB3dE6gH9kaB3dE6gH9kaB3dE6`
  const password = 'k7X-Qw9zLm4tYb2nVc8pHr'

  test.each([
    ['a token', `value: ${token}`, token],
    ['a password by its name', `name: DB_PASSWORD\n          value: ${password}`, password],
    [
      'a password by its name, in a map',
      `name: A\n          value: x\n# db.password=${password}`,
      password,
    ],
    ['a password in an address', `value: "amqp://order:${password}@queue"`, password],
  ])('%s in out/', (_, text, secret) => {
    sandbox = makeSmallFleet()
    bash('sahaba render')
    commit()
    const name = text.startsWith('name:') ? '' : 'name: A\n          '
    const lines = `        env:\n        - ${name}${text}\n`
    bash(`cat >> ${manifest} <<'END'\n${lines}END\n`)
    const outputs = printed('--committed')
    expect(outputs.pretty).toContain('spec.template.spec.containers[app].env')
    for (const format of formats) expect(outputs[format], format).not.toContain(secret.slice(4, 16))
  })

  test('whatever a Secret holds, in templates and in out/', () => {
    const secret = (value: string) => ({
      'policies/base/policy.yaml': 'defaults: {replicas: 1}\nkinds: [Secret]\n',
      'policies/base/secret.yaml': `apiVersion: v1\nkind: Secret\nmetadata: {name: order}\nstringData:\n  word: ${value}\n  more: |\n    ${value}\n    more\n`,
    })
    sandbox = makeSmallFleet(secret('plain-horse'))
    bash('sahaba render')
    commit()
    sandbox.write(secret('plain-zebra'))
    const rendered = printed()
    bash('sahaba render')
    const all = [rendered, printed('--committed')]
    bash('rm -r out policies/base/secret.yaml')
    all.push(printed(), printed('--committed'))
    for (const outputs of all) {
      expect(outputs.pretty).toContain('Secret')
      for (const format of formats) expect(outputs[format]).not.toMatch(/horse|zebra/)
    }
    expect(rendered.diff).toMatch(/^\+ .*redacted, 11 characters/m)
  })

  test('what a Secret did not have before', () => {
    sandbox = makeSmallFleet()
    bash('sahaba render')
    const path = 'out/cq/test/order/secret.yaml'
    const head = 'apiVersion: v1\nkind: Secret\nmetadata: {name: order}\n'
    sandbox.write({ [path]: head })
    commit()
    sandbox.write({ [path]: `${head}data: {word: cGxhaW4taG9yc2U=}\n` })
    const outputs = printed('--committed')
    for (const format of formats) expect(outputs[format], format).not.toContain('cGxhaW4')
  })
})

describe('T30 nothing is hidden in noise', () => {
  const count = 400
  const names = Array.from({ length: count }, (_, index) => `p${String(index).padStart(4, '0')}`)

  /** Thousands of projects of which each changes a little, and one stops in production. */
  function makeNoise(): void {
    const files = names.flatMap((name) => Object.entries(projectFiles(name)))
    sandbox = makeSmallFleet(Object.fromEntries(files))
    bash('sahaba render > /dev/null')
    commit()
    bash(`perl -pi -e 's/memory: 1Gi/memory: 1Gi\\nreplicas: 2/' projects/p*/project.yaml
      perl -pi -e 's/, prod: //' projects/p0177/project.yaml
      sahaba render > /dev/null`)
  }

  test('the dangerous one is first, everything is counted, and what is cut is said', async () => {
    makeNoise()
    for (const args of [[], ['--committed']]) {
      const run = (format: string) => sandbox.sahaba(['diff', ...args, '--format', format])
      const { stdout } = run('pretty')
      const [, reach = ''] = stdout.split('\n')
      // Every project has one Deployment in cq/test and two in prod.
      expect(reach).toContain(`objects ${(count * 3 - 2).toLocaleString('en')} changed, 2 removed.`)
      const firstOf = (text: string) => text.slice(text.indexOf('HIGH'), text.indexOf('LOW'))
      expect(firstOf(stdout)).toContain('p0177')
      expect(stdout).toMatch(/^HIGH/m)

      const markdown = run('markdown').stdout
      expect(Buffer.byteLength(markdown)).toBeLessThan(65_536)
      const rows = markdown.split('\n').filter((line) => line.startsWith('| '))
      expect(rows[1]).toContain('**high**')
      const decisions = Number(/^([\d,]+) decisions?, by/m.exec(markdown)?.[1]?.replace(',', ''))
      if (decisions > rows.length) expect(markdown).toContain('This comment is cut')

      const json = JSON.parse(run('json').stdout)
      expect(json.decisions).toHaveLength(decisions)
      expect(json.decisions[0].risk).toBe('high')
      expect(json.objects).toHaveLength(count * 3)
      const html = run('html').stdout
      expect(html.indexOf('p0177')).toBeGreaterThan(0)
      expect(sandbox.sahaba(['diff', ...args, '--fail-on', 'high']).code).toBe(2)
    }
  }, 300_000)

  test('a page and a patch of files too long to compare show all lines', () => {
    sandbox = makeSmallFleet()
    bash('sahaba render')
    commit()
    const map = (word: string) => {
      const lines = Array.from({ length: 5_000 }, (_, index) => `  k${index}: ${word}${index}\n`)
      return `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\ndata:\n${lines.join('')}`
    }
    const path = 'out/cq/test/order/map.yaml'
    sandbox.write({ [path]: map('a') })
    commit()
    sandbox.write({ [path]: map('b') })
    const { stdout } = sandbox.sahaba(['diff', '--committed', '--format', 'diff'])
    expect(stdout.match(/^\+ /gm)).toHaveLength(5_000)
    const pretty = sandbox.sahaba(['diff', '--committed']).stdout
    expect(pretty.match(/^LOW/gm)?.length).toBe(5_000)
  })

  test('letters that look like others are spelled out', () => {
    sandbox = makeSmallFleet()
    bash('sahaba render')
    commit()
    bash(`perl -pi -e 's/registry.example/registry.ex\\x{d0}\\x{b0}mple/' ${manifest}`)
    const outputs = printed('--committed')
    for (const format of ['pretty', 'markdown', 'html']) {
      expect(outputs[format], format).toMatch(/registry\.ex\\u\{430\}mple\.com/)
    }
    expect(JSON.parse(outputs.json ?? '').warnings.join()).toContain('ex\\u{430}mple')
    bash('git checkout -q .; mkdir out/cq/test/order2')
    bash(`sed 's/name: "*order"*/name: \u043erder/' ${manifest} > out/cq/test/order2/x.yaml`)
    expect(printed('--committed').pretty).toContain('\\u{43e}rder')
    rmSync(join(sandbox.folder, 'out/cq/test/order2'), { recursive: true })
    const { env, ...image } = { env: '', image: 'image: "registry.ex\u0430mple.com/order:1"\n' }
    sandbox.write({ 'projects/order/pipeline/test.yaml': image.image + env })
    const { stdout, stderr } = sandbox.sahaba(['diff'])
    expect(stdout + stderr).toMatch(/u\{430\}|U\+0430/)
  })

  test('words of other languages are words', () => {
    sandbox = makeSmallFleet({ ...withEnv(''), ...projectWith({ A: 'x' }) })
    commit()
    sandbox.write(projectWith({ A: '订单 заказ é CPU 价格' }))
    expect(sandbox.sahaba(['diff']).stdout).toContain('"订单 заказ é CPU 价格"')
    expect(sandbox.sahaba(['diff']).stdout).not.toContain('Letters of other scripts')
  })

  test('a project under another name is one that goes and one that comes', () => {
    sandbox = makeSmallFleet()
    bash('sahaba render')
    commit()
    bash('mv projects/order projects/orders; sahaba render > /dev/null')
    for (const args of [[], ['--committed']]) {
      const { stdout } = sandbox.sahaba(['diff', ...args])
      expect(stdout).toMatch(/^(?:HIGH|MEDIUM)/m)
      expect(stdout).toMatch(/objects 1 (?:replaced|created, 1 removed)\./)
    }
  })

  test('what is not compared is never no difference', () => {
    sandbox = makeSmallFleet()
    bash('sahaba render')
    commit()
    symlinkSync('/etc', join(sandbox.folder, 'out/cq/test/evil'))
    const run = measured(sandbox, ['diff', '--committed', '--exit-code'])
    expectWellBehaved(run)
    expect(run.code).toBe(2)
    expect(run.stdout).toContain('! Not compared, though a syncer may read it: out/cq/test/evil.')
  })
})
