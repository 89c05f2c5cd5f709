import { compileAnew } from './compile-anew.ts'
import { type Compiling, textsOf } from './compile-files.ts'
import { compileRemembered } from './compile-remembered.ts'
import { Refused } from './found.ts'
import { patternsOf, type Repository } from './open-repository.ts'
import type { RememberedFleet } from './remembered-fleet.ts'
import type { Rendering, RenderOptions } from './render.ts'
import { namedProjects, scopeOf } from './scope.ts'
import { readShard } from './selected.ts'
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
  terminal.progress('compiling')
  const rendering = fleet
    ? remembered(fleet, options, terminal, watch)
    : anew(repository, options, terminal, watch)
  terminal.progress(undefined)
  return rendering
}

function anew(
  repository: Repository,
  options: RenderOptions,
  terminal: Terminal,
  watch: Stopwatch,
): Rendering {
  const part = options.shard === undefined ? undefined : readShard(options.shard)
  const patterns = patternsOf(options)
  const targets = new Set<string>()
  const compiled = compileAnew(repository, options, terminal, {
    ...{ withFiles: true, isKept: options.format === 'junit', onStage: watch.stage },
    onOwn(own) {
      if (patterns.owner.length > 0) for (const { id } of own.targets) targets.add(id)
    },
  })
  const scope = scopeOf(patterns, targets, part)
  const projects = namedProjects(patterns)
  return {
    ...renderingOf(compiled, watch),
    ...(scope && { scope }),
    ...(projects && { projects }),
    textsOf: compiled.textsOf,
    keep: () => {},
  }
}

function remembered(
  fleet: RememberedFleet,
  { verify }: RenderOptions,
  terminal: Terminal,
  watch: Stopwatch,
): Rendering {
  const compile = verify ? verified : compileRemembered
  const compiled = compile(fleet, terminal, { withFiles: true, onStage: watch.stage })
  const texts = async (paths: readonly string[]) => textsOf(fleet.snapshot, paths)
  return {
    ...renderingOf(compiled, watch),
    known: { files: compiled.knownFiles, seen: fleet.memory.seen, textsOf: texts },
    textsOf: texts,
    keep: compiled.keep,
  }
}

function renderingOf(compiled: Compiling, watch: Stopwatch): Pick<Rendering, 'files' | 'end'> {
  refuseIfWrong(compiled)
  return {
    files: {
      *[Symbol.iterator]() {
        yield* compiled.result() ? watch.each('print', compiled.files) : compiled.files
        refuseIfWrong(compiled)
      },
    },
    end: () => endOf(compiled),
  }
}

function refuseIfWrong({ result }: Compiling): void {
  const { compilation } = result() ?? {}
  if (compilation?.failed) throw new Refused(compilation)
}

function endOf({ result }: Compiling): ReturnType<Rendering['end']> {
  const { compilation, counts, known } = result() ?? {}
  if (!compilation || !counts || !known) throw new Error('nothing was compiled yet')
  const others = [...known.values()].reduce((sum, { targets }) => sum + targets, 0)
  return { found: compilation, targets: counts.targets + others }
}
