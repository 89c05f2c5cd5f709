/** How many columns a line has that is read without turning the head. */
export const columns = 120

/** A painted text behind `begin`, broken between words so that its lines fit; the others begin with `indent`. */
export function wrap(begin: string, text: string, indent: string): string[] {
  const lines: string[] = []
  let line = begin
  let isEmpty = true
  for (const word of text.split(' ')) {
    const longer = isEmpty ? line + word : `${line} ${word}`
    if (isEmpty || fits(longer)) line = longer
    else {
      lines.push(line)
      line = indent + word
    }
    isEmpty = false
  }
  return [...lines, line]
}

/** Whether a painted text has room on a line. */
export function fits(text: string): boolean {
  return widthOf(text) <= columns
}

function widthOf(text: string): number {
  return [...text.replace(/\x1b\[[\d;]*m/g, '')].length
}
