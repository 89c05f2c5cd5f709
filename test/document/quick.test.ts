import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readQuickly } from '../../src/document/quick.ts'
import { readThoroughly } from '../../src/document/thorough.ts'
import { readFiles, textOf } from '../support/files.ts'

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '')
const folders = ['projects', 'policies', 'schemas', 'test/cases', 'bench/fleet']
const texts = folders.flatMap((folder) => {
  const files = [...readFiles(`${root}/${folder}`)].filter(([path]) => /\.(yaml|json)$/.test(path))
  return files.map(([path, bytes]) => ({ path: `${folder}/${path}`, text: textOf(bytes) }))
})

function bothWays(text: string, path = 'projects/x/project.yaml') {
  const source = { path, text }
  const findings: string[] = []
  const thorough = readThoroughly(source, false, ({ message }) => findings.push(message))
  return { quick: readQuickly(source), thorough, findings }
}

describe('reading quickly', () => {
  test('gives what reading thoroughly gives, value for value and place for place', () => {
    let read = 0
    for (const { path, text } of texts) {
      const { quick, thorough, findings } = bothWays(text, path)
      if (!quick) continue
      read += 1
      expect(findings, path).toEqual([])
      expect([quick], path).toEqual(thorough)
    }
    expect(read).toBeGreaterThan(texts.length / 3)
  })

  test('takes all projects, rules and schemas of the reference fleet', () => {
    const own = texts.filter(({ path }) =>
      /^(?:projects\/|policies\/rules\/|policies\/fleet|schemas\/)/.test(path),
    )
    expect(own.filter(({ text, path }) => !bothWays(text, path).quick)).toEqual([])
  })

  test('takes texts in lines of their own as the package does', () => {
    const plain = fc.constantFrom('    a', '    b: c', '    ${d}, "e"', '    - f # g', '')
    const line = fc.constantFrom('', ' ', '  ', '  a', '  b: c', '   d', '    e', '  # f', 'g: h')
    const more = fc.constantFrom('  - i', '  ${j}', '  "k"', '  l ', '# m', ' n', '  o #p', '- q')
    const lines = fc.array(fc.oneof(plain, plain, line, more), { minLength: 1, maxLength: 5 })
    const mark = fc.constantFrom('|', '|-', '>', '>-', '>+', '|2', '| # r')
    const key = fc.constantFrom('s:', '- ', '- t:', 'u:\n  v:', 'u:\n- w:', 'u:\n  - ')
    const all = fc.tuple(fc.array(fc.tuple(key, mark, lines), { minLength: 1, maxLength: 2 }))
    let read = 0
    fc.assert(
      fc.property(all, fc.constantFrom('', '\n', '\n\n'), ([parts], end) => {
        const written = parts.map(([begin, how, below]) => [`${begin} ${how}`, ...below].join('\n'))
        const { quick, thorough, findings } = bothWays(written.join('\n') + end)
        if (!quick) return
        read += 1
        expect({ read: [quick], findings }).toEqual({ read: thorough, findings: [] })
      }),
      { numRuns: 3000 },
    )
    expect(read).toBeGreaterThan(100)
  })

  test('takes JSON as the package does', () => {
    const json = fc.tuple(fc.json({ maxDepth: 4 }), fc.constantFrom(undefined, 2))
    let read = 0
    fc.assert(
      fc.property(json, ([text, indentation]) => {
        const written = JSON.stringify(JSON.parse(text), null, indentation)
        const { quick, thorough, findings } = bothWays(written, 'schemas/user.schema.json')
        if (!quick) return
        read += 1
        expect({ read: [quick], findings }).toEqual({ read: thorough, findings: [] })
      }),
      { numRuns: 2000 },
    )
    expect(read).toBeGreaterThan(100)
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
