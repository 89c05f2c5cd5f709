import type { Exhibit } from '../check/exhibit.ts'
import { type Compilation, type CompileOptions, compile, printTarget } from '../compile.ts'
import type { Stage } from '../compile-project.ts'
import type { OutputFile } from '../io/comparison.ts'
import { folderOf } from '../io/output-path.ts'
import { compileRest, type Knowledge, type RestOptions, type Result } from '../knowledge.ts'
import { everything } from '../model/selection.ts'
import { projectOf } from '../model/target.ts'
import { compileRestEach } from '../one-by-one.ts'
import type { Snapshot } from '../source/snapshot.ts'

/** What is compiled, as files. */
export interface Compiling {
  /** Project by project, as they are asked for, unless all was compiled at once. */
  readonly files: Iterable<OutputFile>
  /** What came of it; undefined until all files were asked for. */
  readonly result: () => Result | undefined
}

export interface CompilingOptions extends Omit<RestOptions, 'onStage'> {
  /** Whether all of it is compiled at once, and kept: what many projects render takes much memory. */
  readonly isAtOnce: boolean
  /** Whether it is asked what they render, and not only what is wrong with them. */
  readonly withFiles: boolean
  readonly print?: (exhibit: Exhibit) => readonly OutputFile[]
  /** Told what is compiled; asked for at the beginning of each go. */
  readonly listen?: () => Listener | undefined
  readonly onStage?: (stage: Stage | 'print' | 'write') => void
}

export interface Listener {
  readonly add: (own: Pick<Compilation, 'ground' | 'targets' | 'rendered'>) => void
  readonly end: (compilation: Compilation) => void
}

/** So many projects may be compiled at once; of more it would take more memory than there may be. */
export const few = 200

/** Compiles what is not known: at once and now, or project by project when files are asked for. */
export function compileFiles(
  snapshot: Snapshot,
  knowledge: Knowledge,
  { isAtOnce, withFiles, print = printTarget, listen, ...options }: CompilingOptions,
): Compiling {
  const { onStage = () => {} } = options
  let result = isAtOnce ? atOnce() : undefined
  const rendered = result && !result.compilation.failed ? result.compilation.rendered : []
  return {
    files: { [Symbol.iterator]: result ? () => printed(rendered ?? []) : oneByOne },
    result: () => result,
  }

  function atOnce(): Result {
    const result = compileRest(snapshot, knowledge, { ...options, onStage })
    const listener = listen?.()
    listener?.add(result.compilation)
    listener?.end(result.compilation)
    return result
  }

  function* oneByOne(): Generator<OutputFile> {
    const listener = listen?.()
    const steps = compileRestEach(snapshot, knowledge, { ...options, onStage })
    let step = steps.next()
    for (; !step.done; step = steps.next()) {
      listener?.add(step.value)
      const own = [...printed(step.value.rendered)]
      onStage('print')
      yield* own
      onStage('write')
    }
    listener?.end(step.value.compilation)
    result = step.value
  }

  function* printed(rendered: readonly Exhibit[]): Generator<OutputFile> {
    if (withFiles) for (const exhibit of rendered) yield* print(exhibit)
  }
}

/** The texts of files that projects render, of which nothing is wrong with any. */
export function textsOf(
  snapshot: Snapshot,
  paths: readonly string[],
  options: Pick<CompileOptions, 'pipeline'> = {},
): Iterable<OutputFile> {
  const projects = new Set(paths.map(projectOfOutput))
  const select = { ...everything, project: (name: string) => projects.has(name) }
  const { files, failed } = compile(snapshot, { ...options, select, judge: false })
  if (failed) throw new Error('what was right is not any more, though it is the same')
  const wanted = new Set(paths)
  return [...files].filter(({ path }) => wanted.has(path))
}

/** The project that renders a file. */
export function projectOfOutput(path: string): string {
  return projectOf(folderOf(path))
}
