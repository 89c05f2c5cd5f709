import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { readQuickly } from '../../src/document/quick.ts'
import { readThoroughly } from '../../src/document/thorough.ts'
import { readFiles, textOf } from '../support/files.ts'

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '')
const texts = ['projects', 'policies', 'test/cases', 'bench/fleet'].flatMap((folder) => {
  const files = [...readFiles(`${root}/${folder}`)].filter(([path]) => path.endsWith('.yaml'))
  return files.map(([path, bytes]) => ({ path: `${folder}/${path}`, text: textOf(bytes) }))
})

function bothWays(text: string) {
  const source = { path: 'projects/x/project.yaml', text }
  const findings: string[] = []
  const thorough = readThoroughly(source, false, ({ message }) => findings.push(message))
  return { quick: readQuickly(source), thorough, findings }
}

describe('reading quickly', () => {
  test('gives what reading thoroughly gives, value for value and place for place', () => {
    let read = 0
    for (const { path, text } of texts) {
      const { quick, thorough, findings } = bothWays(text)
      if (!quick) continue
      read += 1
      expect(findings, path).toEqual([])
      expect([quick], path).toEqual(thorough)
    }
    expect(read).toBeGreaterThan(texts.length / 3)
  })

  test('takes all projects of the reference fleet', () => {
    const own = texts.filter(({ path }) => path.startsWith('projects/'))
    expect(own.filter(({ text }) => !bothWays(text).quick)).toEqual([])
  })

  test.each([
    ['a key twice', 'a: 1\na: 2\n'],
    ['a key twice in a flow map', 'a: {b: 1, b: 2}\n'],
    ['a word that readers differ about', 'a: yes\n'],
    ['a number that readers differ about', 'a: 0644\n'],
    ['a text that goes on below', 'a: one\n  two\n'],
    ['a value of a key that goes on below', 'a: {b: 1}\n  c: 2\n'],
    ['a tab', 'a:\tb\n'],
    ['the ends of lines of Windows', 'a: b\r\n'],
    ['an anchor', 'a: &x 1\n'],
    ['an alias', 'a: *x\n'],
    ['a tag', 'a: !!str 1\n'],
    ['a merge', '<<: {a: 1}\n'],
    ['a key with a meaning in JavaScript', '__proto__: {a: 1}\n'],
    ['a block of text', 'a: |\n  b\n'],
    ['an escape', 'a: "\\u0041"\n'],
    ['a quote in quotes', "a: 'it''s'\n"],
    ['what stands behind a value', 'a: "b" c\n'],
    ['a comment that is none', 'a: "b"#c\n'],
    ['an expression with a comment in it', 'a: ${b #c}\n'],
    ['a second colon', 'a: b: c\n'],
    ['a colon at the end', 'a: b:\n'],
    ['less indentation than before', 'a:\n    b: 1\n  c: 2\n'],
    ['a list among keys', 'a: 1\n- b\n'],
    ['a key among items', '- a\nb: 1\n'],
    ['two documents', 'a: 1\n---\nb: 2\n'],
    ['a bracket that is not closed', 'a: [b\n'],
    ['a comma too many', 'a: [b, ]\n'],
    ['a flow map without a value', 'a: {b}\n'],
    ['nothing', '# nothing\n'],
  ])('leaves %s to the package', (_, text) => {
    expect(readQuickly({ path: 'projects/x/project.yaml', text })).toBeUndefined()
  })
})
