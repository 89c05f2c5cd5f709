import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Value } from '../../src/document/node.ts'
import { derivedSchemas } from '../../src/model/derived-files.ts'
import { readFiles, textOf } from '../support/files.ts'
import { differences } from './compare.ts'
import { compilation, manifestOf, manifestsOf, outputs, root } from './fleet.ts'
import { at } from './lookup.ts'

interface Expected {
  readonly file: string
  readonly target: string
  readonly manifest: Value
}

// What the policies must make of the projects, written down before they were. A file is named
// <region>.<environment>.<project>.<kind>.yaml and may leave out what others already show.
const folder = `${root}/test/fleet/expected`
const expected: readonly Expected[] = readdirSync(folder).map((file) => {
  const [region, environment, project] = file.split('.')
  const manifest = parse(readFileSync(`${folder}/${file}`, 'utf8')) as Value
  return { file, target: `${region}/${environment}/${project}`, manifest }
})

describe('what is expected of a manifest is in the rendered one', () => {
  test.each(expected)('$file', ({ file, target, manifest }) => {
    expect(differences(manifest, renderedFor({ file, target, manifest }))).toEqual([])
  })
})

describe('order-api in sh/prod is what is expected and nothing else', () => {
  const whole = expected.filter(({ target }) => target === 'sh/prod/order-api')

  test.each(whole)('$file', ({ file, target, manifest }) => {
    const rendered = renderedFor({ file, target, manifest })
    expect(differences(rendered ?? null, manifest)).toEqual([])
  })

  test('there are no other files', () => {
    expect(whole).toHaveLength(5)
    expect(manifestsOf('sh/prod/order-api')).toHaveLength(5)
  })
})

describe('the repository as it is committed', () => {
  test('nothing is wrong with it', () => {
    expect(compilation.diagnostics).toEqual([])
  })

  test('its out/ is what it compiles to', () => {
    const committed = new Map(
      [...readFiles(`${root}/out`)].map(([path, bytes]) => [path, textOf(bytes)]),
    )
    expect([...committed.keys()].sort()).toEqual([...outputs.keys()].sort())
    expect([...outputs].filter(([path, text]) => committed.get(path) !== text)).toEqual([])
  })

  test('the schemas for editors are up to date', () => {
    const derived = compilation.ground ? [...derivedSchemas(compilation.ground)] : []
    expect(derived).toHaveLength(4)
    for (const [name, text] of derived)
      expect(readFileSync(`${root}/schemas/${name}`, 'utf8'), name).toBe(text)
  })
})

function renderedFor({ target, manifest }: Expected): Value | undefined {
  const name = at(manifest, '/metadata/name')
  return manifestOf(target, String(at(manifest, '/kind')), { name })
}
