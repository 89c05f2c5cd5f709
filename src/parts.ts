import { summarizer, type TargetSummary } from './check/fleet/summary.ts'
import { type Compilation, type CompileOptions, compile, type Others } from './compile.ts'
import { everything } from './model/selection.ts'
import type { Shard } from './model/shard.ts'
import { projectOf } from './model/target.ts'
import { compactJson } from './source/compact-json.ts'
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

/** Sums up a part from what is compiled of it, project by project or all at once. */
export interface Summing {
  readonly add: (own: Pick<Compilation, 'ground' | 'targets' | 'rendered'>) => void
  /** The `PartSummary` as JSON, piece by piece; undefined if the part could not be rendered. */
  readonly end: (
    whole: Pick<Compilation, 'rendered' | 'waived' | 'failed'>,
  ) => Iterable<string> | undefined
}

/** Sums up a part. Of each project no more is kept than its share of the text. */
export function summing(snapshot: Snapshot, shard: Shard): Summing {
  const texts: string[] = []
  const stacks: Record<string, number> = {}
  return {
    add({ ground, targets, rendered = [] }) {
      for (const { stack } of targets) stacks[stack.key] = (stacks[stack.key] ?? 0) + 1
      const summarize = ground && summarizer(ground.schemas)
      if (!summarize) return
      for (const exhibit of rendered) texts.push(compactJson(summarize(exhibit)))
    },
    end({ rendered, waived, failed }) {
      if (!rendered) return undefined
      const first: Pick<PartSummary, 'version' | 'state' | 'shard'> = {
        ...{ version: 1, state: stateOf(snapshot), shard },
      }
      const last: Omit<PartSummary, keyof typeof first | 'targets'> = {
        ...{ stacks, waived: waived.map(({ waiver }) => waiver), failed },
      }
      return withTargets(JSON.stringify(first), texts, JSON.stringify(last))
    },
  }
}

/** The text of an object that begins and ends as two others. */
function* withTargets(first: string, targets: readonly string[], last: string): Generator<string> {
  yield `${first.slice(0, -1)},"targets":[`
  for (const [index, text] of targets.entries()) yield index === 0 ? text : `,${text}`
  yield `],${last.slice(1)}`
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
    ...{ inOrder: new Set(), isAll: true },
  }
}
