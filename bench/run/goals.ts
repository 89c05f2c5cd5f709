import { type Measurement, median } from './measure.ts'

/** A ratio, or a number of MiB, that we want to keep to. */
export interface Goal {
  readonly id: string
  readonly wanted: string
  readonly unit: '×' | 'MiB'
  readonly atMost?: number
  readonly atLeast?: number
}

/** A goal that one run shows. */
export interface GoalOfRun extends Goal {
  /** What is measured of it; undefined if something of it was not measured. */
  readonly ratio: (measured: Measured) => number | undefined
}

export interface Measured {
  readonly of: (id: string) => Measurement | undefined
  /** Milliseconds of a stage of a cold render. */
  readonly stages: ReadonlyMap<string, number>
}

/** The goals for a fleet of 1,000 projects; those of growth stand in growth-goals.ts. */
export const goals: readonly GoalOfRun[] = [
  atMost('P1', 'a cold `render` against reading and writing the bytes', 2.5, 'cold', 'limit'),
  atLeast('P2', 'kustomize in its best arrangement against a cold `render`', 100, 'kustomize'),
  atLeast('P2', 'kustomize by root per environment and region', 300, 'kustomize-large'),
  atLeast('P2', 'jsonnet, doing what the policies do', 100, 'jsonnet-layers'),
  atLeast('P2', 'jsonnet, only filling templates', 100, 'jsonnet'),
  atLeast('P2', 'the envsubst loop', 20, 'envsubst'),
  atLeast('P2', 'cdk8s, only filling templates', 20, 'cdk8s'),
  atMost('P3', '`render`, nothing changed, against an empty Node program', 3, 'unchanged', 'empty'),
  atMost('P4', '`render`, one project changed, against an empty Node program', 2.5, 'one', 'empty'),
  atMost('P4', 'the same, named', 1.7, 'named', 'empty'),
  atMost(
    'P4',
    'the same, named, against kustomize for one overlay',
    1,
    'named',
    'kustomize-single',
  ),
  {
    id: 'P5',
    wanted: '`validate --no-cache` of everything against a cold `render` less its check',
    unit: '×',
    atMost: 1.5,
    ratio: ({ of, stages }) => {
      const ratio = quotient({ of, stages }, 'validate-anew', 'cold')
      const total = stages.get('total')
      const check = stages.get('check')
      if (ratio === undefined || total === undefined || check === undefined) return undefined
      return ratio / (1 - check / total)
    },
  },
  atMost(
    'P6',
    '`diff`, one project changed, against an empty Node program',
    4,
    'diff-one',
    'empty',
  ),
  atMost('P6', '`diff` of a policy edit against a cold `render`', 2, 'diff-policy', 'cold'),
  atMost('P6', '`diff` of a policy edit against `git diff`', 2, 'diff-policy', 'git-diff'),
  {
    id: 'P7',
    wanted: 'peak memory of a cold `render`',
    unit: 'MiB',
    atMost: 150,
    ratio: ({ of }) => of('cold')?.usage?.memory,
  },
  atMost('P9', '`--version` against an empty Node program', 1.1, 'version', 'empty'),
  atMost('P9', '`--help` against an empty Node program', 1.3, 'help', 'empty'),
  atMost('P9', '`validate` of one project, named', 1.7, 'validate-one', 'empty'),
]

/** Whether a ratio keeps to a goal, in words: "reached", or by what factor it is not. */
export function verdict({ atMost, atLeast }: Goal, ratio: number | undefined): string {
  if (ratio === undefined) return 'not measured'
  const excess = atMost === undefined ? (atLeast ?? 0) / ratio : ratio / atMost
  return excess <= 1 ? 'reached' : `not by a factor of ${excess.toFixed(excess < 10 ? 2 : 0)}`
}

function atMost(id: string, wanted: string, limit: number, one: string, other: string): GoalOfRun {
  return {
    id,
    wanted,
    unit: '×',
    atMost: limit,
    ratio: (measured) => quotient(measured, one, other),
  }
}

function atLeast(id: string, wanted: string, limit: number, peer: string): GoalOfRun {
  return {
    id,
    wanted,
    unit: '×',
    atLeast: limit,
    ratio: (measured) => quotient(measured, peer, 'cold'),
  }
}

function quotient({ of }: Measured, one: string, other: string): number | undefined {
  const above = of(one)
  const below = of(other)
  return above && below ? median(above.times) / median(below.times) : undefined
}
