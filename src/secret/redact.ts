import { createHash } from 'node:crypto'
import type { Location, Source } from '../source/source.ts'
import type { Found } from './found.ts'
import { secretsInText } from './in-text.ts'
import { secretsOf } from './secrets.ts'

/**
 * What is shown in place of a secret: enough to tell two apart, and to find out which one it is
 * for those who have it; of no use to anybody else.
 */
export function redaction(secret: string): string {
  const hash = createHash('sha256').update(secret).digest('hex').slice(0, 4)
  return `<redacted, ${[...secret].length} characters, sha256:${hash}…>`
}

/** A text of unknown origin without the secrets in it. */
export function redacted(text: string): string {
  const found = secretsInText(text)
  return found.length === 0 ? text : replace(text, 0, found)
}

/** The text at a place without the secrets in it; one of which only a part lies there goes whole. */
export function textAt({ source, start, end }: Location): string {
  if (start >= end) return ''
  const inside = secretsOf(source).filter((each) => each.start < end && each.end > start)
  return replace(source.text.slice(start, end), start, inside)
}

/** What is shown in place of the text at a place, of which nothing may be shown. */
export function hiddenAt({ source, start, end }: Location): string {
  return redaction(source.text.slice(start, end))
}

/** The place, and where a secret lies across one of its ends, all of the secret. */
export function aroundSecrets(at: Location): Location {
  const { source, start, end } = at
  const across = (offset: number) => {
    return secretsOf(source).find((each) => each.start < offset && offset < each.end)
  }
  return { source, start: across(start)?.start ?? start, end: across(end)?.end ?? end }
}

/** So much of a secret is looked for: it may have been cut. */
const telling = 8

/**
 * A sentence about sources without what is secret in them, though it was cut short or stands
 * without the name that told.
 */
export function withoutSecretsOf(sources: readonly Source[], sentence: string): string {
  let text = sentence
  for (const { value } of sources.flatMap((source) => secretsOf(source))) {
    for (const line of value.split('\n')) text = without(line.trim(), redaction(value), text)
  }
  return text
}

/** A text with something else wherever a secret, or as much of it as would tell, stands. */
function without(secret: string, instead: string, text: string): string {
  // What is shorter stands in many a word, and is found with the address around it.
  if (secret.length < telling) return text
  const beginning = secret.slice(0, telling)
  let result = text
  let at = result.indexOf(beginning)
  while (at !== -1) {
    result = result.slice(0, at) + instead + result.slice(at + sharedLength(result, at, secret))
    at = result.indexOf(beginning, at + instead.length)
  }
  return result
}

function sharedLength(text: string, at: number, value: string): number {
  let length = 0
  while (length < value.length && text[at + length] === value[length]) length += 1
  return length
}

function replace(text: string, offset: number, found: readonly Found[]): string {
  let result = ''
  let done = 0
  for (const { start, end, value } of found) {
    result += text.slice(done, Math.max(0, start - offset)) + redaction(value)
    done = Math.min(text.length, end - offset)
  }
  return result + text.slice(done)
}
