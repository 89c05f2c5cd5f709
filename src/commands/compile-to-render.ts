import { type Compiled, compileRemembered, textsOf } from './compile-remembered.ts'
import { Refused } from './found.ts'
import { patternsOf, type Repository } from './open-repository.ts'
import type { RememberedFleet } from './remembered-fleet.ts'
import type { Rendering, RenderOptions } from './render.ts'
import { compileSelected } from './repository.ts'
import { namedProjects, scopeOf } from './scope.ts'
import { readShard } from './selected.ts'
import { summarize } from './shard.ts'
import type { Terminal } from './terminal.ts'
import type { Stopwatch } from './timing.ts'
import { verified } from './verify.ts'

/** Compiles what is to be rendered, as far as it is not known. */
export function compileToRender(
  repository: Repository,
  fleet: RememberedFleet | undefined,
  options: RenderOptions,
  terminal: Terminal,
  watch: Stopwatch,
): Rendering {
  if (fleet) return remembered(fleet, options, terminal, watch)
  const compilation = compileSelected(repository, options, terminal, { onStage: watch.stage })
  summarize(options, compilation, repository.snapshot, terminal)
  if (compilation.failed) throw new Refused(compilation)
  const part = options.shard === undefined ? undefined : readShard(options.shard)
  const patterns = patternsOf(options)
  const scope = scopeOf(patterns, compilation, part)
  const projects = namedProjects(patterns)
  return {
    files: watch.each('print', compilation.files),
    ...(scope && { scope }),
    ...(projects && { projects }),
    end: () => ({ found: compilation, targets: compilation.targets.length }),
    keep: () => {},
  }
}

function remembered(
  fleet: RememberedFleet,
  { verify }: RenderOptions,
  terminal: Terminal,
  watch: Stopwatch,
): Rendering {
  terminal.progress('compiling')
  const compile = verify ? verified : compileRemembered
  const compiled = compile(fleet, terminal, { withFiles: true, onStage: watch.stage })
  terminal.progress(undefined)
  refuseIfWrong(compiled)
  return {
    files: {
      *[Symbol.iterator]() {
        yield* compiled.result() ? watch.each('print', compiled.files) : compiled.files
        refuseIfWrong(compiled)
      },
    },
    known: {
      files: compiled.knownFiles,
      seen: fleet.memory.seen,
      textsOf: async (paths) => textsOf(fleet.snapshot, paths),
    },
    end: () => endOf(compiled),
    keep: compiled.keep,
  }
}

function refuseIfWrong({ result }: Compiled): void {
  const { compilation } = result() ?? {}
  if (compilation?.failed) throw new Refused(compilation)
}

function endOf({ result }: Compiled): ReturnType<Rendering['end']> {
  const { compilation, counts, known } = result() ?? {}
  if (!compilation || !counts || !known) throw new Error('nothing was compiled yet')
  const others = [...known.values()].reduce((sum, { targets }) => sum + targets, 0)
  return { found: compilation, targets: counts.targets + others }
}
