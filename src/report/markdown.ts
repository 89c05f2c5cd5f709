import { show } from './show.ts'

// GitHub's Markdown. Nothing in a code span is a mention, a link, an image, an issue or markup, as
// long as the span does not end before its text does.

/** Text of unknown origin as a code span, also in a cell of a table; empty if there is none. */
export function code(text: string): string {
  // A cell ends at every pipe but one behind a backslash, wherever it stands.
  const safe = show(text).replaceAll('|', '\\u{7c}')
  if (safe.trim() === '') return ''
  const longest = Math.max(0, ...(safe.match(/`+/g) ?? []).map((run) => run.length))
  const fence = '`'.repeat(longest + 1)
  const pad = longest > 0 || /^ .* $/.test(safe) ? ' ' : ''
  return `${fence}${pad}${safe}${pad}${fence}`
}

/** The same inside of HTML, where Markdown is not read. */
export function htmlCode(text: string): string {
  return `<code>${escapeHtml(show(text))}</code>`
}

/** Text inside of HTML: an element's content or an attribute's value in double quotes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`)
}

/** A part that is folded away until somebody opens it; its title is HTML. */
export function folded(title: string, lines: readonly string[]): string {
  return `<details><summary>${title}</summary>\n\n${lines.join('\n')}\n\n</details>\n`
}

/**
 * A sentence of unknown origin: words as they are, if their letters and marks can be nothing else to
 * GitHub (no address, issue, commit, emoji, markup); what lies between such words as a code span.
 */
export function prose(text: string): string {
  const parts = show(text)
    .split(/ +/)
    .filter((part) => part !== '')
  const grouped: { text: string; plain: boolean }[] = []
  for (const part of parts) {
    const plain = isWord(part) && (grouped.length > 0 || /^\p{L}/u.test(part))
    const last = grouped.at(-1)
    if (last && !last.plain && !plain) last.text += ` ${part}`
    else grouped.push({ text: part, plain })
  }
  return grouped.map((each) => (each.plain ? each.text : codeBeforeMark(each.text))).join(' ')
}

function isWord(text: string): boolean {
  return /^[\p{L}\p{N},.;:?!()'"’–…%-]+$/u.test(text) && !special.test(text)
}

const special = /www\.|:\w+:|[\p{L}\p{N}]-\d|\b[0-9a-f]{7,}\b/iu

/** A code span, and outside of it the mark that ends a part of the sentence. */
function codeBeforeMark(text: string): string {
  const [, inner = text, mark = ''] = /^(.*[\p{L}\p{N}])([,.;:])$/u.exec(text) ?? []
  return code(inner) + mark
}
