import type { ReviewJson } from '../review-shape.ts'

/** What the page is made from: the review, and what filters need. All texts are fit to be shown. */
export interface PageJson extends ReviewJson {
  readonly teams: readonly string[]
  /** The team of each target, as an index into `teams`; -1 of none. */
  readonly teamOf: readonly number[]
}

/** The manifests of the page, read only once somebody opens one. */
export interface ManifestsJson {
  readonly texts: readonly string[]
  readonly owners: readonly string[]
  readonly paths: readonly string[]
  /** Path, line, owner; the owner is -1 where nobody is known. */
  readonly origins: readonly (readonly number[])[]
  /** A text, and the origins of the line. */
  readonly lines: readonly (readonly number[])[]
  /** By the index of an object of the review; null if it is not in the page. */
  readonly files: readonly (ManifestJson | null)[]
}

/** Runs of lines on each side: first, count, first, count …; a side that is not there has no key. */
export interface ManifestJson {
  readonly before?: readonly number[]
  readonly after?: readonly number[]
}

/**
 * Manifests with more changed lines than this are not compared line by line: neither here, to find
 * the lines whose origin the page shows, nor there.
 */
export const maxEditLength = 2000
