import { Diagnostics } from '../diagnostics/diagnostics.ts'
import { orderKeys } from '../edit/order.ts'
import type { Refusal } from '../edit/refusal.ts'
import { type InputChange, writeInputs } from '../io/write-inputs.ts'
import { matcher } from '../model/selection.ts'
import { plural } from '../report/affected.ts'
import { prettyDiagnostics } from '../report/pretty.ts'
import { show } from '../report/show.ts'
import { keysAt } from '../schema/field-at.ts'
import { redactDiagnostic } from '../secret/redact-diagnostic.ts'
import { isSameBytes } from '../source/snapshot.ts'
import { formatLocation } from '../source/source.ts'
import type { ChangeOptions } from './change-options.ts'
import { type Editing, openForEditing } from './editing.ts'
import { exitCode, type Result } from './exit-code.ts'
import { checkNames } from './repository.ts'
import type { Terminal } from './terminal.ts'

export interface FmtOptions extends Pick<ChangeOptions, 'directory'> {
  /** Write nothing, and say what would be written. */
  readonly check?: boolean
}

/** Puts the keys of the files of projects in the order of the schemas, all of them or none. */
export async function fmt(
  patterns: readonly string[],
  options: FmtOptions,
  terminal: Terminal,
): Promise<Result> {
  const editing = await openForEditing(options, terminal)
  if ('exitCode' in editing) return editing
  checkNames('project', patterns, editing.projects)
  const { root, snapshot } = editing.repository
  const isAskedFor = matcher(patterns)
  const paths = [...snapshot.files.keys()].filter((path) => {
    const project = projectOf(path)
    return project !== undefined && isAskedFor(project)
  })
  const { changes, refusals, diagnostics } = inOrder(paths.sort(), editing)
  if (diagnostics.failed) {
    const found = diagnostics.list().map(redactDiagnostic)
    const messages = prettyDiagnostics(found, { colors: terminal.colors, owners: new Map() })
    return { output: '', messages, exitCode: exitCode.refused }
  }
  for (const { at, message } of refusals) {
    terminal.notice(`${formatLocation(at)} is left as it is: ${message}`)
  }
  if (changes.length === 0) {
    const output = `nothing to put in order: ${plural(paths.length, 'file')}\n`
    return { output, exitCode: exitCode.done }
  }
  const names = changes.map(({ path }) => show(path))
  if (options.check) {
    const lines = names.map((name) => `${name}: its keys are not in order\n`)
    const output = `${lines.join('')}run sahaba fmt and commit what it writes\n`
    return { output, exitCode: exitCode.differences }
  }
  await writeInputs(root, changes, terminal)
  return { output: names.map((name) => `wrote ${name}\n`).join(''), exitCode: exitCode.done }
}

/** The project that a file of a project or of its pipeline data belongs to. */
function projectOf(path: string): string | undefined {
  return /^projects\/([^/]+)\/(?:project|pipeline\/[^/]+)\.yaml$/.exec(path)?.[1]
}

interface Ordered {
  readonly changes: readonly InputChange[]
  readonly refusals: readonly Refusal[]
  /** What is wrong with files that cannot be read. */
  readonly diagnostics: Diagnostics
}

function inOrder(paths: readonly string[], { repository, ground }: Editing): Ordered {
  const { user, pipeline } = ground.schemas
  const refusals: Refusal[] = []
  const diagnostics = new Diagnostics()
  const changes = paths.flatMap((path): InputChange[] => {
    const before = repository.snapshot.files.get(path)
    if (!before) return []
    const schema = path.split('/')[2] === 'pipeline' ? pipeline.file : user.file
    const result = orderKeys(path, before, (above) => keysAt(schema, above))
    if ('findings' in result) {
      for (const finding of result.findings) diagnostics.report(finding)
      return []
    }
    if ('refusal' in result) {
      refusals.push(result.refusal)
      return []
    }
    const after = result.bytes
    return isSameBytes(before, after) ? [] : [{ path, before, after }]
  })
  return { changes, refusals, diagnostics }
}
