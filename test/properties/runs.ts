/** Whether to look for as long as a night lasts: SAHABA_LONG=1. */
const isLong = process.env.SAHABA_LONG === '1'

/** How often to try a property: so often in CI, twenty times as often in the long form. */
export function runs(count: number): { readonly numRuns: number } {
  return { numRuns: isLong ? count * 20 : count }
}

/** How long a test may take, in milliseconds. */
export const patience = isLong ? 1_800_000 : 60_000
