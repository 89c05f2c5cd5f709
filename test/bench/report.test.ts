import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SaxesParser } from 'saxes'
import { expect, onTestFinished, test } from 'vitest'
import { type Goal, goals, verdict } from '../../bench/run/goals.ts'
import { median } from '../../bench/run/measure.ts'
import { count, replaceBlocks, table } from '../../bench/run/page.ts'
import { plot } from '../../bench/run/plot.ts'

test('a run replaces its own blocks of the page, and nothing else', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sahaba-page-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const page = join(folder, 'page.md')
  const block = (name: string, text: string) => `<!-- ${name} -->\n${text}<!-- end -->\n`
  writeFileSync(page, `# A\n${block('one', 'old\n')}text\n${block('two', '')}`)
  replaceBlocks(page, new Map([['one', 'new\n']]))
  expect(readFileSync(page, 'utf8')).toBe(
    `# A\n${block('one', '\nnew\n\n')}text\n${block('two', '')}`,
  )
  expect(() => replaceBlocks(page, new Map([['three', '']]))).toThrow('no block "three"')
})

test('a goal is reached, or missed by a factor', () => {
  const most: Goal = { id: 'P', wanted: '', unit: '×', atMost: 2 }
  const least: Goal = { id: 'P', wanted: '', unit: '×', atLeast: 100 }
  expect(verdict(most, 2)).toBe('reached')
  expect(verdict(most, 5)).toBe('not by a factor of 2.50')
  expect(verdict(least, 100)).toBe('reached')
  expect(verdict(least, 40)).toBe('not by a factor of 2.50')
  expect(verdict(least, undefined)).toBe('not measured')
})

test('every goal of a run is a ratio of what was measured, and of nothing else', () => {
  const measurement = (id: string) => ({
    id,
    title: id,
    times: [id === 'cold' ? 2 : 8],
    usage: { memory: 5, work: 3 },
  })
  const stages = new Map([
    ['total', 3],
    ['check', 1],
  ])
  for (const goal of goals) {
    expect(goal.ratio({ of: measurement, stages })).toBeGreaterThan(0)
    expect(goal.ratio({ of: () => undefined, stages })).toBeUndefined()
  }
})

test('numbers stand to the right in a table', () => {
  expect(table(['what', 'time', 'note'], [['a', '1 s', 'x']])).toBe(
    '| what | time | note |\n|---|--:|---|\n| a | 1 s | x |\n',
  )
  expect([999, 1000, 1_234_567].map(count)).toEqual(['999', '1,000', '1,234,567'])
  expect([median([3, 1, 2]), median([4, 1])]).toEqual([2, 1])
})

test('what grows evenly is a straight line', () => {
  const points = [1, 2, 3].map((step) => ({ x: 10 ** step, y: 0.2 * 10 ** step }))
  const svg = plot('projects', [{ title: 'time & memory', lines: [{ name: 'render', points }] }])
  const lines: string[] = []
  const parser = new SaxesParser()
  parser.on('opentag', ({ name, attributes }) => {
    if (name === 'polyline') lines.push(String(attributes.points))
  })
  parser.on('error', (error) => {
    throw error
  })
  parser.write(svg).close()
  const [line = ''] = lines
  const [a, b, c] = line.split(' ').map((point) => point.split(',').map(Number))
  expect(Number(b?.[0]) - Number(a?.[0])).toBeCloseTo(Number(c?.[0]) - Number(b?.[0]), 0)
  expect(Number(a?.[1]) - Number(b?.[1])).toBeCloseTo(Number(b?.[1]) - Number(c?.[1]), 0)
  expect(Number(b?.[0])).toBeGreaterThan(Number(a?.[0]))
  expect(Number(b?.[1])).toBeLessThan(Number(a?.[1]))
})
