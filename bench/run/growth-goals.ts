import type { Goal } from './goals.ts'
import { memoryOf, type Size } from './growth.ts'
import { median } from './measure.ts'

/** The goals of growth, with what was measured of each. */
export function growthGoals(sizes: readonly Size[]): [Goal, number | undefined][] {
  const large = sizes.find(({ projects }) => projects === 10_000)
  const huge = sizes.find(({ projects }) => projects === 100_000)
  return [
    [
      atMost('P3', 'nothing changed in 10,000 projects, against an empty Node program', 6, '×'),
      quotient(large, 'unchanged', large, 'empty'),
    ],
    [atMost('P7', 'peak memory at 10,000 projects', 220, 'MiB'), large && memoryOf(large)],
    [
      atMost('P7', 'peak memory of any shard of 100,000 projects', 220, 'MiB'),
      huge && memoryOf(huge),
    ],
    [atMost('P8', 'ten times the projects, against the time of one', 10.5, '×'), steepest(sizes)],
    [
      atMost(
        'P10',
        '`explain` of one field of 10,000 projects, against an empty Node program',
        3,
        '×',
      ),
      quotient(large, 'explain', large, 'empty'),
    ],
  ]
}

function atMost(id: string, wanted: string, limit: number, unit: Goal['unit']): Goal {
  return { id, wanted, unit, atMost: limit }
}

function quotient(
  one: Size | undefined,
  id: string,
  other: Size | undefined,
  otherId: string,
): number | undefined {
  const above = one?.of(id)
  const below = other?.of(otherId)
  return above && below && median(above.times) / median(below.times)
}

/** The worst growth of a cold render from one size to its tenfold. */
function steepest(sizes: readonly Size[]): number | undefined {
  const steps = sizes.flatMap((size) => {
    const tenfold = sizes.find(({ projects }) => projects === 10 * size.projects)
    return quotient(tenfold, 'cold', size, 'cold') ?? []
  })
  return steps.length === 0 ? undefined : Math.max(...steps)
}
