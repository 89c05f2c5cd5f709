import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { allVerdicts } from '../src/diff/meaning/all-verdicts.ts'
import { gravity } from '../src/diff/meaning/verdict.ts'
import { tabulateMeanings } from './pages/meanings.ts'

const path = fileURLToPath(new URL('../docs/review.md', import.meta.url))
const page = readFileSync(path, 'utf8')

test('the page has a section of every meaning, the gravest first', () => {
  const sections = [...page.matchAll(/^### `([a-z-]+)`$/gm)].map(([, id]) => id)
  expect(sections).toEqual(gravity)
})

test('its tables are the rules', async () => {
  const anew = tabulateMeanings(page)
  expect(allVerdicts.filter(({ sentence }) => !anew.includes(`| ${sentence} |`))).toEqual([])
  await expect(anew).toMatchFileSnapshot(path)
})
