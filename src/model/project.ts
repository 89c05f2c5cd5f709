import type { Report } from '../diagnostics/diagnostic.ts'
import { suggest } from '../diagnostics/suggest.ts'
import type { MapNode, Node, ValueMap } from '../document/node.ts'
import { nameHelp, namePattern } from '../schema/fleet-schema.ts'
import { valueWithQuantities } from '../schema/quantity-text.ts'
import { reportViolations } from '../schema/report-violations.ts'
import { violationsOf } from '../schema/violation.ts'
import type { Snapshot } from '../source/snapshot.ts'
import { beginningOf, type Location } from '../source/source.ts'
import { type Documents, startOf } from './documents.ts'
import type { Fleet } from './fleet.ts'
import type { ForeignFields } from './foreign-fields.ts'
import { entriesOf, locateIn } from './locate.ts'
import { type PatchLevel, readPatches } from './patches.ts'
import type { DataSchema, Schemas } from './schemas.ts'

/** One part of a file of data: what it says, without the levels nested in it. */
export interface Level {
  /** "project", "environments.prod", "regions.cq" */
  readonly name: string
  readonly node: Node
  readonly value: ValueMap
  /** Where it begins: the key it stands under, or the file. */
  readonly at: Location
}

/** A level of a project.yaml. */
export interface UserLevel extends Level, PatchLevel {}

/** A project as its files say, read but not yet merged with any policy. */
export interface Project {
  readonly name: string
  readonly top: UserLevel
  readonly environments: ReadonlyMap<string, ProjectEnvironment>
}

export interface ProjectEnvironment {
  readonly user: UserLevel
  /** Region → its level; undefined if the project runs in every region of the environment. */
  readonly regions: ReadonlyMap<string, UserLevel> | undefined
  /**
   * What the pipeline supplied, lowest first; empty while it has not supplied anything, undefined
   * if what it supplied was refused.
   */
  readonly pipelines: readonly Pipeline[] | undefined
}

export interface Pipeline {
  readonly top: Level
  readonly regions: ReadonlyMap<string, Level>
}

export interface ProjectContext {
  readonly documents: Documents
  readonly fleet: Fleet
  readonly schemas: Schemas
  readonly foreign: ForeignFields
  /** The path of pipeline data to lay over every project's. */
  readonly overlay: string | undefined
  readonly report: Report
}

/** The names of the folders under projects/, read or unread, sorted. */
export function projectNames({ below, unread }: Pick<Documents, 'below' | 'unread'>): string[] {
  const inFolders = below('projects').filter((path) => path.includes('/'))
  const read = new Set(inFolders.map((path) => path.slice(0, path.indexOf('/'))))
  return unread.length === 0 ? [...read] : [...read, ...unread].sort()
}

/** An empty projects/ is more likely a bad checkout than the end of every service. */
export function reportNoProjects({ rendered }: Snapshot, report: Report): void {
  if (rendered.size === 0) return
  report({
    id: 'lost-release',
    message: `there are no projects, but out/ holds ${rendered.size} targets`,
    at: startOf('projects'),
    help: 'check out projects/; if they are all to go, remove out/ as well',
  })
}

/** Files that lie where nobody reads them: beside the projects, or beside the layers. */
export function reportStrays(documents: Documents, report: Report): void {
  const stray = (path: string, help: string) =>
    report({ id: 'misplaced-file', message: `nothing reads ${path}`, at: startOf(path), help })
  for (const file of documents.below('projects')) {
    if (!file.includes('/')) stray(`projects/${file}`, 'a project is a folder with a project.yaml')
  }
  for (const file of documents.below('policies')) {
    const path = `policies/${file}`
    if (file.endsWith('.json')) stray(path, `rename it to ${path.slice(0, -5)}.yaml`)
    else if (!file.includes('/') && file !== 'fleet.yaml' && file.endsWith('.yaml')) {
      stray(path, 'a layer is a folder')
    }
  }
}

/** Reads one project; undefined if its project.yaml is missing or not understood. */
export function readProject(name: string, context: ProjectContext): Project | undefined {
  const { documents, schemas, report } = context
  const folder = `projects/${name}`
  const path = `${folder}/project.yaml`
  if (!new RegExp(namePattern).test(name)) {
    const message = `"${name}" is no name for a project: it becomes part of object names`
    report({ id: 'bad-name', message, at: startOf(path), help: nameHelp })
    return undefined
  }
  reportMisplaced(name, context)
  const document = documents.load(path)
  // One that ends in .yml has been reported already.
  if (!document && !documents.has(`${folder}/project.yml`)) {
    const message = `${folder} has no project.yaml`
    const help = `sahaba new ${name} writes one`
    report({ id: 'missing-file', message, at: startOf(path), help })
  }
  if (document?.empty) reportEmpty(path, report)
  const root = document?.root
  const subject = { project: name, what: `project ${name}` }
  if (!root || !checkFile(root, schemas.user, subject, context)) return undefined
  const top = userLevel('project', root, root.at, 'environments', context)
  const environments = new Map(
    entriesOf(root, 'environments').map(([environment, entry]) => {
      return [environment, readEnvironment(name, environment, entry, context)] as const
    }),
  )
  if (environments.size === 0) {
    const message = `project ${name} runs nowhere: it has no environments`
    const help = `list them under environments: ${[...context.fleet.environments.keys()].join(', ')}`
    const at = locateIn(root, ['environments'])?.keyAt ?? beginningOf(root.at)
    report({ id: 'missing-field', severity: 'warning', message, at, help })
  }
  return { name, top, environments }
}

