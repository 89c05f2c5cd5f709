import { expect, test } from 'vitest'
import { randomFrom } from '../../bench/random.ts'
import { tryEdit } from './laws.ts'
import { dataOf, keyOrder, randomEdit, randomYaml } from './random-yaml.ts'

test('an edit changes its value and nothing else, whatever the file looks like', () => {
  const counts = new Map<string, number>()
  for (let seed = 1; seed <= 2000; seed += 1) {
    const random = randomFrom(seed)
    const text = randomYaml(random)
    const edit = randomEdit(random, dataOf(text))
    const { kind, wrong } = tryEdit(text, edit, keyOrder)
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
    if (wrong !== undefined) {
      expect.fail(`seed ${seed}: ${wrong}\n${JSON.stringify(edit)}\n${JSON.stringify(text)}`)
    }
  }
  expect(counts.get('edited')).toBeGreaterThan(500)
  expect(counts.get('edited and back')).toBeGreaterThan(30)
})
