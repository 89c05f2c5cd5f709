/**
 * Whether a text looks as if a machine or a careful person had chosen it as a password. Words,
 * names, numbers, paths, references and what stands in for a secret do not: `order-db`,
 * `/run/secrets/token`, `$(DB_PASSWORD)`, `changeme`, a digest, a UUID.
 */
export function looksRandom(text: string): boolean {
  if (text.length < 8 || text.length > 5000 || /\s/.test(text)) return false
  if (reference.test(text) || standIn.test(text) || uuid.test(text)) return false
  const parts = text.split(/[-_./:@,;|=+]+/)
  if (parts.every(isWord)) return false
  return bitsPerCharacter(text) >= 2.5
}

// The last two are what SOPS and Sealed Secrets have encrypted: made for being committed.
const reference =
  /\$\(|\$\{|\{\{|^(?:arn:|vault:|ref\+|op:\/\/|secret:|secretref:|file:|env:|\/|\.\.?\/|~\/)|^(?:sha(?:1|256|384|512)|md5)[:-]|@sha256:|^ENC\[|^Ag[A-Za-z0-9+/]{100,}={0,2}$/

const standIn =
  /change[-_ ]?(?:me|it)|place[-_]?holder|example|dummy|redacted|replace|your[-_]|\btodo\b|fixme|x{4}|\*{3}|^[<{%]|not[-_]?a[-_]?/i

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i

/** A word with at most four digits behind it, a number, a version, or nothing. */
function isWord(part: string): boolean {
  const match = /^([A-Za-z]{0,32})\d{0,4}$/.exec(part)
  if (!match) return /^\d{0,12}$|^v\d+(?:alpha|beta|rc)\d*$/.test(part)
  const letters = match[1] ?? ''
  const humps = letters.match(/[A-Z]+[a-z]*|[a-z]+/g) ?? []
  return humps.length <= 1 || letters.length / humps.length >= 3
}

/** Shannon's entropy of the characters of a text. */
function bitsPerCharacter(text: string): number {
  const counts = new Map<string, number>()
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values())
    bits -= (count / text.length) * Math.log2(count / text.length)
  return bits
}
