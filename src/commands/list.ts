import type { Compilation } from '../compile.ts'
import type { Value } from '../document/node.ts'
import { csv, table } from '../report/table.ts'
import { exitCode, type Result } from './exit-code.ts'
import { findings, jsonText } from './findings.ts'
import { openRepository, type RepositoryOptions } from './open-repository.ts'
import { compileSelected } from './repository.ts'
import { selectedIn } from './selected.ts'
import type { Terminal } from './terminal.ts'

export interface ListOptions extends RepositoryOptions {
  readonly format: 'table' | 'json' | 'csv'
}

const columns = ['target', 'owner', 'replicas', 'cpu', 'memory', 'state', 'image'] as const

type Row = Readonly<Record<(typeof columns)[number], string>>

/** The targets, with owner, image, size and state. */
export async function list(options: ListOptions, terminal: Terminal): Promise<Result> {
  const repository = await openRepository(options, terminal, selectedIn(options))
  const compilation = compileSelected(repository, options, terminal)
  const messages = compilation.failed ? findings(compilation, terminal.colors) : ''
  const code = compilation.failed ? exitCode.refused : exitCode.done
  const rows = rowsOf(compilation)
  const output =
    options.format === 'json'
      ? jsonText(
          rows.map((row) => ({
            ...row,
            replicas: row.replicas === '' ? null : Number(row.replicas),
          })),
        )
      : options.format === 'csv'
        ? csv(columns, rows)
        : table(columns, rows, terminal.outputColors)
  return { output, messages, exitCode: code }
}

function rowsOf({ targets }: Compilation): Row[] {
  const rows = targets.map(({ id, user, pipeline, release }): Row => {
    return {
      target: id,
      owner: cell(user.owner),
      replicas: cell(user.replicas),
      cpu: cell(user.cpu),
      memory: cell(user.memory),
      state: release,
      image: cell(pipeline.image),
    }
  })
  return rows.sort((a, b) => (a.target < b.target ? -1 : 1))
}

function cell(value: Value | undefined): string {
  return typeof value === 'object' || value === undefined ? '' : String(value)
}
