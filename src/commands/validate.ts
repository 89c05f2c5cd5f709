import type { Compilation } from '../compile.ts'
import { plural } from '../report/pretty.ts'
import { exitCode, type Result } from './exit-code.ts'
import type { FindingFormat } from './finding-format.ts'
import { findings, findingsAs, findingsAsJson, jsonText } from './findings.ts'
import { openRepository, type RepositoryOptions } from './open-repository.ts'
import { compileSelected, selectedIn } from './repository.ts'
import { summarize } from './shard.ts'
import { sinceRevision } from './since.ts'
import type { Terminal } from './terminal.ts'

export interface ValidateOptions extends RepositoryOptions {
  readonly since?: string
  readonly summary?: string
  readonly format: FindingFormat
}

/** Compiles and says what is wrong; writes nothing. */
export async function validate(options: ValidateOptions, terminal: Terminal): Promise<Result> {
  const repository = await openRepository(options, terminal, selectedIn(options))
  const all = compileSelected(repository, options, terminal)
  summarize(options, all, repository.snapshot, terminal)
  const { compilation, summary: past } =
    options.since === undefined
      ? { compilation: all, summary: '' }
      : await sinceRevision(all, options.since, options, terminal)
  const code = compilation.failed ? exitCode.refused : exitCode.done
  if (options.format === 'json') {
    const { targets } = compilation
    const pending = targets.filter(({ release }) => release === 'pending')
    const diagnostics = findingsAsJson(compilation)
    return {
      output: jsonText({ targets: targets.length, pending: pending.length, diagnostics }),
      exitCode: code,
    }
  }
  if (options.format === 'sarif' || options.format === 'junit') {
    return { output: findingsAs(options.format, compilation, repository.root), exitCode: code }
  }
  const said =
    options.format === 'github'
      ? findingsAs('github', compilation, repository.root)
      : findings(compilation, terminal.outputColors)
  const what = past === '' ? 'nothing' : 'nothing new'
  const summary = compilation.failed ? '' : `${summaryOf(compilation)}: ${what} is wrong\n`
  return { output: said + past + summary, exitCode: code }
}

/** "18 projects, 40 targets" and how many of them are not released. */
function summaryOf({ targets }: Compilation): string {
  const projects = new Set(targets.map(({ project }) => project))
  const pending = targets.filter(({ release }) => release === 'pending')
  const waiting = pending.length > 0 ? ` (${pending.length} not released yet)` : ''
  return `${plural(projects.size, 'project')}, ${plural(targets.length, 'target')}${waiting}`
}
