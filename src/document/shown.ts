/** A text from the input as a message shows it: its first line, cut to 60 characters. */
export function shown(text: string): string {
  const line = text.slice(0, 61).split(/\r?\n/, 1)[0] ?? ''
  const cut = line.length > 60 ? line.slice(0, 60).replace(/[\ud800-\udbff]$/, '') : line
  return cut.length < text.length ? `${cut}…` : cut
}
