import { existsSync, readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type Compilation, compile, type OutputFile, printTarget } from '../src/compile.ts'
import { readKubernetes } from '../src/io/kubernetes-data.ts'
import { nothingKnown } from '../src/knowledge.ts'
import { everything } from '../src/model/selection.ts'
import { isInShard } from '../src/model/shard.ts'
import { compileRestEach } from '../src/one-by-one.ts'
import { compileParts, type PartSummary, summing } from '../src/parts.ts'
import type { Snapshot } from '../src/source/snapshot.ts'
import { formatLocation } from '../src/source/source.ts'
import { readFiles } from './support/files.ts'
import { casesFolder, overBase, readReference, snapshotOf } from './support/repository.ts'

const today = '2027-01-01'

function part(snapshot: Snapshot, index: number, count: number): Compilation {
  const shard = { index, count }
  const select = { ...everything, project: (name: string) => isInShard(name, shard) }
  return compile(snapshot, { select, others: () => undefined, kubernetes: readKubernetes(), today })
}

/** What is kept of a part, as it comes from a file; undefined if it could not be rendered. */
function summaryOf(each: Compilation, snapshot: Snapshot, index: number, count: number) {
  const { add, end } = summing(snapshot, { index, count })
  add(each)
  const pieces = end(each)
  return pieces && (JSON.parse([...pieces].join('')) as PartSummary)
}

/** A part project by project: what is told and rendered, and what is kept of it. */
function oneByOne(snapshot: Snapshot, index: number, count: number) {
  const select = { ...everything, project: (name: string) => isInShard(name, { index, count }) }
  const options = { select, isPart: true, kubernetes: readKubernetes(), today }
  const { add, end } = summing(snapshot, { index, count })
  const texts: OutputFile[] = []
  const steps = compileRestEach(snapshot, nothingKnown, options)
  let step = steps.next()
  for (; !step.done; step = steps.next()) {
    add(step.value)
    texts.push(...step.value.rendered.flatMap(printTarget))
  }
  const { compilation } = step.value
  const pieces = end(compilation)
  const summary = pieces && (JSON.parse([...pieces].join('')) as PartSummary)
  return { diagnostics: compilation.diagnostics, texts, summary }
}

/** What the parts say by themselves and what is said of the whole, each finding once. */
function inParts(snapshot: Snapshot, count: number) {
  const parts = Array.from({ length: count }, (_, index) => part(snapshot, index + 1, count))
  const summaries = parts.flatMap((each, index) => {
    return summaryOf(each, snapshot, index + 1, count) ?? []
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

const fleet = snapshotOf(readReference())

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

  test('tells and renders the same when it lets go of its projects one by one', () => {
    let telling = 0
    for (const name of ['', ...cases]) {
      const own = name === '' ? new Map() : readFiles(`${casesFolder}/${name}`)
      const files = [...own].filter(([path]) => /^(policies|projects|schemas)\//.test(path))
      const snapshot = snapshotOf(overBase(new Map(files)))
      for (const index of [1, 2]) {
        const atOnce = part(snapshot, index, 2)
        const single = oneByOne(snapshot, index, 2)
        expect(single.diagnostics, name).toEqual(atOnce.diagnostics)
        expect(single.summary, name).toEqual(summaryOf(atOnce, snapshot, index, 2))
        if (!atOnce.failed) expect(single.texts, name).toEqual([...atOnce.files])
        telling += atOnce.diagnostics.length
      }
    }
    expect(telling).toBeGreaterThan(100)
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
  const summary = summaryOf(part(fleet, 1, 1), fleet, 1, 1)
  const text = JSON.stringify(summary)
  expect(text).not.toContain('JAVA_OPTS')
  expect(text.length).toBeLessThan(
    [...compile(fleet, {}).files].reduce((sum, file) => sum + file.text.length, 0) * 0.7,
  )
})
