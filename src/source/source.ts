/** One text file of a repository, under its path from the root with `/` between the parts. */
export interface Source {
  readonly path: string
  readonly text: string
}

/** A stretch of a source, in UTF-16 units from the start of its text; `end` is exclusive. */
export interface Location {
  readonly source: Source
  readonly start: number
  readonly end: number
}

/** The beginning of a location, for what concerns the whole without being all of it. */
export function beginningOf(at: Location): Location {
  return { ...at, end: at.start }
}

export interface Position {
  /** Counted from 1. */
  readonly line: number
  /** Counted from 1, in code points: an emoji is one column. */
  readonly column: number
}

const lineStarts = new WeakMap<Source, readonly number[]>()

/** The offsets at which the lines of a source begin; worked out once and only when someone asks. */
export function startsOfLines(source: Source): readonly number[] {
  const known = lineStarts.get(source)
  if (known) return known
  const starts = [0]
  for (let at = source.text.indexOf('\n'); at !== -1; at = source.text.indexOf('\n', at + 1)) {
    starts.push(at + 1)
  }
  lineStarts.set(source, starts)
  return starts
}

/** Where an offset of a source lies, as people and editors count. */
export function positionOf(source: Source, offset: number): Position {
  const starts = startsOfLines(source)
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  const before = source.text.slice(starts[low] ?? 0, offset)
  return { line: low + 1, column: [...before].length + 1 }
}

/** A location as `path:line:column`. */
export function formatLocation(location: Location): string {
  const { line, column } = positionOf(location.source, location.start)
  return `${location.source.path}:${line}:${column}`
}
