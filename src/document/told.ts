import type { Source } from '../source/source.ts'
import type { Mistake } from './compose.ts'

/** A mistake in our words, at its own place if the yaml package points elsewhere. */
export interface Told {
  readonly message: string
  readonly help?: string
  readonly start?: number
  readonly end?: number
  /** Whether nothing that the package says further on can be trusted. */
  readonly isLast?: boolean
  readonly note?: { readonly message: string; readonly start: number; readonly end: number }
}

/** Puts a mistake into our words; undefined if it is reported elsewhere. */
export type Tell = (mistake: Mistake, source: Source) => Told | undefined
