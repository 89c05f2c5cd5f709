import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { compile } from '../src/compile.ts'
import { readKubernetes } from '../src/io/kubernetes-data.ts'
import { keyOf, type Memory, settled, settledAlone, stateOf } from '../src/memory.ts'
import { everything } from '../src/model/selection.ts'
import { jsonReview } from '../src/report/review-json.ts'
import { compareSnapshots } from '../src/review.ts'
import { digestOf } from '../src/source/digest.ts'
import type { Snapshot } from '../src/source/snapshot.ts'
import { edited } from './support/edits.ts'
import { type Files, readFiles } from './support/files.ts'
import {
  compileAnew,
  compileRemembering,
  found,
  type Kept,
  keysIn,
  knowledgeOf,
  oneByOne,
  today,
} from './support/remembering.ts'
import { casesFolder, overBase, readReference, snapshotOf } from './support/repository.ts'

const diffs = fileURLToPath(new URL('diffs', import.meta.url))
const reference = readReference()
const fleet = snapshotOf(reference)
const begun = compileRemembering(fleet, undefined)

// The edits of the cases of reviews, each made to the whole reference fleet.
const names = readdirSync(diffs).filter((name) => existsSync(`${diffs}/${name}/after`))

describe('a state of which something is known', () => {
  test.each(names)('%s: gives what compiling everything gives', (name) => {
    const after = snapshotOf(edited(reference, readFiles(`${diffs}/${name}/after`)))
    const step = compileRemembering(after, begun.kept)
    const whole = compileAnew(after)
    expect(found(step.compilation)).toEqual(found(whole.compilation))
    expect(step.output).toEqual(whole.output)
    // And back again, from what is known of both.
    const back = compileRemembering(fleet, step.kept)
    expect(found(back.compilation)).toEqual(found(begun.compilation))
    expect(back.output).toEqual(begun.output)
  })

  test('is not compiled where it is all known', () => {
    const again = compileRemembering(fleet, begun.kept)
    expect(again.compilation.targets.length).toBeLessThan(begun.compilation.targets.length / 2)
    expect(again.output).toEqual(begun.output)
    expect(
      settled(begun.kept?.memory, keysIn(fleet), today, { withFiles: true }) !== undefined,
    ).toBe(begun.compilation.diagnostics.length === 0)
  })
})

describe('projects that are let go of one by one', () => {
  test.each(names)('%s: render and are told like all at once', (name) => {
    const after = snapshotOf(edited(reference, readFiles(`${diffs}/${name}/after`)))
    for (const kept of [undefined, begun.kept]) {
      const { texts, result } = oneByOne(after, kept)
      const atOnce = compileRemembering(after, kept)
      expect(found(result.compilation)).toEqual(found(atOnce.compilation))
      expect(result.order).toEqual(atOnce.order)
      if (atOnce.output)
        expect([...texts].filter(([path, digest]) => atOnce.output?.get(path) !== digest)).toEqual(
          [],
        )
    }
  })
})

describe('a review of a state of which something is known', () => {
  test.each(names)('%s: is the same as one of which nothing is', (name) => {
    const after = snapshotOf(edited(reference, readFiles(`${diffs}/${name}/after`)))
    const options = { kubernetes: readKubernetes(), today }
    const whole = compareSnapshots(fleet, after, options)
    for (const kept of [begun.kept, compileRemembering(after, begun.kept).kept]) {
      const knowledge = knowledgeOf(after, kept)
      const { review, ...rest } = compareSnapshots(fleet, after, { ...options, knowledge })
      expect(found(rest.after)).toEqual(found(whole.after))
      expect(review === undefined).toBe(whole.review === undefined)
      const asJson = (each: typeof review, owners: ReadonlyMap<string, string>) =>
        each && jsonReview(each, { owners })
      expect(asJson(review, rest.sides?.after.owners ?? new Map())).toEqual(
        asJson(whole.review, whole.after.owners),
      )
    }
  })
})

