import type { Attempt } from '../attempt.ts'
import { merging } from './merging.ts'
import { names } from './names.ts'
import { rendered } from './rendered.ts'
import { sizes } from './sizes.ts'
import { texts } from './texts.ts'
import { values } from './values.ts'

/** All that is tried on the compiler alone, by the numbers of docs/safety.md. */
export const attempts: readonly Attempt[] = [
  ...merging,
  ...names,
  ...texts,
  ...sizes,
  ...values,
  ...rendered,
].sort((a, b) => a.threat - b.threat)
