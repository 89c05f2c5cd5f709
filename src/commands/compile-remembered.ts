import { compile, type OutputFile, printTarget } from '../compile.ts'
import type { Stage } from '../compile-project.ts'
import type { KnownFile } from '../io/comparison.ts'
import { readKubernetes } from '../io/kubernetes-data.ts'
import { compileRest, compileRestEach, type Result } from '../knowledge.ts'
import type { Remembered } from '../memory.ts'
import { everything } from '../model/selection.ts'
import { projectOf } from '../model/target.ts'
import { remember } from '../remember.ts'
import { digestOf } from '../source/digest.ts'
import type { Snapshot } from '../source/snapshot.ts'
import { type KeptRecord, type Needed, noteWritten } from './fleet-memory.ts'
import type { RememberedFleet } from './remembered-fleet.ts'
import type { Terminal } from './terminal.ts'

/** A fleet of which only what was not known is compiled. */
export interface Compiled {
  /** What is compiled renders this; of many projects one after the other, as they are asked for, */
  readonly files: Iterable<OutputFile>
  /** and what is known renders that. */
  readonly knownFiles: readonly KnownFile[]
  /** What came of it; undefined until all files were asked for. */
  readonly result: () => Result | undefined
  /** Keeps what was found out, with the files of out/ that were written; for when nothing was refused. */
  readonly keep: (written: readonly string[]) => void
}

export interface CompileRememberedOptions extends Needed {
  readonly onStage?: (stage: Stage | 'print' | 'write') => void
}

/** So many projects are compiled at once: more would take more memory than there may be. */
const few = 200

/** Compiles what is not known of a fleet. */
export function compileRemembered(
  fleet: RememberedFleet,
  { today }: Terminal,
  { withFiles, onStage = () => {} }: CompileRememberedOptions,
): Compiled {
  const { root, snapshot, memory, keys } = fleet
  const { projects: before, knowledge } = memory.knowledge(keys, today(), { withFiles })
  const options = { kubernetes: readKubernetes(), today: today(), onStage }
  const digests = new Map<string, string>()
  const isFew = keys.projects.size - before.size <= few
  let result = isFew ? compileRest(snapshot, knowledge, options) : undefined
  const files = result
    ? withDigests(result.compilation.files, digests)
    : { [Symbol.iterator]: oneByOne }
  return {
    files,
    knownFiles: [...(result?.known ?? before).keys()].flatMap((name) => {
      return (before.get(name)?.files ?? []).map(([path, digest]) => ({ path, digest }))
    }),
    result: () => result,
    keep(written) {
      if (!result) throw new Error('nothing was compiled yet')
      noteWritten(root, memory.seen, written, (path) => digests.get(path))
      keep(fleet, result, before, withFiles ? digests : undefined, today())
    },
  }

  function* oneByOne(): Generator<OutputFile> {
    const steps = compileRestEach(snapshot, knowledge, options)
    let step = steps.next()
    for (; !step.done; step = steps.next()) {
      const printed = withFiles ? step.value.rendered.flatMap(printTarget) : []
      const own = [...withDigests(printed, digests)]
      onStage('print')
      yield* own
      onStage('write')
    }
    result = step.value
  }
}

/** Files with their digests, which are written down as they pass. */
function withDigests(files: Iterable<OutputFile>, digests: Map<string, string>) {
  return {
    *[Symbol.iterator]() {
      for (const file of files) {
        const digest = digestOf(file.text)
        digests.set(file.path, digest)
        yield { ...file, digest }
      }
    },
  }
}

function keep(
  { snapshot, memory, keys }: RememberedFleet,
  result: Result,
  before: ReadonlyMap<string, Remembered>,
  digests: ReadonlyMap<string, string> | undefined,
  today: string,
): void {
  const byProject = new Map<string, [path: string, digest: string][]>()
  for (const [path, digest] of digests ?? []) {
    const project = projectIn(path)
    const files = byProject.get(project) ?? []
    if (files.length === 0) byProject.set(project, files)
    files.push([path, digest])
  }
  const filesOf = (name: string) => digests && (byProject.get(name) ?? [])
  const next = remember(result, keys, today, before, filesOf)
  const fresh = next.projects.flatMap(([name, remembered]): KeptRecord[] => {
    const summaries = result.learnt?.get(name)?.summaries
    return summaries === undefined ? [] : [{ remembered, summaries }]
  })
  memory.keep(next, fresh, snapshot.files)
}

/** The texts of files that known projects render. */
export function textsOf(snapshot: Snapshot, paths: readonly string[]): Iterable<OutputFile> {
  const projects = new Set(paths.map(projectIn))
  const select = { ...everything, project: (name: string) => projects.has(name) }
  const { files, failed } = compile(snapshot, { select, judge: false })
  if (failed) throw new Error('what was right is not any more, though it is the same')
  const wanted = new Set(paths)
  return [...files].filter(({ path }) => wanted.has(path))
}

function projectIn(path: string): string {
  return projectOf(path.slice(0, path.lastIndexOf('/')))
}
