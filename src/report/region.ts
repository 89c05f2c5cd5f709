import { type Location, positionOf } from '../source/source.ts'

/** A stretch of a file for programs: lines and columns from 1, the last column exclusive. */
export interface Region {
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
}

/** Where a location begins and ends, its columns counted in code points. */
export function regionOf({ source, start, end }: Location): Region {
  const from = positionOf(source, start)
  const to = positionOf(source, end)
  return { line: from.line, column: from.column, endLine: to.line, endColumn: to.column }
}
