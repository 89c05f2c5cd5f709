/**
 * The candidate that the writer of a word most likely meant: the one fewest typing slips away, if
 * that is at most a third of the word, or `allowed`. A tie goes to the candidate that sorts first.
 */
export function suggest(
  word: string,
  candidates: Iterable<string>,
  allowed: number = Math.max(1, Math.floor(word.length / 3)),
): string | undefined {
  let best: string | undefined
  let fewest = allowed + 1
  for (const candidate of candidates) {
    if (candidate === word || Math.abs(candidate.length - word.length) > allowed) continue
    const slips = countSlips(word.toLowerCase(), candidate.toLowerCase())
    if (slips > fewest || (slips === fewest && (best === undefined || candidate > best))) continue
    if (slips > allowed || slips >= Math.max(word.length, candidate.length)) continue
    best = candidate
    fewest = slips
  }
  return best
}

/** Letters missed, added, mistaken or exchanged with their neighbour (optimal string alignment). */
function countSlips(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1]
      let least = Math.min(
        at(last, column) + 1,
        at(current, column - 1) + 1,
        at(last, column - 1) + (same ? 0 : 1),
      )
      if (a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        least = Math.min(least, at(beforeLast, column - 2) + 1)
      }
      current.push(least)
    }
    beforeLast = last
    last = current
  }
  return at(last, b.length)
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY
}
