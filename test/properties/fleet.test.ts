import fc from 'fast-check'
import { expect, test } from 'vitest'
import { generateFleet, snapshotOf } from '../../bench/generate-fleet.ts'
import { type Compilation, compile } from '../../src/compile.ts'
import { selectionOf } from '../../src/model/selection.ts'
import { renderTarget } from '../../src/plan/render-target.ts'
import { headerOf } from '../../src/print/header.ts'
import { printManifest } from '../../src/print/manifest.ts'
import { formatLocation } from '../../src/source/source.ts'
import { type Edit, edited, edits } from './edits.ts'
import { patience, runs } from './runs.ts'

const seeds = fc.nat({ max: 100_000 })
const mayBeEdited = fc.oneof(fc.constant([] as readonly Edit[]), edits)

test('a generated fleet is without fault and renders four manifests for every target', () => {
  const { targets, files, diagnostics } = compile(
    snapshotOf(generateFleet({ projects: 20, seed: 1 })),
  )
  expect(diagnostics).toEqual([])
  expect(targets.length).toBe(20 * 6)
  expect([...files].length).toBe(20 * 6 * 4)
})

test(
  'the order of files does not matter, nor what was compiled before',
  () => {
    const shuffles = fc.infiniteStream(fc.nat())
    fc.assert(
      fc.property(seeds, mayBeEdited, shuffles, (seed, changes, chance) => {
        const files = edited(generateFleet({ projects: 3, seed }), changes)
        const shuffled = new Map(
          [...files]
            .map((entry) => ({ entry, rank: chance.next().value as number }))
            .sort((a, b) => a.rank - b.rank)
            .map(({ entry }) => entry),
        )
        const once = summary(compile(snapshotOf(files)))
        expect(summary(compile(snapshotOf(files)))).toEqual(once)
        expect(summary(compile(snapshotOf(shuffled)))).toEqual(once)
      }),
      runs(8),
    )
  },
  patience,
)

test(
  'a project is compiled alone as it is in company, mistakes and all',
  () => {
    fc.assert(
      fc.property(seeds, mayBeEdited, (seed, changes) => {
        const files = edited(generateFleet({ projects: 3, seed }), changes)
        const whole = compile(snapshotOf(files))
        for (const name of projectsOf(files).slice(0, 2)) {
          const others = new Map([...files].filter(([path]) => !isOf(name, path)))
          const alone = new Map(
            [...files].filter(([path]) => !path.startsWith('projects/') || isOf(name, path)),
          )
          const compiledAlone = compile(snapshotOf(alone))
          expect(mistakesOf(name, compiledAlone)).toEqual(mistakesOf(name, whole))
          const select = selectionOf({ project: [name], environment: [], region: [], owner: [] })
          const selected = compile(snapshotOf(files), { select })
          expect(mistakesOf(name, selected)).toEqual(mistakesOf(name, whole))
          if (whole.failed) continue

          const isOwn = ([path]: readonly [string, string]) => path.split('/')[2] === name
          const own = textsOf(whole).filter(isOwn)
          expect(own.length).toBeGreaterThan(0)
          expect(textsOf(compiledAlone)).toEqual(own)
          expect(textsOf(selected)).toEqual(own)
          const rest = textsOf(whole).filter((entry) => !isOwn(entry))
          expect(textsOf(compile(snapshotOf(others)))).toEqual(rest)
        }
      }),
      runs(8),
    )
  },
  patience,
)

test(
  'texts remembered by a plan are those that printing anew gives',
  () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const compilation = compile(snapshotOf(generateFleet({ projects: 3, seed })))
        const printed = textsOf(compilation)
        const anew = compilation.targets.flatMap((target) => {
          const { manifests } = renderTarget(target, compilation.planOf(target), () => {})
          const header = headerOf(target.project)
          return manifests.map(({ file, value }) => {
            return [`${target.id}/${file}`, header + printManifest(value)]
          })
        })
        expect(printed).toEqual(anew)
        expect(textsOf(compilation)).toEqual(printed)
      }),
      runs(10),
    )
  },
  patience,
)

/** All that a compilation says, as one comparable value. */
function summary(compilation: Compilation): object {
  const { targets, failed } = compilation
  const ids = targets.map(({ id }) => id)
  return {
    ids,
    failed,
    files: textsOf(compilation),
    diagnostics: mistakesOf(undefined, compilation),
  }
}

function textsOf({ files }: Compilation): (readonly [string, string])[] {
  return [...files].map(({ path, text }) => [path, text] as const)
}

/** The diagnostics in a project's files, or all. */
function mistakesOf(project: string | undefined, { diagnostics }: Compilation): object[] {
  return diagnostics
    .filter(({ at }) => project === undefined || (at && isOf(project, at.source.path)))
    .map(({ at, notes, ...rest }) => ({
      ...rest,
      at: at && formatLocation(at),
      notes: notes.map((note) => `${formatLocation(note.at)} ${note.message}`),
    }))
}

function projectsOf(files: ReadonlyMap<string, string>): string[] {
  const names = [...files.keys()].flatMap((path) => /^projects\/([^/]+)\//.exec(path)?.[1] ?? [])
  return [...new Set(names)]
}

function isOf(project: string, path: string): boolean {
  return path.startsWith(`projects/${project}/`)
}
