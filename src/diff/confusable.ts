import type { Decision } from './review.ts'

// Scripts with letters that are drawn as Latin ones are, and Latin letters in other clothes.
const foreign =
  /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}\p{Script=Lisu}\u2100-\u214f\uff01-\uff5e\u{1d400}-\u{1d7ff}]/gu

/**
 * Words in what changes that may be taken for others: Latin letters with look-alikes among them
 * and, in names, which Kubernetes wants in ASCII, any look-alike. These are spelled out.
 */
export function lookAlikes(decisions: readonly Decision[]): string[] {
  const found = new Set<string>()
  for (const { effects } of decisions) {
    for (const { path, values } of effects) {
      add(path)
      for (const { before, after, objects } of values) {
        for (const text of [before ?? '', after ?? '']) add(text, isMixed)
        for (const { name, file, target } of objects)
          for (const each of [name, file, target]) add(each)
      }
    }
  }
  return [...found]

  function add(text: string, counts = (word: string) => word.search(foreign) !== -1): void {
    if (text.search(foreign) === -1) return
    for (const word of text.split(/[\s"'(),;{}]+/)) if (counts(word)) found.add(spelled(word))
  }
}

function isMixed(word: string): boolean {
  return /[A-Za-z]/.test(word) && word.search(foreign) !== -1
}

function spelled(word: string): string {
  return [...word]
    .slice(0, 100)
    .join('')
    .replace(foreign, (letter) => `\\u{${(letter.codePointAt(0) ?? 0).toString(16)}}`)
}
