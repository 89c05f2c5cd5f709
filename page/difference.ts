import { diffArrays } from 'diff'
import { maxEditLength } from '../src/report/review-page/shape.ts'
import type { Line } from './data.ts'

/** A row of a comparison: lines that belong together, with their numbers from 1. */
export interface Row {
  readonly before: Numbered | undefined
  readonly after: Numbered | undefined
  readonly changed: boolean
}

export interface Numbered extends Line {
  readonly number: number
}

/** Lines this many around a change are shown with it. */
const context = 3

/** Both sides of a manifest side by side. */
export function rowsOf(before: readonly Line[], after: readonly Line[]): Row[] {
  const texts = (lines: readonly Line[]) => lines.map(({ text }) => text)
  const parts = diffArrays(texts(before), texts(after), { maxEditLength }) ?? [
    { removed: true, added: false, count: before.length },
    { removed: false, added: true, count: after.length },
  ]
  const rows: Row[] = []
  let left = 0
  let right = 0
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at]
    if (!part) break
    const next = parts[at + 1]
    if (!part.removed && !part.added) {
      for (let index = 0; index < part.count; index++) rows.push(rowAt(left++, right++, false))
    } else if (part.removed && next?.added) {
      pair(part.count, next.count)
      at += 1
    } else pair(part.removed ? part.count : 0, part.added ? part.count : 0)
  }
  return rows

  function pair(removed: number, added: number): void {
    for (let index = 0; index < Math.max(removed, added); index++) {
      rows.push(rowAt(index < removed ? left++ : -1, index < added ? right++ : -1, true))
    }
  }

  function rowAt(old: number, young: number, changed: boolean): Row {
    return { before: numbered(before, old), after: numbered(after, young), changed }
  }
}

function numbered(lines: readonly Line[], index: number): Numbered | undefined {
  const line = lines[index]
  return line && { ...line, number: index + 1 }
}

export interface Stretch {
  readonly rows: readonly Row[]
  /** Whether it lies far from any change. */
  readonly far: boolean
}

/** Rows in stretches that are to be shown and such that can be folded away. */
export function stretchesOf(rows: readonly Row[]): Stretch[] {
  const near = rows.map(() => false)
  rows.forEach(({ changed }, index) => {
    if (!changed) return
    near.fill(true, Math.max(0, index - context), index + context + 1)
  })
  const stretches: { rows: Row[]; far: boolean }[] = []
  rows.forEach((row, index) => {
    const far = near[index] === false
    const last = stretches.at(-1)
    if (last?.far === far) last.rows.push(row)
    else stretches.push({ rows: [row], far })
  })
  return stretches
}

/** How much two texts share at their beginning and at their end. */
export function sharedEnds(a: string, b: string): readonly [start: number, end: number] {
  const shorter = Math.min(a.length, b.length)
  let start = 0
  while (start < shorter && a[start] === b[start]) start += 1
  let end = 0
  while (end < shorter - start && a.at(-1 - end) === b.at(-1 - end)) end += 1
  return [start, end]
}
