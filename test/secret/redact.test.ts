import pc from 'picocolors'
import { describe, expect, test } from 'vitest'
import { jsonText } from '../../src/commands/findings.ts'
import { loadDocument } from '../../src/document/load.ts'
import { codeFrame } from '../../src/report/code-frame.ts'
import { firstDifference } from '../../src/report/difference.ts'
import { show, showShort } from '../../src/report/show.ts'
import { redacted, textAt, withoutSecretsOf } from '../../src/secret/redact.ts'
import { secretsOf } from '../../src/secret/secrets.ts'

const secret = 'kX7-vLq2_fRw9'
const shown = '<redacted, 13 characters, sha256:0f8c…>'

function read(text: string) {
  const { source, root } = loadDocument('a.yaml', new TextEncoder().encode(text), () => {})
  secretsOf(source, root && [root])
  return source
}

test('a secret is told by its length and the beginning of its checksum', () => {
  expect(redacted(`DB_PASSWORD: ${secret} # old`)).toBe(`DB_PASSWORD: ${shown} # old`)
  expect(redacted('LOG_LEVEL: info')).toBe('LOG_LEVEL: info')
})

test('what is redacted stays as it is', () => {
  expect(redacted(`DB_PASSWORD: ${shown}`)).toBe(`DB_PASSWORD: ${shown}`)
})

describe('the text at a place', () => {
  const text = `env: {B: {value: ${secret}, name: DB_PASSWORD}, C: x}\n`
  const start = text.indexOf(secret)
  const between = (from: number, to: number) => textAt({ source: read(text), start: from, end: to })

  test('is without the secret in it', () => {
    expect(between(0, text.length)).toBe(text.replace(secret, shown))
  })

  test('shows no part of one that begins or ends outside', () => {
    expect(between(start + 3, text.length)).toMatch(/^<redacted, .*>, name: DB_PASSWORD/)
    expect(between(0, start + 3)).toBe(`env: {B: {value: ${shown}`)
    expect(between(start + 3, start + 6)).toBe(shown)
    expect(between(start, start)).toBe('')
  })
})

describe('a code frame', () => {
  const text = `a: 1\r\nDB_PASSWORD: "${secret}"  # x\r\nb: 2\r\n`
  const frame = (part: string) => {
    const start = text.indexOf(part)
    const at = { source: read(text), start, end: start + part.length }
    return codeFrame(at, 1, pc.createColors(false))
  }

  test('marks the whole of a secret of which a part is meant', () => {
    expect(frame('vLq')).toEqual([
      `2 | DB_PASSWORD: "${shown}"  # x`,
      `  |               ${'^'.repeat(shown.length)}`,
    ])
  })

  test('marks what stands behind a secret at its place', () => {
    expect(frame('# x')).toEqual([
      `2 | DB_PASSWORD: "${shown}"  # x`,
      `  |               ${' '.repeat(shown.length)}   ^^^`,
    ])
  })

  test('of a line within a private key shows no line of it', () => {
    const key = 'k: |\n  -----BEGIN PRIVATE KEY-----\n  MC4CAQ\n  -----END PRIVATE KEY-----\nb: 1\n'
    const start = key.indexOf('4CAQ')
    const [line] = codeFrame(
      { source: read(key), start, end: start + 2 },
      1,
      pc.createColors(false),
    )
    expect(line).toMatch(/^3 \| <redacted, \d+ characters, sha256:[0-9a-f]{4}…>$/)
  })
})

describe('a sentence about a file', () => {
  const source = read(`env:\n  - {value: ${secret}, name: DB_PASSWORD}\n`)

  test.each([
    [`env.0.value is ${secret}, but at most 5`, `env.0.value is ${shown}, but at most 5`],
    [`quote it: "${secret.slice(0, 9)}…"`, `quote it: "${shown}…"`],
    [`${secret} ${secret}`, `${shown} ${shown}`],
    ['DB_PASSWORD is set', 'DB_PASSWORD is set'],
  ])('%j', (sentence, expected) => {
    expect(withoutSecretsOf([source], sentence)).toBe(expected)
  })
})

test('a line that differs is shown without its secret, though the line before it tells', () => {
  const manifest = (value: string) => `env:\n  - name: DB_PASSWORD\n    value: "${value}"\n`
  const difference = firstDifference(manifest(secret), manifest('changeme'))
  expect(difference).toBe(`line 3: "value: "${shown}"", should be "value: "changeme""`)
})

describe('what is shown', () => {
  test('is cut after it is redacted', () => {
    expect(showShort(`DB_PASSWORD: ${secret}`, 20)).toBe('DB_PASSWORD: <redac…')
  })

  test.each([
    ['##[add-mask]x', '\\u{23}#[add-mask]x'],
    ['x ##vso[task.setvariable]', 'x \\u{23}#vso[task.setvariable]'],
    ['a\n::error::', 'a\\u{a}::error::'],
    ['\u001b]8;;x\u0007', '\\u{1b}]8;;x\\u{7}'],
    ['a\u202eb\u206ac\u{e0041}\u180e\ufffe', 'a\\u{202e}b\\u{206a}c\\u{e0041}\\u{180e}\\u{fffe}'],
    ['## a [b]', '## a [b]'],
  ])('gives no orders: %j', (text, expected) => {
    expect(show(text)).toBe(expected)
  })

  test('a document for programs says the same with escapes of its own', () => {
    const value = { a: '\u007f\u009b\u202e\u{e0041}\n', b: '##vso[x]', [secret]: `token=${secret}` }
    const text = jsonText(value)
    expect(text).not.toMatch(/[^\n\x20-\x7e…]/)
    expect(text).not.toContain('##vso[')
    expect(JSON.parse(text)).toEqual({ ...value, [secret]: `token=${shown}` })
  })
})
