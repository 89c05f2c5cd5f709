import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { generateFleet, snapshotOf } from '../../bench/generate-fleet.ts'
import { type Compilation, compile } from '../../src/compile.ts'
import { readWorkingTree } from '../../src/io/working-tree.ts'
import type { Snapshot } from '../../src/source/snapshot.ts'
import { patience, runs } from './runs.ts'
import { tinyFleets } from './tiny-fleet.ts'
import { unexplained } from './unexplained.ts'

test('every leaf of the reference fleet has an origin whose value explains it', () => {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  expect(unexplained(sound(readWorkingTree(root)))).toEqual([])
})

test(
  'every leaf of a generated fleet has an origin whose value explains it',
  () => {
    fc.assert(
      fc.property(fc.nat({ max: 100_000 }), (seed) => {
        expect(unexplained(sound(snapshotOf(generateFleet({ projects: 2, seed }))))).toEqual([])
      }),
      runs(3),
    )
  },
  patience,
)

test(
  'every leaf of generated templates has an origin whose value explains it',
  () => {
    fc.assert(
      fc.property(tinyFleets, ({ files }) => {
        expect(unexplained(sound(snapshotOf(files)))).toEqual([])
      }),
      runs(40),
    )
  },
  patience,
)

function sound(snapshot: Snapshot): Compilation {
  const compilation = compile(snapshot)
  expect(compilation.failed).toBe(false)
  return compilation
}
