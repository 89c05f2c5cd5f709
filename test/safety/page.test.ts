import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { repositoryRoot } from '../commands/sandbox.ts'
import { attempts } from './attempts/all.ts'

const page = readFileSync(join(repositoryRoot, 'docs/safety.md'), 'utf8')
const rows = [...page.matchAll(/^\| T(\d+) \|.*\| ([^|]*) \|$/gm)].map(([, number, proof = '']) => {
  return { threat: Number(number), proof }
})

describe('docs/safety.md', () => {
  test('has a row for each of the thirty threats', () => {
    expect(rows.map(({ threat }) => threat)).toEqual(Array.from({ length: 30 }, (_, at) => at + 1))
  })

  test.each(rows.filter(({ proof }) => proof !== 'not there yet'))(
    'T$threat is proved where it says',
    ({ threat, proof }) => {
      const files = [...proof.matchAll(/\]\(\.\.\/([^)]+)\)/g)].map(([, path = '']) => path)
      expect(files).not.toEqual([])
      for (const path of files) expect(existsSync(join(repositoryRoot, path)), path).toBe(true)
      if (!files.includes('test/safety/matrix.test.ts')) return
      expect(attempts.some((each) => each.threat === threat)).toBe(true)
    },
  )

  test.each([...new Set(attempts.map(({ threat }) => threat))])(
    'T%i has an attempt that is refused, and honest use that is not',
    (threat) => {
      const kinds = attempts.filter((each) => each.threat === threat).map(({ refused }) => !refused)
      expect([...new Set(kinds)].sort()).toEqual([false, true])
    },
  )
})
