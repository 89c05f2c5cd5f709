import type { Finding, Report } from '../diagnostics/diagnostic.ts'
import { type Location, positionOf, type Source } from '../source/source.ts'
import type { Mistake } from './compose.ts'
import { tell } from './syntax-words.ts'
import type { Told } from './told.ts'

/**
 * Reports what is wrong with the YAML itself, in our words. One mistake makes the yaml package
 * stumble several times: what it says further on in the same line, or once it has lost its way,
 * is left out. Says whether there was anything to report.
 */
export function reportMistakes(
  source: Source,
  mistakes: readonly Mistake[],
  report: Report,
): boolean {
  const found: { readonly finding: Finding & Placed; readonly isLast: boolean }[] = []
  const lines = new Set<number>()
  for (const mistake of [...mistakes].sort((a, b) => a.start - b.start)) {
    if (isConsequence(mistake, mistakes, found.length > 0)) continue
    const told = tell(mistake, source)
    if (!told) continue
    const finding = toFinding(told, mistake, source)
    const { line } = positionOf(source, finding.at.start)
    const isLast = told.isLast === true
    if (!lines.has(line)) found.push({ finding, isLast })
    lines.add(line)
    if (isLast) break
  }
  // A bracket or quote that is not closed is noticed late: all that lies between follows from it.
  const lost = found.find(({ isLast }) => isLast)?.finding.at.start ?? source.text.length
  const first = found.filter(({ finding, isLast }) => isLast || finding.at.start < lost)
  for (const { finding } of first) report(finding)
  return found.length > 0
}

function isConsequence(mistake: Mistake, all: readonly Mistake[], isLater: boolean): boolean {
  if (isLater && / in YAML (?:stream|document)/.test(mistake.problem)) return true
  if (mistake.code !== 'BLOCK_AS_IMPLICIT_KEY') return false
  return all.some(({ code, start }) => code === 'MULTILINE_IMPLICIT_KEY' && start === mistake.start)
}

interface Placed {
  readonly at: Location
}

function toFinding(told: Told, mistake: Mistake, source: Source) {
  const { length } = source.text
  const place = (start: number, end: number) => ({
    source,
    start: Math.min(start, length),
    end: Math.min(Math.max(end, start), length),
  })
  const { message, help, note, start = mistake.start, end = mistake.end } = told
  return {
    id: 'yaml-syntax' as const,
    message,
    at: place(start, end),
    ...(help !== undefined && { help }),
    ...(note && { notes: [{ message: note.message, at: place(note.start, note.end) }] }),
  } satisfies Finding
}
