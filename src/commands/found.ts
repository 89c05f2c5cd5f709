import type { Compilation } from '../compile.ts'

/** What there is to say of a compilation. */
export type Found = Pick<Compilation, 'diagnostics' | 'owners' | 'targets' | 'failed'>

/** There was nothing to compile, and there is nothing to say. */
export const nothingFound: Found = {
  diagnostics: [],
  owners: new Map(),
  targets: [],
  failed: false,
}

/** Thrown where something is to be written and must not be: something is wrong with it. */
export class Refused extends Error {
  readonly found: Found

  constructor(found: Found) {
    super('what was to be written is refused')
    this.found = found
  }
}
