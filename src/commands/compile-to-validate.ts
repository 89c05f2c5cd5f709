import { countsOf } from '../knowledge.ts'
import { compileRemembered } from './compile-remembered.ts'
import type { Repository } from './open-repository.ts'
import type { RememberedFleet } from './remembered-fleet.ts'
import { compileSelected } from './repository.ts'
import { summarize } from './shard.ts'
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
  if (fleet) return remembered(fleet, options, terminal)
  const { root, snapshot } = repository
  const all = compileSelected(repository, options, terminal)
  summarize(options, all, snapshot, terminal)
  if (options.since === undefined) return { root, found: all, ...countsOf(all.targets), past: '' }
  const { compilation, summary } = await sinceRevision(all, options.since, options, terminal)
  return { root, found: compilation, ...countsOf(compilation.targets), past: summary }
}

function remembered(
  fleet: RememberedFleet,
  { verify }: ValidateOptions,
  terminal: Terminal,
): Validation {
  terminal.progress('compiling')
  const compile = verify ? verified : compileRemembered
  const { files, result, keep } = compile(fleet, terminal, { withFiles: false })
  for (const _ of files) {
    // What is asked for is what is wrong.
  }
  terminal.progress(undefined)
  const { compilation, counts, known } = result() ?? {}
  if (!compilation || !counts || !known) throw new Error('nothing was compiled')
  if (!compilation.failed) keep([])
  const others = [...known.values()].map(({ targets }) => targets)
  return {
    ...{ root: fleet.root, past: '', found: compilation, pending: counts.pending },
    projects: counts.projects + others.filter((count) => count > 0).length,
    targets: counts.targets + others.reduce((sum, count) => sum + count, 0),
  }
}
