import { summarizer, type TargetSummary } from './check/fleet/summary.ts'
import { type Compilation, type CompileOptions, compile, type Others } from './compile.ts'
import { everything } from './model/selection.ts'
import type { Shard } from './model/shard.ts'
import { projectOf } from './model/target.ts'
import type { Snapshot } from './source/snapshot.ts'
import { stateOf } from './source/state.ts'

/** What a part tells those who look at the whole. */
export interface PartSummary {
  readonly version: 1
  /** The state of the repository that it is a part of. */
  readonly state: string
  readonly shard: Shard
  readonly targets: readonly TargetSummary[]
  /** The stacks of its targets, each with how many have it. */
  readonly stacks: Readonly<Record<string, number>>
  readonly waived: readonly string[]
  /** Whether something is wrong in it by itself. */
  readonly failed: boolean
}

/** Sums up a part; undefined if it could not be rendered. */
export function summaryOf(
  { ground, rendered, targets, waived, failed }: Compilation,
  snapshot: Snapshot,
  shard: Shard,
): PartSummary | undefined {
  if (!ground || !rendered) return undefined
  const stacks: Record<string, number> = {}
  for (const { stack } of targets) stacks[stack.key] = (stacks[stack.key] ?? 0) + 1
  const summarize = summarizer(ground.schemas)
  return {
    version: 1,
    state: stateOf(snapshot),
    shard,
    targets: rendered.map(summarize),
    stacks,
    waived: waived.map(({ waiver }) => waiver),
    failed,
  }
}

/**
 * Checks what needs the whole fleet, from what its parts found out. Only the projects that have a
 * part in something wrong are compiled, to find the lines that are answerable.
 */
export function compileParts(
  snapshot: Snapshot,
  parts: readonly PartSummary[],
  options: Pick<CompileOptions, 'kubernetes' | 'today'>,
): Compilation {
  const others = together(parts)
  const none = { ...everything, project: () => false }
  const first = compile(snapshot, { ...options, select: none, others: () => others })
  if (first.involved.size === 0) return first
  const projects = new Set([...first.involved].map(projectOf))
  const absent = others.targets.filter(({ id }) => !projects.has(projectOf(id)))
  return compile(snapshot, {
    ...options,
    select: { ...everything, project: (name) => projects.has(name) },
    others: () => ({ ...others, targets: absent }),
  })
}

function together(parts: readonly PartSummary[]): Others {
  return {
    targets: parts.flatMap(({ targets }) => targets),
    stacks: parts.flatMap(({ stacks }) => {
      return Object.entries(stacks).flatMap(([key, count]) => Array<string>(count).fill(key))
    }),
    waived: parts.flatMap(({ waived }) => waived),
    failed: parts.some(({ failed }) => failed),
  }
}