describe('what is wrong between projects', () => {
  const cases = readdirSync(casesFolder).filter((name) => {
    return !name.startsWith('_') && !existsSync(`${casesFolder}/${name}/options.json`)
  })

  test('is found whichever of them is known', () => {
    let partly = 0
    for (const name of cases) {
      const own = [...readFiles(`${casesFolder}/${name}`)].filter(([path]) => {
        return /^(policies|projects|schemas)\//.test(path)
      })
      const files = overBase(new Map(own))
      const whole = compileAnew(snapshotOf(files))
      const single = oneByOne(snapshotOf(files), undefined).result
      expect(found(single.compilation), name).toEqual(found(whole.compilation))
      const projects = new Set([...files.keys()].map(projectIn).filter((each) => each !== ''))
      for (const project of projects) {
        // As if this one had just come to the others.
        const rest = new Map([...files].filter(([path]) => projectIn(path) !== project))
        const step = compileRemembering(
          snapshotOf(files),
          compileRemembering(snapshotOf(rest), undefined).kept,
        )
        if (step.known > 0) partly += 1
        expect(found(step.compilation), `${name}, ${project}`).toEqual(found(whole.compilation))
        expect(step.output, `${name}, ${project}`).toEqual(whole.output)
      }
    }
    expect(partly).toBeGreaterThan(10)
  })
})

describe('clusters in order', () => {
  test('are judged no more, but for those in which a waiver lets something pass', () => {
    const overlapping = [...readFiles(`${casesFolder}/selectors-of-two-projects-overlap`)]
    const waiver =
      '{rule: overlapping-selectors, projects: [order], reason: it moves, owner: trade}'
    const others = (replicas: number) =>
      snapshotOf(
        overBase(
          new Map([
            ...overlapping,
            encoded('policies/base/policy.yaml', `defaults: {replicas: 1}\nwaivers: [${waiver}]\n`),
            encoded(
              'projects/other/project.yaml',
              'owner: trade\nruntime: java8\ncpu: 1\nmemory: 1Gi\ntags: [other]\n' +
                `environments: {prod: {replicas: ${replicas}}}\n`,
            ),
            encoded('projects/other/pipeline/prod.yaml', 'image: registry.example.com/other:1\n'),
          ]),
        ),
      )
    const { kept, compilation } = compileRemembering(others(1), undefined)
    expect(found(compilation)).toEqual([])
    expect(Object.keys(kept?.memory.order?.clusters ?? {}).sort()).toEqual(['cq/prod', 'sh/prod'])
    const step = compileRemembering(others(2), kept)
    // It would say that the waiver is of no use.
    expect(found(step.compilation)).toEqual(found(compileAnew(others(2)).compilation))
    expect(step.order?.clusters).not.toEqual(kept?.memory.order?.clusters)
  })

  function encoded(path: string, text: string) {
    return [path, new TextEncoder().encode(text)] as const
  }
})

