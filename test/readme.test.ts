import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeReferenceFleet, repositoryRoot, type Sandbox } from './commands/sandbox.ts'
import { runConsoles } from './pages/console.ts'

const path = join(repositoryRoot, 'README.md')
const page = readFileSync(path, 'utf8')

describe('README.md', () => {
  let sandbox: Sandbox
  beforeAll(() => {
    sandbox = makeReferenceFleet()
  }, 60_000)
  afterAll(() => sandbox.remove())

  test('its tour prints what it shows', async () => {
    // vitest -u rewrites the page.
    await expect(runConsoles(page, sandbox)).toMatchFileSnapshot(path)
  }, 180_000)

  test('its figures are those of the fleet', () => {
    const { stdout } = sandbox.sahaba(['list', '--format', 'json'])
    const rows = JSON.parse(stdout) as { readonly target: string; readonly owner: string }[]
    const count = (names: readonly string[]) => new Set(names).size
    const part = (index: number) => count(rows.map(({ target }) => target.split('/')[index] ?? ''))
    const boutique = rows.filter(({ owner }) => owner === 'boutique')
    expect(page).toContain(
      "the twelve workloads of Google's Online Boutique and six\nprojects more",
    )
    expect(count(boutique.map(({ target }) => target.split('/')[2] ?? ''))).toBe(12)
    expect(part(2)).toBe(12 + 6)
    expect(page).toContain('in three regions and two environments')
    expect([part(0), part(1)]).toEqual([3, 2])
  })

  test('the files that it names are there', () => {
    const links = [...page.matchAll(/\]\(([^)#:]+)\)/g)].map(([, name]) => name ?? '')
    const scripts = [...page.matchAll(/\b(?:scripts|bench|test)\/[\w./-]+\.(?:ts|mjs)\b/g)]
    for (const name of [...links, ...scripts.map(([name]) => name)]) {
      expect(() => readFileSync(join(repositoryRoot, name)), name).not.toThrow()
    }
  })
})
