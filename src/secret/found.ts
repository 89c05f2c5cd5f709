/** A stretch of a text that looks like a secret, in UTF-16 units; `end` is exclusive. */
export interface Found {
  readonly start: number
  readonly end: number
  /** What it looks like, as part of a sentence: "a GitHub token", "the value of DB_PASSWORD". */
  readonly what: string
  /** Whether only the name beside it tells: then it may be something else after all. */
  readonly guessed: boolean
  /** The secret itself: what its escapes and line breaks stand for. */
  readonly value: string
}

/** In the order of the text, without those that lie inside of another or reach into it. */
export function apart(found: readonly Found[]): readonly Found[] {
  if (found.length < 2) return found
  const kept: Found[] = []
  for (const each of [...found].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = kept.at(-1)
    if (!last || each.start >= last.end) kept.push(each)
    else if (each.end > last.end) kept[kept.length - 1] = { ...last, end: each.end }
  }
  return kept
}
