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
