/** Whether to look for as long as a night lasts: SAHABA_LONG=1. */
export const isLong = process.env.SAHABA_LONG === '1'

/**
 * How often to try a property: so often, and always the same, in CI; twenty times as often, and
 * every time something else, in the long form.
 */
export function runs(count: number): { readonly numRuns: number; readonly seed?: number } {
  return isLong ? { numRuns: count * 20 } : { numRuns: count, seed: 1 }
}

/** How long a test may take, in milliseconds. */
export const patience = isLong ? 1_800_000 : 60_000
