import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { snapshotOf } from '../../bench/generate-fleet.ts'
import { compile } from '../../src/compile.ts'
import { patience, runs } from './runs.ts'
import { tinyFleets } from './tiny-fleet.ts'

test(
  'a manifest is its templates merged, with their slots filled from merged data',
  () => {
    fc.assert(
      fc.property(tinyFleets, ({ files, path, expected }) => {
        const compilation = compile(snapshotOf(files))
        expect(compilation.diagnostics.map(({ message }) => message)).toEqual([])
        const [manifest, ...others] = compilation.files
        expect(others).toEqual([])
        expect(manifest?.path).toBe(path)
        expect(parse(manifest?.text ?? '')).toEqual(expected)
      }),
      runs(100),
    )
  },
  patience,
)
