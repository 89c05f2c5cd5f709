import { printTarget } from '../compile.ts'
import type { Stage } from '../compile-project.ts'
import type { KnownFile, OutputFile } from '../io/comparison.ts'
import { readKubernetes } from '../io/kubernetes-data.ts'
import type { Result } from '../knowledge.ts'
import type { Remembered } from '../memory.ts'
import { remember } from '../remember.ts'
import { digestOf } from '../source/digest.ts'
import { type Compiling, compileFiles, few, projectOfOutput } from './compile-files.ts'
import { type KeptRecord, type Needed, noteWritten } from './fleet-memory.ts'
import type { RememberedFleet } from './remembered-fleet.ts'
import type { Terminal } from './terminal.ts'

/** A fleet of which only what was not known is compiled. */
export interface Compiled extends Compiling {
  /** What is known renders that. */
  readonly knownFiles: readonly KnownFile[]
  /** Keeps what was found out, with the files of out/ that were written; for when nothing was refused. */
  readonly keep: (written: readonly string[]) => void
}

export interface CompileRememberedOptions extends Needed {
  readonly onStage?: (stage: Stage | 'print' | 'write') => void
}

/** Compiles what is not known of a fleet. */
export function compileRemembered(
  fleet: RememberedFleet,
  { today }: Terminal,
  { withFiles, onStage }: CompileRememberedOptions,
): Compiled {
  const { root, snapshot, memory, keys } = fleet
  const { projects: before, knowledge } = memory.knowledge(keys, today(), { withFiles })
  const digests = new Map<string, string>()
  const { files, result } = compileFiles(snapshot, knowledge, {
    isAtOnce: keys.projects.size - before.size <= few,
    withFiles,
    print: (exhibit) => printTarget(exhibit).map(withDigest),
    ...{ kubernetes: readKubernetes(), today: today() },
    ...(onStage && { onStage }),
  })
  return {
    files,
    knownFiles: [...(result()?.known ?? before).keys()].flatMap((name) => {
      return (before.get(name)?.files ?? []).map(([path, digest]) => ({ path, digest }))
    }),
    result,
    keep(written) {
      const found = result()
      if (!found) throw new Error('nothing was compiled yet')
      noteWritten(root, memory.seen, written, (path) => digests.get(path))
      keep(fleet, found, before, withFiles ? digests : undefined, today())
    },
  }

  /** The digests are written down as the files pass. */
  function withDigest(file: OutputFile): OutputFile {
    const digest = digestOf(file.text)
    digests.set(file.path, digest)
    return { ...file, digest }
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
    const project = projectOfOutput(path)
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
