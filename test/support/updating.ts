import { expect } from 'vitest'

/** Whether the run is to rewrite what it expects: `vitest -u`. */
export function updating(): boolean {
  // Vitest has no public way to ask; should the field be named otherwise, `-u` merely does nothing.
  const state: unknown = expect.getState().snapshotState
  return (state as { _updateSnapshot?: string } | undefined)?._updateSnapshot === 'all'
}
