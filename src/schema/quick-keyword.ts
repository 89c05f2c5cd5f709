import type { Value, ValueMap } from '../document/node.ts'

/** Whether a value is as a schema, or one keyword of it, wants it. */
export type Fits = (value: Value) => boolean

/** Thrown, and caught by `quickCheck`, where a schema is not one of those it knows all about. */
export const unsure = new Error('unsure')

/**
 * Makes of a keyword's value what checks it; the schema is the one it stands in, `build` makes
 * checks of the schemas in it. Throws `unsure` for a value that the package might refuse.
 */
export type Keyword = (value: Value, schema: ValueMap, build: (schema: Value) => Fits) => Fits

/** A table to look keywords up in, whatever they are called. */
export function tableOf<Entry>(
  entries: Readonly<Record<string, Entry>>,
): ReadonlyMap<string, Entry> {
  return new Map(Object.entries(entries))
}

/** The expression of a keyword, as the package reads it. */
export function patternOf(text: Value): RegExp {
  if (typeof text !== 'string') throw unsure
  try {
    new RegExp(text)
    return new RegExp(text, 'u')
  } catch {
    throw unsure
  }
}
