import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Compilation } from '../compile.ts'
import { UsageFailure } from '../io/failure.ts'
import { attempt } from '../io/system-error.ts'
import { type PartSummary, type Summing, summing } from '../parts.ts'
import { showJson } from '../report/show.ts'
import type { Snapshot } from '../source/snapshot.ts'
import { stateOf } from '../source/state.ts'
import { readShard } from './selected.ts'
import type { Terminal } from './terminal.ts'

/** Told what a part is, once for each go: what is compiled of it, and then what came of it. */
export interface PartListener extends Pick<Summing, 'add'> {
  readonly end: (compilation: Compilation) => void
}

/**
 * Writes what a part found out, where that is asked for, for `merge-shards`; nothing where it could
 * not be rendered. Says what is left to that command.
 */
export function summarizing(
  { shard, summary }: { readonly shard?: string; readonly summary?: string },
  snapshot: Snapshot,
  { cwd, notice }: Terminal,
): () => PartListener | undefined {
  if (shard === undefined) {
    if (summary === undefined) return () => undefined
    throw new UsageFailure('--summary is of a part of the fleet', 'say which: --shard 3/16')
  }
  if (summary === undefined) {
    notice(
      'what needs the whole fleet is not checked: --summary keeps what sahaba merge-shards needs',
    )
    return () => undefined
  }
  const part = readShard(shard)
  return () => {
    const { add, end } = summing(snapshot, part)
    return {
      add,
      end(compilation) {
        const pieces = end(compilation)
        if (pieces) attempt(`write ${summary}`, () => writePieces(resolve(cwd, summary), pieces))
      },
    }
  }
}

function writePieces(path: string, pieces: Iterable<string>): void {
  const file = openSync(path, 'w')
  try {
    for (const piece of pieces) writeFileSync(file, showJson(piece))
    writeFileSync(file, '\n')
  } finally {
    closeSync(file)
  }
}

/** Reads the summaries of all parts of a state; fails if one is missing, or is of another state. */
export function readSummaries(
  paths: readonly string[],
  snapshot: Snapshot,
  { cwd }: Terminal,
): PartSummary[] {
  const state = stateOf(snapshot)
  const parts = paths.map((path) => {
    const part = readSummary(path, resolve(cwd, path))
    if (part.state === state) return part
    throw new UsageFailure(
      `${path} is the summary of another state of the repository`,
      'compile all parts and merge them at the same commit',
    )
  })
  checkAllThere(parts)
  return parts
}

function readSummary(path: string, file: string): PartSummary {
  const bytes = attempt(`read ${path}`, () => readFileSync(file, 'utf8'))
  const value = parsed(bytes)
  if (isSummary(value)) return value
  throw new UsageFailure(
    `${path} is no summary of a part`,
    'render or validate with --shard and --summary writes one',
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isSummary(value: unknown): value is PartSummary {
  if (typeof value !== 'object' || value === null) return false
  const { version, state, shard, targets, stacks, waived } = value as Partial<PartSummary>
  const isShaped = Array.isArray(targets) && Array.isArray(waived) && typeof stacks === 'object'
  return version === 1 && typeof state === 'string' && typeof shard === 'object' && isShaped
}

function checkAllThere(parts: readonly PartSummary[]): void {
  const counts = new Set(parts.map(({ shard }) => shard.count))
  const [count = 0] = counts
  if (counts.size > 1) {
    const said = [...counts].join(', ')
    throw new UsageFailure(`the summaries are of different numbers of parts: ${said}`)
  }
  const there = parts.map(({ shard }) => shard.index)
  const numbers = Array.from({ length: count }, (_, index) => index + 1)
  const missing = numbers.filter((index) => !there.includes(index))
  if (missing.length > 0) {
    throw new UsageFailure(
      `of ${count} parts these are missing: ${missing.join(', ')}`,
      'a part that cannot be rendered writes no summary: see what its own run says',
    )
  }
  const twice = numbers.filter((index) => there.filter((each) => each === index).length > 1)
  if (twice.length > 0) throw new UsageFailure(`these parts are there twice: ${twice.join(', ')}`)
}
