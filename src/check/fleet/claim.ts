import type { Exhibit, Line, Spot } from '../exhibit.ts'

/** Something that only one may have, and who wants it. */
export interface Claim {
  /** What is claimed and within what: claims of one key are at odds. */
  readonly key: string
  /** As its author wrote it: "order.example.com". */
  readonly thing: string
  /** Whoever claims it twice is no quarrel with himself. */
  readonly claimant: string
  readonly exhibit: Exhibit
  /** Within what it may be claimed once: "a region". */
  readonly within: string
  /** Where it is claimed; asked only if there is a quarrel. */
  readonly at: () => Spot | Line
  readonly help: string
}

/** A host name as all spellings of it are compared. */
export function asHost(name: string): string {
  return name.toLowerCase().replace(/\.$/, '')
}
