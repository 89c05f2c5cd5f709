/** The offset of the first character at or after an offset that is not blank. */
export function firstInk(text: string, offset: number): number {
  const found = text.slice(offset).search(/\S/)
  return found === -1 ? text.length : offset + found
}

/** Whether only blanks stand before an offset in its line. */
export function isFirstInLine(text: string, offset: number): boolean {
  return text.slice(startOfLine(text, offset), offset).trim() === ''
}

export function startOfLine(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1
}

/** The offset at which the line of an offset ends, its line break not included. */
export function endOfLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset)
  if (end === -1) return text.length
  return text[end - 1] === '\r' ? end - 1 : end
}

/** A line of YAML from an offset on, without the comment and the blanks at its end. */
export function restOfLine(text: string, offset: number): string {
  return text
    .slice(offset, endOfLine(text, offset))
    .replace(/[ \t]#.*$/, '')
    .trimEnd()
}
