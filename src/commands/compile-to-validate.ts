import { countsOf, type Result } from '../knowledge.ts'
import { compileAnew } from './compile-anew.ts'
import type { Compiling } from './compile-files.ts'
import { compileRemembered } from './compile-remembered.ts'
import type { Repository } from './open-repository.ts'
import type { RememberedFleet } from './remembered-fleet.ts'
import { sinceRevision } from './since.ts'
import type { Terminal } from './terminal.ts'
import type { ValidateOptions, Validation } from './validate.ts'
import { verified } from './verify.ts'

/** Compiles what is to be judged, as far as it is not known. */
export async function compileToValidate(
  repository: Repository,
  fleet: RememberedFleet | undefined,
  options: ValidateOptions,
  terminal: Terminal,
): Promise<Validation> {
  return fleet ? remembered(fleet, options, terminal) : await anew(repository, options, terminal)
}

async function anew(
  repository: Repository,
  options: ValidateOptions,
  terminal: Terminal,
): Promise<Validation> {
  const { since, format } = options
  const { root } = repository
  terminal.progress('compiling')
  const isKept = since !== undefined || format === 'junit'
  const compiled = compileAnew(repository, options, terminal, { withFiles: false, isKept })
  const { compilation: all, counts } = resultOf(compiled)
  terminal.progress(undefined)
  if (since === undefined) return { root, found: all, ...counts, past: '' }
  const { compilation, summary } = await sinceRevision(all, since, options, terminal)
  return { root, found: compilation, ...countsOf(compilation.targets), past: summary }
}

function remembered(
  fleet: RememberedFleet,
  { verify }: ValidateOptions,
  terminal: Terminal,
): Validation {
  terminal.progress('compiling')
  const compile = verify ? verified : compileRemembered
  const compiled = compile(fleet, terminal, { withFiles: false })
  const { compilation, counts, known } = resultOf(compiled)
  terminal.progress(undefined)
  if (!compilation.failed) compiled.keep([])
  const others = [...known.values()].map(({ targets }) => targets)
  return {
    ...{ root: fleet.root, past: '', found: compilation, pending: counts.pending },
    projects: counts.projects + others.filter((count) => count > 0).length,
    targets: counts.targets + others.reduce((sum, count) => sum + count, 0),
  }
}

/** Goes through all that is compiled, for what is asked for is what is wrong. */
function resultOf({ files, result }: Compiling): Result {
  for (const _ of files) {
    // Nobody asked for them.
  }
  const found = result()
  if (!found) throw new Error('nothing was compiled')
  return found
}
