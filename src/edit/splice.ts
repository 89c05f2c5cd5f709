/** A stretch of a text, and what comes in its place. */
export interface Splice {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** A text with its splices made; none may lie across another. Of two at one place the first is first. */
export function spliced(text: string, splices: readonly Splice[]): string {
  let result = ''
  let done = 0
  for (const { start, end, text: fresh } of [...splices].sort((a, b) => a.start - b.start)) {
    if (start < done) throw new Error('splices lie across one another')
    result += text.slice(done, start) + fresh
    done = end
  }
  return result + text.slice(done)
}
