import type { CompileOptions } from '../compile.ts'
import { compileRemembered, textsOf } from './compile-remembered.ts'
import { patternsOf, type Repository } from './open-repository.ts'
import type { RememberedFleet } from './remembered-fleet.ts'
import type { Rendering, RenderOptions } from './render.ts'
import { compileSelected } from './repository.ts'
import { namedProjects, scopeOf } from './scope.ts'
import { readShard, summarize } from './shard.ts'
import type { Terminal } from './terminal.ts'
import { verified } from './verify.ts'

/** Compiles what is to be rendered, as far as it is not known. */
export function compileToRender(
  repository: Repository,
  fleet: RememberedFleet | undefined,
  options: RenderOptions,
  terminal: Terminal,
  onStage: NonNullable<CompileOptions['onStage']>,
): Rendering {
  if (fleet) return remembered(fleet, options, terminal, onStage)
  const compilation = compileSelected(repository, options, terminal, { onStage })
  summarize(options, compilation, repository.snapshot, terminal)
  const part = options.shard === undefined ? undefined : readShard(options.shard)
  const patterns = patternsOf(options)
  const scope = scopeOf(patterns, compilation, part)
  const projects = namedProjects(patterns)
  return {
    found: compilation,
    targets: compilation.targets.length,
    files: compilation.files,
    ...(scope && { scope }),
    ...(projects && { projects }),
    keep: () => {},
  }
}

function remembered(
  fleet: RememberedFleet,
  { verify }: RenderOptions,
  terminal: Terminal,
  onStage: NonNullable<CompileOptions['onStage']>,
): Rendering {
  terminal.progress('compiling')
  const compile = verify ? verified : compileRemembered
  const { compilation, files, known, knownFiles, keep } = compile(fleet, terminal, {
    withFiles: true,
    onStage,
  })
  terminal.progress(undefined)
  const others = [...known.values()].reduce((sum, { targets }) => sum + targets, 0)
  return {
    found: compilation,
    targets: compilation.targets.length + others,
    files,
    known: {
      files: knownFiles,
      seen: fleet.memory.seen,
      textsOf: async (paths) => textsOf(fleet, paths),
    },
    keep,
  }
}
