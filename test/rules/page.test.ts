import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Value, ValueMap } from '../../src/document/node.ts'
import { readFiles } from '../support/files.ts'
import { updating } from '../support/updating.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const page = `${root}docs/rules.md`
const between = /(<!-- from policies\/rules -->\n).*(<!-- until here -->)/s

test('docs/rules.md tells of the rules as their files have them', () => {
  const text = readFileSync(page, 'utf8')
  const expected = text.replace(between, (_, before, after) => `${before}\n${tables()}${after}`)
  if (updating()) writeFileSync(page, expected)
  expect(readFileSync(page, 'utf8')).toBe(expected)
})

function tables(): string {
  const layers = readFiles(`${root}policies/rules`)
  return [...layers].map(([path, bytes]) => tableOf(path, new TextDecoder().decode(bytes))).join('')
}

function tableOf(path: string, text: string): string {
  const { description, rules } = parse(text) as { description: string; rules: ValueMap[] }
  const rows = rules.map(({ id, description: said, severity = 'error', each, blame = '' }) => {
    const [, row = '', why = ''] = /^(?:(\w\d\d)\. )?(.*)$/s.exec(String(said)) ?? []
    const level = severity === 'none' ? 'off' : severity
    return `| \`${id}\` | ${row} | ${why} | ${level} | \`${judged(each)}${field(blame)}\` |\n`
  })
  const [topic = ''] = path.split('/')
  const head = '| rule | | why | default | answerable |\n|---|---|---|---|---|\n'
  return `### ${topic}\n\n${description}\n\n${head}${rows.join('')}\n`
}

/** In short what is judged: a container is one of either list. */
function judged(each: Value | undefined): string {
  const [first = 'object'] = [each ?? []].flat().map(String)
  const words: Readonly<Record<string, string>> = {
    'podSpec.containers': 'container',
    'podSpec.volumes': 'volume',
    podSpec: 'pod',
  }
  return words[first] ?? first.replace('object.', '').replace('object', '')
}

function field(blame: Value): string {
  return String(blame).replace('${variables.position}', 'n')
}
