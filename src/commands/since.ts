import type { Compilation } from '../compile.ts'
import { since } from '../diagnostics/since.ts'
import { plural } from '../report/affected.ts'
import { openRepository, type RepositoryOptions } from './open-repository.ts'
import { compileSelected } from './repository.ts'
import { selectedIn } from './selected.ts'
import type { Terminal } from './terminal.ts'

/**
 * A compilation in which only those findings count that a revision did not have: the revision is
 * compiled as well, and judged by the rules and limits of today, so that a new rule does not stop
 * what was there before it.
 */
export async function sinceRevision(
  compilation: Compilation,
  revision: string,
  options: RepositoryOptions,
  terminal: Terminal,
): Promise<{ readonly compilation: Compilation; readonly summary: string }> {
  const { policyRev: _, pipeline: __, ...others } = options
  const then = { ...others, rev: revision }
  const repository = await openRepository(then, terminal, selectedIn(then))
  const before = compileSelected(repository, then, terminal, { judgedBy: compilation })
  const { fresh, old } = since(compilation.diagnostics, before.diagnostics)
  const failed = fresh.some(({ severity }) => severity === 'error')
  const errors = old.filter(({ severity }) => severity === 'error').length
  const warnings = old.length - errors
  const counts = [plural(errors, 'error'), plural(warnings, 'warning')].filter((text) => {
    return !text.startsWith('0 ')
  })
  const [verb, them] = old.length === 1 ? ['is', 'it'] : ['are', 'them']
  const summary =
    counts.length === 0
      ? ''
      : `${counts.join(' and ')} that ${revision} has too ${verb} not counted; sahaba validate shows ${them}\n`
  return { compilation: { ...compilation, diagnostics: fresh, failed }, summary }
}
