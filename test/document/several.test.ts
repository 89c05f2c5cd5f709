import { expect, test } from 'vitest'
import type { Finding } from '../../src/diagnostics/diagnostic.ts'
import { loadDocuments } from '../../src/document/load.ts'
import { toValue } from '../../src/document/node.ts'
import { positionOf } from '../../src/source/source.ts'

function read(text: string) {
  const findings: Finding[] = []
  const bytes = new TextEncoder().encode(text)
  const { roots, source } = loadDocuments('all.yaml', bytes, (finding) => findings.push(finding))
  const lines = findings.map(({ at }) => at && positionOf(source, at.start).line)
  const begins = roots.map(({ at }) => positionOf(source, at.start).line)
  return { values: roots.map(toValue), begins, findings, lines }
}

test('several documents are read in their order, each at its place', () => {
  const { values, begins } = read('---\na: 1\n---\n# nothing\n---\nb: 2\n')
  expect(values).toEqual([{ a: 1 }, { b: 2 }])
  expect(begins).toEqual([2, 6])
})

test('an anchor ends with its document', () => {
  const { findings, lines } = read('a: &x 1\n---\nb: *x\n')
  expect(findings.map(({ message }) => message)).toEqual([
    '*x stands for nothing: no value above has the anchor &x',
  ])
  expect(lines).toEqual([3])
})

test('a mistake in one is a mistake of the file', () => {
  const { values, findings, lines } = read('a: 1\n---\nb: [1\n---\nc: 1\nc: 2\n')
  expect(values).toEqual([])
  expect(findings).toHaveLength(1)
  expect(lines).toEqual([3])
})

test('keys may be the same in different documents, but not in one', () => {
  expect(read('a: 1\n---\na: 2\n').values).toEqual([{ a: 1 }, { a: 2 }])
  expect(read('a: 1\n---\na: 2\na: 3\n').lines).toEqual([4])
})
