import { type Compilation, type CompileOptions, compile, type OutputFile } from '../compile.ts'
import type { KnownFile } from '../io/comparison.ts'
import { digestOf } from '../io/digest.ts'
import { readKubernetes } from '../io/kubernetes-data.ts'
import { compileRest, type Result, remember } from '../knowledge.ts'
import type { Fact, Remembered } from '../memory.ts'
import { everything } from '../model/selection.ts'
import { projectOf } from '../model/target.ts'
import { type KeptRecord, type Needed, noteWritten } from './fleet-memory.ts'
import type { RememberedFleet } from './remembered-fleet.ts'
import type { Terminal } from './terminal.ts'

/** A fleet of which only what was not known was compiled. */
export interface Compiled {
  readonly compilation: Compilation
  /** The projects that were not. */
  readonly known: ReadonlyMap<string, Fact>
  /** What is compiled renders this, */
  readonly files: Iterable<OutputFile>
  /** and the others that. */
  readonly knownFiles: readonly KnownFile[]
  /** Keeps what was found out, with the files of out/ that were written; for when nothing was refused. */
  readonly keep: (written: readonly string[]) => void
}

export interface CompileRememberedOptions extends Needed, Pick<CompileOptions, 'onStage'> {}

/** Compiles what is not known of a fleet. */
export function compileRemembered(
  fleet: RememberedFleet,
  { today }: Terminal,
  { withFiles, onStage }: CompileRememberedOptions,
): Compiled {
  const { snapshot, memory, keys } = fleet
  const { projects: before, knowledge } = memory.knowledge(keys, today(), { withFiles })
  const result = compileRest(snapshot, knowledge, {
    kubernetes: readKubernetes(),
    today: today(),
    ...(onStage && { onStage }),
  })
  const { compilation, known } = result
  const digests = new Map<string, string>()
  const files = withDigests(compilation.files, digests)
  const knownFiles = [...known.keys()].flatMap((name) => before.get(name)?.files ?? [])
  return {
    compilation,
    known,
    files,
    knownFiles: knownFiles.map(([path, digest]) => ({ path, digest })),
    keep: (written) => {
      noteWritten(fleet.root, memory.seen, written, (path) => digests.get(path))
      keep(fleet, result, before, withFiles ? digests : undefined, today())
    },
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
export function textsOf(
  { snapshot }: RememberedFleet,
  paths: readonly string[],
): Iterable<OutputFile> {
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
