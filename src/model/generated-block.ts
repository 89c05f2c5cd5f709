/** The line with which a generated block begins. */
export const generatedMark = '# sahaba: begin'
const end = '# sahaba: end'

/**
 * A text with these lines in its generated block, which is put last where there is none; every
 * other line stays what it is. Undefined if the marks of the block are not one pair in order.
 */
export function withBlock(text: string, lines: readonly string[]): string | undefined {
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n'
  const block = [generatedMark, ...lines, end]
  const old = text === '' ? [] : text.replace(/\r?\n$/, '').split(/\r?\n/)
  const places = (mark: string) => old.flatMap((line, index) => (line === mark ? [index] : []))
  const [[from, ...more], [to, ...others]] = [places(generatedMark), places(end)]
  const join = (all: readonly string[]) => `${all.join(lineBreak)}${lineBreak}`
  if (from === undefined && to === undefined) {
    return join([...old, ...(old.length === 0 || old.at(-1) === '' ? [] : ['']), ...block])
  }
  if (from === undefined || to === undefined || to < from) return undefined
  if (more.length + others.length > 0) return undefined
  return join([...old.slice(0, from), ...block, ...old.slice(to + 1)])
}
