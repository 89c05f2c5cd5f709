import { Diagnostics } from '../diagnostics/diagnostics.ts'
import { UsageFailure } from '../io/failure.ts'
import { type Documents, openDocuments } from '../model/documents.ts'
import { type Ground, readGround } from '../model/ground.ts'
import { entriesOf, locateIn } from '../model/locate.ts'
import { projectNames } from '../model/project.ts'
import { prettyDiagnostics } from '../report/pretty.ts'
import { redactDiagnostic } from '../secret/redact-diagnostic.ts'
import type { ChangeOptions } from './change-options.ts'
import { exitCode, type Result } from './exit-code.ts'
import { openRepository, type Repository } from './open-repository.ts'
import { checkNames } from './repository.ts'
import type { Terminal } from './terminal.ts'

/** A repository that is about to be edited, read as far as that needs. */
export interface Editing {
  readonly repository: Repository
  readonly ground: Ground
  readonly documents: Documents
  /** The names of the projects there are, sorted. */
  readonly projects: ReadonlySet<string>
}

/** Opens the working tree for editing, or says why that makes no sense yet. */
export async function openForEditing(
  options: Pick<ChangeOptions, 'directory'>,
  terminal: Terminal,
): Promise<Editing | Result> {
  const { directory } = options
  const repository = await openRepository(directory === undefined ? {} : { directory }, terminal)
  const diagnostics = new Diagnostics()
  const documents = openDocuments(repository.snapshot, diagnostics.report)
  const ground = readGround(documents, diagnostics.report)
  if (ground) return { repository, ground, documents, projects: new Set(projectNames(documents)) }
  const found = diagnostics.list().map(redactDiagnostic)
  const messages = prettyDiagnostics(found, { colors: terminal.colors, owners: new Map() })
  return { output: '', messages, exitCode: exitCode.refused }
}

/** What a level of a project's data is called: a project, perhaps an environment of it, and a region. */
export interface Place {
  readonly project: string
  readonly environment: string | undefined
  readonly region: string | undefined
}

/** Fails if there is no such project, or if it does not run there: an edit is no way to begin that. */
export function checkPlace({ project, environment, region }: Place, editing: Editing): void {
  const { documents, ground, projects } = editing
  checkOne('project', project, projects)
  if (environment === undefined) return
  checkOne('environment', environment, new Set(ground.fleet.environments.keys()))
  const path = `projects/${project}/project.yaml`
  const root = documents.load(path)?.root
  if (!root) return
  const place = locateIn(root, ['environments', environment])
  if (!place) {
    const help = `add it under environments in ${path}`
    throw new UsageFailure(`${project} does not run in ${environment}`, help)
  }
  if (region === undefined) return
  checkOne('region', region, new Set(ground.fleet.regions))
  const regions = locateIn(root, ['environments', environment, 'regions'])?.node
  if (regions?.kind === 'map' && !regions.entries.has(region)) {
    const help = `add it under environments.${environment}.regions in ${path}`
    throw new UsageFailure(`${project} does not run in ${region} in ${environment}`, help)
  }
}

function checkOne(kind: string, name: string, names: ReadonlySet<string>): void {
  if (names.has(name)) return
  if (name.includes('*')) throw new UsageFailure(`"${name}" is not one ${kind}`)
  checkNames(kind, [name], names)
}

/** Whether a project names the regions it runs in, rather than running in all of an environment. */
export function namesRegions(project: string, environment: string, documents: Documents): boolean {
  const root = documents.load(`projects/${project}/project.yaml`)?.root
  return (
    root !== undefined &&
    entriesOf(root, 'environments').some(([name, { value }]) => {
      return name === environment && locateIn(value, ['regions'])?.node.kind === 'map'
    })
  )
}