describe('a project that is named', () => {
  const cases = readdirSync(casesFolder).filter((name) => !name.startsWith('_'))

  test('is known only if compiling it by itself has nothing to say, and gives the same', () => {
    let known = 0
    for (const name of cases) {
      const own = [...readFiles(`${casesFolder}/${name}`)]
      const files = snapshotOf(overBase(new Map(own))).files
      const projects = [...new Set([...files.keys()].map(projectIn))].filter((each) => each !== '')
      // Remembered as they are, and as they were before another came.
      for (const late of ['', ...projects]) {
        const earlier = [...files].filter(([path]) => late === '' || projectIn(path) !== late)
        const { kept } = compileRemembering(snapshotOf(new Map(earlier)), undefined)
        for (const project of projects) {
          const snapshot = onlyWith(project, files, projects)
          const alone = remembered(kept, snapshot, project)
          if (!alone) continue
          known += 1
          const compilation = compile(snapshot, {
            select: { ...everything, project: (each) => each === project },
            kubernetes: readKubernetes(),
            today,
          })
          expect(found(compilation), `${name}, ${project}`).toEqual([])
          const output = [...compilation.files].map(({ path, text }) => [path, digestOf(text)])
          expect(output.sort(), `${name}, ${project}`).toEqual([...(alone.files ?? [])].sort())
          expect(alone.fact.targets).toBe(compilation.targets.length)
        }
      }
    }
    expect(known).toBeGreaterThan(40)
  })

  test('is not known where something was said of the fleet, or on another day', () => {
    const project = 'order-api'
    const snapshot = onlyWith(project, reference, [project])
    const known = (change: Partial<Memory>) => {
      if (!begun.kept) throw new Error('nothing was kept')
      const memory = { ...begun.kept.memory, silence: 'nothing is to be said', ...change }
      return remembered({ ...begun.kept, memory }, snapshot, project)
    }
    const { key, fact } = known({}) ?? {}
    expect(key).toBe(keyOf(keysIn(snapshot), project, fact?.stacks ?? []))
    expect(remembered(begun.kept, snapshot, project) === undefined).toBe(
      begun.kept?.memory.silence === undefined,
    )
    expect(known({ day: '2026-01-01' })).toBeUndefined()
    expect(known({ ground: 'other' })).toBeUndefined()
  })

  /** The project, and what all share; of the others the names. */
  function onlyWith(project: string, files: Files, all: readonly string[]): Snapshot {
    const own = [...files].filter(([path]) => ['', project].includes(projectIn(path)))
    return { ...snapshotOf(new Map(own)), unread: all.filter((each) => each !== project) }
  }

  function remembered(kept: Kept | undefined, snapshot: Snapshot, project: string) {
    const find = (record: string) => JSON.parse(kept?.records.get(record) ?? '{}').remembered
    return settledAlone(kept?.memory, keysIn(snapshot), project, today, find)
  }
})

describe('what is kept', () => {
  test('does not count under another policy, another compiler or, where a waiver ends, another day', () => {
    const keys = keysIn(fleet)
    const memory = begun.kept?.memory
    if (!memory) throw new Error('nothing was kept')
    const silent = {
      ...memory,
      silence: stateOf(keys),
      projects: [...keys.projects].map(
        ([name, key]) =>
          [
            name,
            { key, fact: { targets: 0, stacks: [], waived: [], standings: [], sums: [] } },
          ] as const,
      ),
    }
    expect(settled(silent, keys, today, { withFiles: false })).toBeDefined()
    expect(
      settled(silent, { ...keys, ground: 'other' }, today, { withFiles: false }),
    ).toBeUndefined()
    expect(
      settled({ ...silent, day: '2026-01-01' }, keys, today, { withFiles: false }),
    ).toBeUndefined()
    expect(
      settled({ ...silent, silence: 'other' }, keys, today, { withFiles: false }),
    ).toBeUndefined()
    expect(settled(silent, keys, today, { withFiles: true })).toBeUndefined()
    const more = { ...keys, projects: new Map([...keys.projects, ['one-more', 'key'] as const]) }
    expect(settled(silent, more, today, { withFiles: false })).toBeUndefined()
  })

  test('is nothing of a project with a warning', () => {
    const path = 'projects/order-api/pipeline/prod.yaml'
    const files = new Map([...reference].filter(([each]) => each !== path))
    const { kept, compilation } = compileRemembering(snapshotOf(files), begun.kept)
    expect(found(compilation).join()).toContain('warning pending')
    const names = new Map(kept?.memory.projects)
    expect(names.has('order-api')).toBe(false)
    expect(names.size).toBeGreaterThan(5)
    expect(kept?.memory.silence).toBeUndefined()
  })
})

function projectIn(path: string): string {
  const [folder, name = '', file] = path.split('/')
  return folder === 'projects' && file !== undefined ? name : ''
}
