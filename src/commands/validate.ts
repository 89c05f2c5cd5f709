import type { Memory, Remembered } from '../memory.ts'
import { plural } from '../report/affected.ts'
import { exitCode, type Result } from './exit-code.ts'
import type { FindingFormat } from './finding-format.ts'
import { type Found, nothingFound } from './found.ts'
import { knownProject } from './known-project.ts'
import { openRepository, type Repository } from './open-repository.ts'
import { type MemoryOptions, openRemembered, type RememberedFleet } from './remembered-fleet.ts'
import { selectedIn } from './selected.ts'
import type { Terminal } from './terminal.ts'

export interface ValidateOptions extends MemoryOptions {
  readonly format: FindingFormat
}

/** Compiles and says what is wrong; writes nothing. */
export async function validate(options: ValidateOptions, terminal: Terminal): Promise<Result> {
  const validation = await validated(options, terminal)
  const { found, root, past } = validation
  const code = found.failed ? exitCode.refused : exitCode.done
  if (options.format === 'pretty' && found.diagnostics.length === 0) {
    return { output: past + summaryOf(validation), exitCode: code }
  }
  const { findings, findingsAs, findingsAsJson, jsonText } = await import('./findings.ts')
  if (options.format === 'json') {
    const { targets, pending } = validation
    const diagnostics = findingsAsJson(found)
    return { output: jsonText({ targets, pending, diagnostics }), exitCode: code }
  }
  if (options.format === 'sarif' || options.format === 'junit') {
    return { output: findingsAs(options.format, found, root), exitCode: code }
  }
  const said =
    options.format === 'github'
      ? findingsAs('github', found, root)
      : findings(found, terminal.outputColors)
  const summary = found.failed ? '' : summaryOf(validation)
  return { output: said + past + summary, exitCode: code }
}

/** What was found out about a fleet. */
export interface Validation {
  readonly root: string
  readonly found: Found
  readonly projects: number
  readonly targets: number
  readonly pending: number
  /** What was wrong before already, in a line. */
  readonly past: string
}

async function validated(options: ValidateOptions, terminal: Terminal): Promise<Validation> {
  const fleet = await openRemembered(options, terminal)
  const needed = { withFiles: false }
  const known = options.verify
    ? undefined
    : fleet?.memory.settled(fleet.keys, terminal.today(), needed)
  if (fleet && known) return settled(fleet, known)
  const repository = fleet ?? (await openRepository(options, terminal, selectedIn(options)))
  const project = knownProject(repository, options, terminal)
  if (project) return settledAlone(repository, project)
  const { compileToValidate } = await import('./compile-to-validate.ts')
  return await compileToValidate(repository, fleet, options, terminal)
}

/** All is known of the fleet, and nothing is wrong with it. */
function settled({ root, memory, snapshot }: RememberedFleet, known: Memory): Validation {
  const { projects } = known
  memory.keep(known, [], snapshot.files)
  return {
    ...{ root, found: nothingFound, past: '', pending: 0 },
    projects: projects.filter(([, { fact }]) => fact.targets > 0).length,
    targets: projects.reduce((sum, [, { fact }]) => sum + fact.targets, 0),
  }
}

/** The same of the project that is named. */
function settledAlone({ root }: Repository, { fact }: Remembered): Validation {
  const { targets } = fact
  return {
    ...{ root, found: nothingFound, past: '', pending: 0 },
    ...{ projects: targets > 0 ? 1 : 0, targets },
  }
}

/** "18 projects, 40 targets" and how many of them are not released. */
function summaryOf({ projects, targets, pending, past }: Validation): string {
  const waiting = pending > 0 ? ` (${pending} not released yet)` : ''
  const what = past === '' ? 'nothing' : 'nothing new'
  return `${plural(projects, 'project')}, ${plural(targets, 'target')}${waiting}: ${what} is wrong\n`
}
