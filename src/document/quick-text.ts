import { notPlain } from './scan.ts'

/** A text that stands in lines of its own below a `|` or `>`. */
export interface LinesOfText {
  readonly value: string
  /** Where the last of its lines ends that is not blank. */
  readonly end: number
}

const header = /[|>]-?(?=\n)/y

/**
 * Reads a literal or folded text whose header is at `start`, below something indented by `indent`.
 * Blank lines before it, deeper lines in a folded one, and blanks at ends of lines are left to the
 * package.
 */
export function readLines(text: string, start: number, indent: number): LinesOfText {
  header.lastIndex = start
  const [mark] = header.exec(text) ?? []
  if (mark === undefined) throw notPlain
  const isFolded = mark.startsWith('>')
  const lines: string[] = []
  let own: number | undefined
  let end = start + mark.length
  let at = end + 1
  while (at < text.length) {
    const newline = text.indexOf('\n', at)
    const lineEnd = newline === -1 ? text.length : newline
    const line = text.slice(at, lineEnd)
    const spaces = line.length - line.trimStart().length
    if (line === '') {
      if (lines.length === 0) throw notPlain
      lines.push('')
    } else if (spaces === line.length) throw notPlain
    else {
      own ??= spaces
      if (spaces < own) break
      const content = line.slice(own)
      if (content.endsWith(' ') || (isFolded && content.startsWith(' '))) throw notPlain
      lines.push(content)
      end = lineEnd
    }
    at = lineEnd + 1
  }
  if (own === undefined || own <= indent) throw notPlain
  while (lines.at(-1) === '') lines.pop()
  const value = isFolded ? folded(lines) : lines.join('\n')
  return { value: mark.endsWith('-') ? value : `${value}\n`, end }
}

/** Lines that follow each other become one; of blank lines between them each is one end of a line. */
function folded(lines: readonly string[]): string {
  let value = lines[0] ?? ''
  let blank = 0
  for (const line of lines.slice(1)) {
    if (line === '') blank += 1
    else {
      value += blank === 0 ? ` ${line}` : '\n'.repeat(blank) + line
      blank = 0
    }
  }
  return value
}
