import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { type Compilation, compile } from '../src/compile.ts'
import { readKubernetes } from '../src/io/kubernetes-data.ts'
import { everything } from '../src/model/selection.ts'
import { isInShard } from '../src/model/shard.ts'
import { compileParts, type PartSummary, summaryOf } from '../src/parts.ts'
import type { Snapshot } from '../src/source/snapshot.ts'
import { formatLocation } from '../src/source/source.ts'
import { readFiles } from './support/files.ts'
import { casesFolder, overBase, snapshotOf } from './support/repository.ts'

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '')
const today = '2027-01-01'

function part(snapshot: Snapshot, index: number, count: number): Compilation {
  const shard = { index, count }
  const select = { ...everything, project: (name: string) => isInShard(name, shard) }
  return compile(snapshot, { select, others: () => undefined, kubernetes: readKubernetes(), today })
}

/** What the parts say by themselves and what is said of the whole, each finding once. */
function inParts(snapshot: Snapshot, count: number) {
  const parts = Array.from({ length: count }, (_, index) => part(snapshot, index + 1, count))
  const summaries = parts.flatMap((each, index) => {
    const summary = summaryOf(each, snapshot, { index: index + 1, count })
    // As it comes from a file.
    return summary ? [JSON.parse(JSON.stringify(summary)) as PartSummary] : []
  })
  if (summaries.length < count) return undefined
  const whole = compileParts(snapshot, summaries, { kubernetes: readKubernetes(), today })
  const files = parts.flatMap((each) => [...each.files])
  return { parts, whole, files, findings: textsOf([...parts, whole]) }
}

/** What is found and where. A finding about a template names one target, in each part another. */
function textsOf(compilations: readonly Compilation[]): string[] {
  const diagnostics = compilations.flatMap((each) => each.diagnostics)
  const told = diagnostics.map(({ severity, id, rule, at }) => {
    return `${severity} ${id} ${rule ?? ''} ${at ? formatLocation(at) : ''}`
  })
  return [...new Set(told)].sort()
}

const fleet: Snapshot = snapshotOf(
  new Map(
    ['policies', 'projects', 'schemas'].flatMap((folder) => {
      const files = [...readFiles(`${root}/${folder}`)]
      return files.map(([path, bytes]) => [`${folder}/${path}`, bytes] as const)
    }),
  ),
)

describe('a fleet in parts', () => {
  test.each([1, 3, 7])('of %i is byte for byte the whole', (count) => {
    const whole = compile(fleet, { kubernetes: readKubernetes(), today })
    const parts = inParts(fleet, count)
    const byPath = (files: Iterable<{ path: string; text: string }>) =>
      [...files].sort((a, b) => (a.path < b.path ? -1 : 1))
    expect(byPath(parts?.files ?? [])).toEqual(byPath(whole.files))
    expect(parts?.findings).toEqual(textsOf([whole]))
  })

  const cases = readdirSync(casesFolder).filter((name) => {
    const options = `${casesFolder}/${name}/options.json`
    return !name.startsWith('_') && !existsSync(options)
  })
  test('finds what is wrong between its parts, as the whole does', () => {
    let between = 0
    for (const name of cases) {
      const files = [...readFiles(`${casesFolder}/${name}`)].filter(([path]) => {
        return /^(policies|projects|schemas)\//.test(path)
      })
      const snapshot = snapshotOf(overBase(new Map(files)))
      const whole = compile(snapshot, { kubernetes: readKubernetes(), today })
      const parts = whole.rendered && inParts(snapshot, 4)
      if (!parts) continue
      const own = textsOf(parts.parts)
      const all = textsOf([whole])
      if (own.length < all.length) between += 1
      expect(parts.findings, name).toEqual(all)
    }
    expect(between).toBeGreaterThan(10)
  })

  test('belongs to parts by the names of its projects alone', () => {
    const names = Array.from({ length: 1000 }, (_, index) => `project-${index}`)
    for (const count of [1, 2, 16]) {
      const sizes = Array.from({ length: count }, (_, index) => {
        return names.filter((name) => isInShard(name, { index: index + 1, count })).length
      })
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(1000)
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThan(60)
    }
  })
})

test('the summary of a part holds no values of variables or files', () => {
  const summary = summaryOf(part(fleet, 1, 1), fleet, { index: 1, count: 1 })
  const text = JSON.stringify(summary)
  expect(text).not.toContain('JAVA_OPTS')
  expect(text.length).toBeLessThan(
    [...compile(fleet, {}).files].reduce((sum, file) => sum + file.text.length, 0) * 0.7,
  )
})
