/**
 * What a process ends with. 1 is never used on purpose: it is what Node gives for a crash, and must
 * not read as "there are differences". 130 and 143 are the signals' own.
 */
export const exitCode = {
  done: 0,
  differences: 2,
  refused: 3,
  usage: 4,
  environment: 5,
  bug: 70,
} as const

/** What a command comes back with; it neither prints nor exits. */
export interface Result {
  /** For standard output: what was asked for. */
  readonly output: string
  /** For standard error: everything else. */
  readonly messages?: string
  readonly exitCode: number
}
