import type { Location } from '../source/source.ts'

/**
 * The place of a stretch of a scalar's value. YAML folds lines and takes indentation away, but what
 * is no blank stays in its order; only a scalar with escapes has no such stretch in the file, and
 * then the whole of it is the place.
 */
export function within(at: Location, text: string, start: number, end: number): Location {
  const written = at.source.text.slice(at.start, at.end)
  const skip = beginning(written, text)
  if (skip === undefined) return at
  const before = ink(text.slice(0, start)).length
  const inside = ink(text.slice(start, end)).length
  const first = offsetOf(before, written, skip)
  const last = offsetOf(before + Math.max(inside, 1) - 1, written, skip)
  return { source: at.source, start: at.start + first, end: at.start + last + 1 }
}

/** Where the value begins: at once, after a quote, or below the line of a `|` or `>`. */
function beginning(written: string, text: string): number | undefined {
  const wanted = ink(text)
  if (ink(written) === wanted) return 0
  if (/^['"]/.test(written)) return ink(written.slice(1, -1)) === wanted ? 1 : undefined
  const below = written.indexOf('\n') + 1
  return /^[|>]/.test(written) && ink(written.slice(below)) === wanted ? below : undefined
}

function ink(text: string): string {
  return text.replace(/\s+/g, '')
}

/** The offset of the character that is no blank and has so many of its kind before it. */
function offsetOf(count: number, written: string, skip: number): number {
  let left = count
  let offset = skip
  while (offset < written.length - 1 && (/\s/.test(written[offset] ?? '') || left-- > 0)) offset++
  return offset
}
