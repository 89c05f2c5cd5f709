import type { Report } from '../diagnostics/diagnostic.ts'
import type { Source } from '../source/source.ts'

// Tags (U+E0000 to U+E007F) are pairs of surrogates here, so that the pattern needs no `u` flag.
const forbidden =
  /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff]|\r(?!\n)|\udb40[\udc00-\udc7f]/g
const halfPair = /[\ud800-\udfff]/u
const conflictMarker = /^(?:<{7}|\|{7}|={7}|>{7})(?= |\r?$)/gm

/** Reports every character that deceives a reader or that YAML readers treat differently. */
export function checkCharacters(source: Source, report: Report): void {
  for (const match of source.text.matchAll(forbidden)) {
    const found = describe(match[0])
    report({
      id: 'forbidden-character',
      message: `the text holds ${found.name}`,
      at: { source, start: match.index, end: match.index + match[0].length },
      help: found.help,
    })
  }
}

/** Reports each merge conflict that was left in the text, at its first marker. */
export function checkConflicts(source: Source, report: Report): void {
  let inside = false
  for (const match of source.text.matchAll(conflictMarker)) {
    const marker = match[0]
    if (marker[0] === '<' || !inside) {
      report({
        id: 'merge-conflict',
        message: `a merge conflict marker: ${marker}`,
        at: { source, start: match.index, end: match.index + marker.length },
        help: 'resolve the conflict and remove its markers',
      })
    }
    inside = marker[0] !== '>'
  }
}

/** What is forbidden in a text that came out of escapes, as `U+XXXX, what it is`; if anything. */
export function forbiddenIn(text: string): string | undefined {
  const [character] = text.match(forbidden) ?? text.match(halfPair) ?? []
  return character === undefined ? undefined : describe(character).name
}

function describe(character: string): { readonly name: string; readonly help: string } {
  const code = character.codePointAt(0) ?? 0
  const kind = kindOf(code)
  const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}, ${kind.name}`
  return { name, help: kind.help ?? 'remove it' }
}

function kindOf(code: number): { readonly name: string; readonly help?: string } {
  if (code === 0) return { name: 'a NUL', help: 'remove it; is the file saved as UTF-8?' }
  if (code === 0x0d) {
    return { name: 'a carriage return alone', help: 'end the line with LF or CRLF' }
  }
  if (code < 0xa0) return { name: 'a control character' }
  if (code === 0x2028 || code === 0x2029) {
    return { name: 'a line separator', help: 'end the line with LF' }
  }
  if (code === 0xfeff) return { name: 'a byte order mark inside the text' }
  if (isBidirectional(code)) return { name: 'a control of the direction of writing' }
  if (code >= 0xd800 && code <= 0xdfff) return { name: 'half of a character' }
  if (code >= 0xfffe && code <= 0xffff) return { name: 'no character' }
  return { name: 'an invisible character' }
}

function isBidirectional(code: number): boolean {
  return (
    code === 0x061c ||
    (code >= 0x200e && code <= 0x200f) ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2066 && code <= 0x2069)
  )
}