function reportEmpty(path: string, report: Report): void {
  const help = 'write what it should say, or remove it'
  report({ id: 'missing-field', message: `${path} is empty`, at: startOf(path), help })
}

function readEnvironment(
  project: string,
  environment: string,
  entry: { keyAt: Location; value: Node },
  context: ProjectContext,
): ProjectEnvironment {
  const { keyAt, value } = entry
  const regions = entriesOf(value, 'regions').map(([region, inner]) => {
    const name = `regions.${region}`
    return [region, userLevel(name, inner.value, inner.keyAt, undefined, context)] as const
  })
  return {
    user: userLevel(`environments.${environment}`, value, keyAt, 'regions', context),
    regions: hasRegions(value) ? new Map(regions) : undefined,
    pipelines: readPipelines(project, environment, context),
  }
}

function readPipelines(
  project: string,
  environment: string,
  context: ProjectContext,
): readonly Pipeline[] | undefined {
  const own = `projects/${project}/pipeline/${environment}.yaml`
  if (context.documents.has(own.replace(/yaml$/, 'yml'))) return undefined
  const paths = [own, ...(context.overlay === undefined ? [] : [context.overlay])]
  const there = paths.filter((path) => context.documents.has(path))
  const read = there.flatMap((path) => readPipeline(project, path, context) ?? [])
  return read.length === there.length ? read : undefined
}

/** Reads a file of pipeline data; undefined if it is refused. */
function readPipeline(
  project: string,
  path: string,
  context: ProjectContext,
): Pipeline | undefined {
  const { documents, schemas, report } = context
  const document = documents.load(path)
  if (document?.empty) reportEmpty(path, report)
  const root = document?.root
  const subject = { project, what: 'the pipeline data' }
  if (!root || !checkFile(root, schemas.pipeline, subject, context)) return undefined
  return {
    top: level('pipeline', root, root.at, schemas.pipeline, ['regions']),
    regions: new Map(
      entriesOf(root, 'regions').map(([region, { keyAt, value }]) => {
        return [region, level(`regions.${region}`, value, keyAt, schemas.pipeline, [])]
      }),
    ),
  }
}

function checkFile(
  root: Node,
  schema: DataSchema,
  { project, what }: { readonly project: string; readonly what: string },
  { foreign, report }: ProjectContext,
): boolean {
  const violations = violationsOf(
    schema.checkFile(valueWithQuantities(root, schema.file, schema.file)),
  )
  reportViolations(violations, {
    what,
    locate: (path) => locateIn(root, path),
    otherwise: root.at,
    belongsTo: foreign(project, schema),
    nameAt,
    report,
  })
  return violations.length === 0
}

/** What the keys are that stand in place of fields at the levels of a file. */
function nameAt(path: readonly string[]): string | undefined {
  const [first, , third] = path
  if (path.length === 1 && first === 'environments') return 'environment'
  if (path.length === 1 && first === 'regions') return 'region'
  return path.length === 3 && first === 'environments' && third === 'regions' ? 'region' : undefined
}

function userLevel(
  name: string,
  node: Node,
  at: Location,
  nested: string | undefined,
  { schemas, report }: ProjectContext,
): UserLevel {
  const others = nested === undefined ? ['patches'] : ['patches', nested]
  return { ...level(name, node, at, schemas.user, others), patches: readPatches(node, report) }
}

/** A part of a file without the keys that say something other than data. */
function level(
  name: string,
  node: Node,
  at: Location,
  schema: DataSchema,
  others: readonly string[],
): Level {
  const own: MapNode =
    node.kind === 'map'
      ? { ...node, entries: new Map([...node.entries].filter(([key]) => !others.includes(key))) }
      : { kind: 'map', entries: new Map(), at }
  const value = valueWithQuantities(own, schema.effective, schema.effective) as ValueMap
  return { name, node: own, value, at }
}

function hasRegions(node: Node): boolean {
  return locateIn(node, ['regions'])?.node.kind === 'map'
}

/** Files in a project's folder that nothing reads are mistakes: a typo in a name loses a release. */
function reportMisplaced(name: string, { documents, fleet, report }: ProjectContext): void {
  for (const file of documents.below(`projects/${name}`)) {
    const pipeline = /^pipeline\/([^/]+)\.yaml$/.exec(file)?.[1]
    if (file === 'project.yaml' || file.endsWith('.yml')) continue
    if (pipeline !== undefined && fleet.environments.has(pipeline)) continue
    const meant = suggest(
      pipeline ?? file,
      pipeline === undefined ? ['project.yaml'] : fleet.environments.keys(),
    )
    const message =
      pipeline === undefined
        ? `nothing reads ${file} in a project`
        : `there is no environment "${pipeline}"`
    const help =
      meant === undefined
        ? 'a project has project.yaml and pipeline/<environment>.yaml'
        : `did you mean ${meant}?`
    report({ id: 'misplaced-file', message, at: startOf(`projects/${name}/${file}`), help })
  }
}
