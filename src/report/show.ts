import { redacted } from '../secret/redact.ts'

/**
 * Text of unknown origin, made safe to show on a terminal or in a log: control characters,
 * bidirectional marks, line separators and halves of characters are spelled out, so that nobody can
 * move the cursor, forge a line or hide what a file says; and so is the beginning of what the
 * runners of GitHub and Azure take for a command wherever in a line it stands. Secrets are left out.
 */
export function show(text: string): string {
  return redacted(text).replace(unsafe, (character) => {
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`
  })
}

/** JSON as text in which the same characters are written as escapes: it reads back unchanged. */
export function showJson(text: string): string {
  return text.replace(unsafe, (character) => {
    if (character === '\n') return character
    return character
      .split('')
      .map((half) => `\\u${half.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join('')
  })
}

const unsafe =
  /[\x00-\x08\x0a-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\u{e0000}-\u{e007f}]|#(?=#(?:vso)?\[)/gu

/** The same for a text of several lines, of which none begins as a command of GitHub's runner. */
export function showLines(text: string): string {
  return withoutCommands(text.split('\n').map(show).join('\n'))
}

/** Lines that are safe to show one by one, of which none begins as a command either. */
export function withoutCommands(text: string): string {
  return text.replace(/^([^\S\n]*):(?=:)/gm, '$1\\u{3a}')
}

/** The same, cut to a number of characters. */
export function showShort(text: string, length: number): string {
  const characters = [...show(text)]
  return characters.length <= length
    ? characters.join('')
    : `${characters.slice(0, length - 1).join('')}…`
}
