import { isMap } from '../document/node.ts'
import { UsageFailure } from '../io/failure.ts'
import { writeNewFiles } from '../io/new-files.ts'
import { draftProject } from '../model/draft-project.ts'
import { nameHelp, namePattern } from '../schema/fleet-schema.ts'
import type { Schema } from '../schema/schema.ts'
import { exitCode, type Result } from './exit-code.ts'
import { findings } from './findings.ts'
import { openRepository, type RepositoryOptions } from './open-repository.ts'
import { checkNames, compileSelected } from './repository.ts'
import type { Terminal } from './terminal.ts'

export interface NewOptions extends RepositoryOptions {
  /** `--set runtime=node20` */
  readonly set?: readonly string[]
}

/** Writes the project.yaml of a new project, from the schema and the runtimes there are. */
export async function newProject(
  name: string,
  options: NewOptions,
  terminal: Terminal,
): Promise<Result> {
  if (!new RegExp(namePattern).test(name)) {
    throw new UsageFailure(`"${name}" is no name for a project`, nameHelp)
  }
  const repository = await openRepository(options, terminal)
  const nothing = { ...options, project: [], environment: [], region: [], owner: [] }
  const compilation = compileSelected(repository, nothing, terminal)
  if (!compilation.ground) {
    const messages = findings(compilation, terminal.colors)
    return { output: '', messages, exitCode: exitCode.refused }
  }
  const { fleet, schemas, layers } = compilation.ground
  const chosen = new Map((options.set ?? []).map(readAssignment))
  checkNames('field', [...chosen.keys()], fieldsOf(schemas.user.effective))
  const path = `projects/${name}/project.yaml`
  const text = draftProject({ fleet, schemas, layers, chosen })
  writeNewFiles(repository.root, new Map([[path, text]]))
  const first = [...fleet.environments.keys()][0] ?? ''
  const output = [
    `wrote ${path}`,
    'next: fill it in, then "sahaba validate"',
    `the pipeline releases it by writing projects/${name}/pipeline/${first}.yaml`,
  ]
  return { output: `${output.join('\n')}\n`, exitCode: exitCode.done }
}

function fieldsOf(schema: Schema): string[] {
  const properties = isMap(schema) ? schema.properties : undefined
  return isMap(properties) ? Object.keys(properties) : []
}

function readAssignment(text: string): [string, string] {
  const cut = text.indexOf('=')
  if (cut < 1) throw new UsageFailure(`"${text}" is no KEY=VALUE`)
  return [text.slice(0, cut), text.slice(cut + 1)]
}
