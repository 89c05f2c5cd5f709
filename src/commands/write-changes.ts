import { type Compilation, type OutputFile, printTarget } from '../compile.ts'
import { EnvironmentFailure } from '../io/failure.ts'
import type { Committed, FileChange } from '../io/git-commit.ts'
import type { InputChange } from '../io/write-inputs.ts'
import { projectOf } from '../model/target.ts'
import { headerMark } from '../print/header.ts'
import type { ChangeOptions } from './change-options.ts'
import type { Terminal } from './terminal.ts'

/** What there is to write. */
export interface Writing {
  readonly root: string
  readonly changes: readonly InputChange[]
  /** The edited state. */
  readonly compilation: Compilation
  /** The message of the commit, if there is one. */
  readonly message: string
}

/** What became of it. */
export interface Written {
  readonly commit: Committed | undefined
  /** The files of `out/` that became others, where they were rendered. */
  readonly rendered: readonly string[] | undefined
}

/**
 * Writes edited files, with `--render` what their projects render, and makes the commit that is asked for.
 * All that can be known to fail does so before the first file is written.
 */
export async function writeChanges(
  { root, changes, compilation, message }: Writing,
  { commit, branch, render }: ChangeOptions,
  { notice }: Terminal,
): Promise<Written> {
  const output = render ? await outputOf(root, changes, compilation) : undefined
  const all = [...changes, ...(output?.changes ?? [])]
  const destination = branch === undefined ? 'HEAD' : { branch }
  const isCommitted = commit === true || branch !== undefined
  const { checkCommit, commitChanges } = await import('../io/git-commit.ts')
  if (isCommitted) await checkCommit(root, all, destination)
  if (branch === undefined) {
    const { writeInputs } = await import('../io/write-inputs.ts')
    await writeInputs(root, changes, { notice })
    await output?.write(notice)
  }
  const made = isCommitted ? await commitChanges(root, all, message, destination) : undefined
  return { commit: made, rendered: output?.changes.map(({ path }) => path) }
}

interface Output {
  readonly changes: readonly FileChange[]
  readonly write: (notice: (sentence: string) => void) => Promise<unknown>
}

/** What the projects of edited files render, held against `out/` as it is. */
async function outputOf(
  root: string,
  changes: readonly InputChange[],
  { rendered }: Compilation,
): Promise<Output> {
  const projects = new Set(changes.map(({ path }) => path.split('/')[1] ?? ''))
  if (!rendered) {
    throw new EnvironmentFailure(
      'other projects cannot be rendered, so nothing is',
      'leave out --render',
    )
  }
  const files: OutputFile[] = rendered
    .filter(({ target }) => projects.has(target.project))
    .flatMap(printTarget)
  const { checkOutput, writeOutput } = await import('../io/write-output.ts')
  const { OutputTree } = await import('../io/output-tree.ts')
  const options = {
    header: headerMark,
    scope: (id: string) => projects.has(projectOf(id)),
  }
  const { written, removed } = await checkOutput(root, files, options)
  const texts = new Map(files.map(({ path, text }) => [path, text]))
  const tree = new OutputTree(root)
  const bytes = (text: string | undefined) =>
    text === undefined ? undefined : new TextEncoder().encode(text)
  return {
    changes: [...written, ...removed].sort().map((path) => ({
      path: `out/${path}`,
      before: tree.kindOf(path) === 'file' ? bytes(tree.read(path)) : undefined,
      after: bytes(texts.get(path)),
    })),
    write: (notice) => writeOutput(root, files, { ...options, notice }),
  }
}
